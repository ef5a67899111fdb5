/* eslint-disable @typescript-eslint/no-require-imports --
 * Loaded when first used: the SDK alone takes half a second, which `--help` and a settings error
 * need not wait for. (`import()` would leave CommonJS.) The types are those of the modules named. */
import type * as Check from "./check";
import type * as NodeImageBuild from "./nodeImage/build";
import type * as NodeImagePrune from "./nodeImage/prune";
import type * as Preflight from "./cloud/preflight";
import type * as Compat from "./compat";
import type * as Documents from "./documents";
import type * as FindHelm from "./findHelm";
import type * as Graph from "./graph";
import type * as Lock from "./lock";
import type * as ImageBuild from "./image/build";
import type * as OpenEoValues from "./import/openeoValues";
import type * as Roll from "./nodes/roll";
import type * as RecordStack from "./recordStack";
import type * as Render from "./render";

/** What each command of `./eo` runs, loaded on the first call. */
export const commands = {
  check: () => require("./check") as typeof Check,
  compat: () => require("./compat") as typeof Compat,
  documents: () => require("./documents") as typeof Documents,
  findHelm: () => require("./findHelm") as typeof FindHelm,
  graph: () => require("./graph") as typeof Graph,
  lock: () => require("./lock") as typeof Lock,
  imageBuild: () => require("./image/build") as typeof ImageBuild,
  openeoValues: () => require("./import/openeoValues") as typeof OpenEoValues,
  nodeImageBuild: () => require("./nodeImage/build") as typeof NodeImageBuild,
  nodeImagePrune: () => require("./nodeImage/prune") as typeof NodeImagePrune,
  preflight: () => require("./cloud/preflight") as typeof Preflight,
  recordStack: () => require("./recordStack") as typeof RecordStack,
  roll: () => require("./nodes/roll") as typeof Roll,
  render: () => require("./render") as typeof Render,
};
