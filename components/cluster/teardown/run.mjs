/*
 * Starts main.ts, with the packages that lie beside it: the folder in which the engine runs it need
 * have none, nor a tsconfig that suits. What it is told stands in script.ts.
 */
import { createRequire } from "node:module";
import { register } from "ts-node";

register({
  cwd: import.meta.dirname,
  transpileOnly: true,
  skipProject: true,
  // Installed as a package, the sources lie below node_modules.
  skipIgnore: true,
  compilerOptions: { module: "nodenext", moduleResolution: "nodenext", target: "es2022" },
});

createRequire(import.meta.url)("./main.ts");
