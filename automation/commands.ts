/* eslint-disable @typescript-eslint/no-require-imports --
 * Loaded when first used: the SDK alone takes half a second, which `--help` and a settings error
 * need not wait for. (`import()` would leave CommonJS.) The types are those of the modules named. */
export const commands = {
  check: () =>
    require("./check") as typeof import("./check", { with: { "resolution-mode": "require" } }),
  compat: () =>
    require("./compat") as typeof import("./compat", { with: { "resolution-mode": "require" } }),
  findHelm: () =>
    require("./findHelm") as typeof import("./findHelm", {
      with: { "resolution-mode": "require" },
    }),
  graph: () =>
    require("./graph") as typeof import("./graph", { with: { "resolution-mode": "require" } }),
  lock: () =>
    require("./lock") as typeof import("./lock", { with: { "resolution-mode": "require" } }),
  render: () =>
    require("./render") as typeof import("./render", { with: { "resolution-mode": "require" } }),
};
