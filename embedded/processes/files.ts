import { renameSync, writeFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";

/**
 * Writes a file readable by its owner only; a reader or a killed writer never meets half of it.
 * Synchronous, so that what is written last is what stays.
 */
export function writeFileWhole(file: string, content: string): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}

/** The last lines of a text file, empty where there is none; reads its last 16 KiB at most. */
export async function lastLines(file: string, count: number): Promise<string[]> {
  const window = 16 * 1024;
  const handle = await open(file).catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, window);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-count);
  } finally {
    await handle.close();
  }
}

/** The value of a JSON text, undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a file, undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
