import { existsSync } from "node:fs";
import { realpath, symlink } from "node:fs/promises";
import path from "node:path";
import { digest, place } from "./cache";
import type { Located } from "./locate";
import { isProgram } from "./path";
import type { Shop } from "./shop";

/**
 * A folder of links to these tools and the scripts that belong to them, to put on PATH. Another
 * set of tools is another folder, so that a running program keeps what it began with.
 */
export async function binFolder(shop: Shop, located: readonly Located[]): Promise<string> {
  const links = new Map<string, string>();
  for (const { spec, file } of located) {
    links.set(spec.name, file);
    const beside = path.dirname(await realpath(file));
    for (const name of spec.alongside ?? []) {
      const script = path.join(beside, name);
      if (await isProgram(script)) links.set(name, script);
    }
  }
  const rows = [...links].sort(([a], [b]) => (a < b ? -1 : 1));
  const folder = path.join(shop.cache, "bin", digest(JSON.stringify(rows)));
  if (existsSync(folder)) return folder;
  await place(shop.cache, folder, async (temporary) => {
    for (const [name, file] of rows) await symlink(file, path.join(temporary, name));
  });
  return folder;
}
