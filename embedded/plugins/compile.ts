import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { ModuleKind, ScriptTarget, transpileModule, type CompilerOptions } from "typescript";

const compilerOptions: CompilerOptions = {
  target: ScriptTarget.ES2023,
  module: ModuleKind.CommonJS,
  esModuleInterop: true,
};

/**
 * Compiles the plugins' sources into a folder, which appears as a whole or not at all: two plugins
 * may start at once.
 */
function compile(sources: string, folder: string): void {
  const parent = path.dirname(folder);
  mkdirSync(parent, { recursive: true });
  const making = mkdtempSync(path.join(parent, "making-"));
  for (const name of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const source = readFileSync(path.join(sources, name), "utf8");
    const target = path.join(making, name.replace(/\.ts$/, ".js"));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, transpileModule(source, { compilerOptions, fileName: name }).outputText);
  }
  try {
    renameSync(making, folder);
  } catch {
    // Another one was quicker, with the same result.
    rmSync(making, { recursive: true, force: true });
  }
}

const [, , sources, folder] = process.argv;
if (sources === undefined || folder === undefined) throw new Error("which sources, and where to?");
compile(sources, folder);
