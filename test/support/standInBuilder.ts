import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { root } from "./eo";

/** One call of a stand-in. */
export interface BuilderCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Of `build`: the files of its context by path, `mode content`. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * A stand-in for a program that builds images: it makes none, and writes down what it was called
 * with. `answers` are shell lines by subcommand, such as `{ push: "exit 1" }`, or `hang`.
 */
export async function standInBuilder(
  folder: string,
  program: string,
  answers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const script = `#!${process.execPath}
    const { appendFileSync, readdirSync, readFileSync, statSync } = require("node:fs");
    const { spawnSync } = require("node:child_process");
    const args = process.argv.slice(2);
    const answer = ${JSON.stringify(answers)}[args[0]];
    const read = (file) => (statSync(file).mode & 0o777).toString(8) + " " + readFileSync(file, "utf8");
    const files = args[0] === "build"
      ? readdirSync(args.at(-1), { recursive: true }).filter((name) => statSync(args.at(-1) + "/" + name).isFile())
      : undefined;
    const context = files && Object.fromEntries(files.map((name) => [name, read(args.at(-1) + "/" + name)]));
    const call = JSON.stringify({ program: ${JSON.stringify(program)}, args, context });
    appendFileSync(${JSON.stringify(path.join(folder, "calls"))}, call + "\\n");
    if (answer === "hang") setTimeout(() => undefined, 60_000);
    else if (answer) process.exitCode = spawnSync("/bin/sh", ["-c", answer], { stdio: "inherit" }).status;
  `;
  const bin = path.join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, program), script);
  await chmod(path.join(bin, program), 0o755);
}

/** The calls of all stand-ins of a folder, in their order, without the ones that only ask. */
export async function builderCalls(folder: string): Promise<readonly BuilderCall[]> {
  const text = await readFile(path.join(folder, "calls"), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as BuilderCall)
    .filter(({ args }) => !["version", "info"].includes(args[0] ?? ""));
}

/** Starts `./eo openeo image build` with no program on PATH but the stand-ins of a folder. */
export function startBuild(folder: string, args: readonly string[]) {
  const eo = ["-r", "ts-node/register/transpile-only", "automation/eo.ts", "openeo", "image"];
  return execa(process.execPath, [...eo, "build", ...args], {
    cwd: root,
    env: { PATH: path.join(folder, "bin"), TMPDIR: path.join(folder, "tmp") },
    reject: false,
  });
}

/** What a build left in its temporary folder. */
export const leftOver = async (folder: string) =>
  (await readdir(path.join(folder, "tmp"))).filter((name) => name.startsWith("eo-"));
