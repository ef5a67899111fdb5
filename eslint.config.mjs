import tseslint from "typescript-eslint";
import importX from "eslint-plugin-import-x";

/**
 * Which room may import which: the direction of docs/architecture.md.
 * Each zone: files in `target` may not import from `from`.
 */
const closed = (target, from, message, except = []) => ({ target, from, message, except });
const zones = [
  closed("./components", "./embedded", "components know no stand-in"),
  closed("./components", "./settings", "components take arguments, not settings"),
  closed("./components", "./automation", "components do not know who runs them"),
  closed("./components", "./tools", "components do not know the toolchain"),
  closed("./components/base", "./components", "base stands alone", ["./base", "./charts.ts"]),
  closed("./components/compatibility", "./components", "the table stands alone", [
    "./compatibility",
  ]),
  closed("./components/services", "./components/workloads", "services come before workloads"),
  closed("./settings", "./embedded", "settings are plain values"),
  closed("./settings", "./automation", "settings are plain values"),
  closed("./embedded", "./automation", "the embedded platform serves any program"),
  closed("./embedded", "./settings", "the embedded platform serves any program"),
];

export default tseslint.config(
  { ignores: ["node_modules/", ".local/", "coverage/"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".js"] } } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
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
  {
    // A component reads no file of its user's and no variable of its environment.
    files: ["components/**/*.ts", "settings/**/*.ts"],
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
