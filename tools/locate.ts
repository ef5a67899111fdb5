import { builtFile, downloadedFile } from "./cache";
import { isProgram, programsNamed, searchPath, type Candidate } from "./path";
import path from "node:path";
import type { Shop } from "./shop";
import type { ToolSpec } from "./table";

/** Where a tool that is there comes from. */
export type Origin = "PATH" | "download" | "build";

export interface Located {
  readonly spec: ToolSpec;
  readonly file: string;
  readonly origin: Origin;
  /** The version that it says, or that it was downloaded or built as. */
  readonly version: string;
}

export interface Missing {
  readonly spec: ToolSpec;
  /** Programs of its name on PATH whose version is not accepted. */
  readonly refused: readonly Candidate[];
}

/** Looks for a tool on PATH and in the cache; nothing is downloaded or built. */
export async function locate(
  shop: Shop,
  spec: ToolSpec,
  all: SpecsByName,
): Promise<Located | Missing> {
  const search = spec.besideOnPath
    ? await searchBeside(shop, spec, all[spec.besideOnPath])
    : await searchPath(shop, spec);
  if (search.taken) {
    const { file, version = "of the same release" } = search.taken;
    return { spec, file, origin: "PATH", version };
  }
  return (await inCache(shop, spec)) ?? { spec, refused: search.refused };
}

/** Every tool by its name. */
export type SpecsByName = Readonly<Record<string, ToolSpec>>;

/** What the cache has of a tool. */
export async function inCache(shop: Shop, spec: ToolSpec): Promise<Located | undefined> {
  const { version } = spec;
  const fetched = downloadedFile(shop.cache, spec, shop.platform);
  if (await isProgram(fetched)) return { spec, file: fetched, origin: "download", version };
  const built = await builtFile(shop.cache, spec, shop.platform, shop.modules);
  if (await isProgram(built)) return { spec, file: built, origin: "build", version };
  return undefined;
}

/**
 * A tool that has no version of its own is taken from PATH only out of the folder of the one that
 * it serves: the Node host beside an accepted engine.
 */
async function searchBeside(shop: Shop, spec: ToolSpec, owner: ToolSpec | undefined) {
  const found = owner && (await searchPath(shop, owner)).taken;
  if (!found) return { refused: [] };
  for (const file of await programsNamed(shop, spec.name)) {
    if (path.dirname(file) === path.dirname(found.file)) {
      return { taken: { file, version: found.version }, refused: [] };
    }
  }
  return { refused: [] };
}
