import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { codeOf } from "./lock";
import { isGone, thisOwner } from "./owner";
import type { Platform, ToolSpec } from "./table";

/** The folder that all clones share: `EO_CACHE_DIR`, else `eo-platform` in the user's cache. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env["EO_CACHE_DIR"]) return path.resolve(env["EO_CACHE_DIR"]);
  return path.join(env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "eo-platform");
}

/** Where a downloaded tool lies. */
export function downloadedFile(cache: string, spec: ToolSpec, platform: Platform): string {
  // The Node host's download is the engine's archive, whose version its own does not follow.
  const url = spec.release?.url(platform) ?? "";
  return inCache(cache, spec, `release-${digest(url)}`);
}

/**
 * Where a built tool lies. The folder's name carries all that decides the binary: a changed pin
 * is another folder, and the old one serves older clones.
 */
export async function builtFile(
  cache: string,
  spec: ToolSpec,
  platform: Platform,
  modules: string,
): Promise<string> {
  const { package: pkg, ldflags = "", set, sources = [] } = spec.build;
  const folder = path.join(modules, set);
  const sums = await readFile(path.join(folder, "go.sum"), "utf8");
  const own = await Promise.all(sources.map((name) => goSources(path.join(folder, name))));
  const recipe = [
    platform.os,
    platform.arch,
    pkg,
    ldflags,
    ...(spec.alongside ?? []),
    sums,
    ...own,
  ];
  return inCache(cache, spec, digest(recipe.join("\n")));
}

async function goSources(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".go")).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return texts.join("\n");
}

function inCache(cache: string, spec: ToolSpec, key: string): string {
  return path.join(cache, "tools", spec.name, `${spec.version}-${key}`, spec.name);
}

/** Twelve hexadecimal digits that stand for a text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * Makes a folder of the cache: `make` fills a temporary one beside it, which then takes its name in
 * one step. A run that is killed leaves the temporary one, and `sweep` removes it.
 */
export async function place(
  cache: string,
  folder: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  await withTemporary(cache, async (temporary) => {
    await make(temporary);
    await mkdir(path.dirname(folder), { recursive: true });
    await rename(temporary, folder).catch((error: unknown) => {
      // Another process was quicker: what it made is as good.
      if (!existsSync(folder) || !isOccupied(error)) throw error;
    });
  });
}

function isOccupied(error: unknown): boolean {
  return codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST";
}

/** Lends a folder of the cache, named after this process, and removes it afterwards. */
export async function withTemporary<T>(
  cache: string,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  const { pid, started, host } = await thisOwner();
  const temporary = path.join(cache, "tmp", `${host}-${pid}-${started}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    return await use(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what killed runs left behind. */
export async function sweep(cache: string): Promise<void> {
  const folder = path.join(cache, "tmp");
  for (const name of await readdir(folder).catch(() => [])) {
    const [host = "", pid, started = ""] = name.split("-");
    const left = path.join(folder, name);
    const age = Date.now() - ((await stat(left).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (await isGone({ host, pid: Number(pid), started }, age)) {
      await rm(left, { recursive: true, force: true });
    }
  }
}
