import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What of a chart's folder Helm never reads. */
const leftOut = new Set(["ci", "tests", "README.md", "README.md.gotmpl"]);

/**
 * Copies a chart's folder to a place where whatever was there before is gone, all at once.
 *
 * @param change changes the copy before it is in place
 */
export async function putInPlace(
  source: string,
  place: string,
  change: (copy: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const fresh = `${place}.${randomUUID()}`;
  try {
    await cp(source, fresh, {
      recursive: true,
      filter: (path) => path === source || !leftOut.has(basename(path)),
    });
    // A Go module's files are read-only, and so would their copies be: no one could remove them.
    await makeWritable(fresh);
    await change(fresh);
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}
