import tseslint from "typescript-eslint";

/**
 * Which room may import which: the direction of docs/architecture.md. Files in `room` may not leave
 * it for one of `closed`; both count from the top of the repository, or from components/.
 */
const closed = (room, closedRooms, message, stepsUp = 1) => ({
  files: [`${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [{ regex: `^(\\.\\./){${stepsUp},}(${closedRooms.join("|")})(/|$)`, message }],
      },
    ],
  },
});

const runs = [
  "cloud",
  "embedded",
  "automation",
  "tools",
  "settings",
  "platform",
  "index",
  "bench",
  "test",
];
const directions = [
  closed("components", runs, "components take arguments and know nobody who runs them"),
  closed("components/base", [...runs, "services", "workloads"], "base stands alone"),
  closed(
    "components/compatibility",
    [...runs, "base", "services", "workloads"],
    "the table stands alone",
  ),
  closed(
    "components/workloads/openeo/catalogue",
    [...runs, "base", "services"],
    "settings read catalogues too: it stands alone",
  ),
  closed("components/cluster", [...runs, "services", "workloads"], "the cluster comes first"),
  closed(
    "components/network",
    [...runs, "cluster", "image", "services", "workloads"],
    "the network comes before the cluster",
  ),
  closed("components/services", [...runs, "workloads"], "services come before workloads"),
  closed(
    "settings",
    ["cloud", "embedded", "automation", "tools", "platform", "index", "bench", "test"],
    "settings are plain values",
  ),
  closed(
    "embedded",
    ["automation", "settings", "platform", "index", "bench", "test"],
    "the embedded platform serves any program",
    // It has a room named settings of its own.
    2,
  ),
  closed(
    "cloud",
    ["embedded", "automation", "tools", "settings", "platform", "index", "bench", "test"],
    "the client of OpenStack's APIs serves anybody; of components it takes what is pure",
  ),
  closed(
    "tools",
    [
      "cloud",
      "components",
      "embedded",
      "automation",
      "settings",
      "platform",
      "index",
      "bench",
      "test",
    ],
    "the toolchain serves anybody",
  ),
];

export default tseslint.config(
  { ignores: ["node_modules/", ".local/", "coverage/"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
    },
  },
  ...directions,
  {
    // A component reads no file of its user's and no variable of its environment.
    files: ["components/**/*.ts", "settings/**/*.ts", "cloud/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "take it as an argument or a setting" },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-floating-promises": "off" },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
