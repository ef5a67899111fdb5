import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { Shop } from "./shop";
import type { ToolSpec } from "./table";
import { isAccepted, versionIn } from "./version";

/** A program on PATH that carries a tool's name. */
export interface Candidate {
  readonly file: string;
  /** As it says itself; undefined where it says none. */
  readonly version?: string;
}

/** What PATH has for a tool: the one that is taken, and those that were looked at and left. */
export interface PathSearch {
  readonly taken?: Candidate;
  readonly refused: readonly Candidate[];
}

/** The first program on PATH with the tool's name and an accepted version. */
export async function searchPath(shop: Shop, spec: ToolSpec): Promise<PathSearch> {
  const refused: Candidate[] = [];
  if (!spec.askVersion) return { refused };
  for (const file of await programsNamed(shop, spec.name)) {
    const version = await askVersion(file, spec.askVersion, shop.env);
    const candidate = { file, version: version?.version };
    if (version && isAccepted(version, spec.accepts)) return { taken: candidate, refused };
    refused.push(candidate);
  }
  return { refused };
}

/** All programs of a name on PATH, in order, each once; those of our own cache are left out. */
export async function programsNamed(shop: Shop, name: string): Promise<string[]> {
  const ours = await realpath(shop.cache).catch(() => shop.cache);
  const found = new Map<string, string>();
  for (const entry of (shop.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(entry)) continue;
    const folder = await realpath(entry).catch(() => undefined);
    if (folder === undefined || `${folder}${path.sep}`.startsWith(ours + path.sep)) continue;
    const file = path.join(entry, name);
    if (!(await isProgram(file))) continue;
    const real = await realpath(file);
    if (!found.has(real)) found.set(real, file);
  }
  return [...found.values()];
}

/** True for a file that this user may run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** What a program says of its version; undefined where it does not start, or says none. */
export async function askVersion(file: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const run = await execa(file, args, {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    timeout: 15_000,
  });
  return run.exitCode === 0 ? versionIn(run.stdout) : undefined;
}
