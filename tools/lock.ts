import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isGone, ownerSchema, thisOwner, type Owner } from "./owner";

/** How often a waiting process looks again, in milliseconds. */
const lookAgain = 250;

/**
 * Runs `work` while no other process holds the same lock file. A lock whose process is gone is
 * taken over, so that a killed run blocks nobody.
 *
 * @param file the lock; its folder is made
 * @param onWait told once, with the process id of the holder, when there is one to wait for
 */
export async function withLock<T>(
  file: string,
  onWait: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const mine = JSON.stringify(await thisOwner());
  for (let told = false; !(await take(file, mine));) {
    const held = await holder(file);
    if (held === undefined) continue;
    if (held.gone) {
      await breakLock(file, held.text);
      continue;
    }
    if (!told) onWait(held.pid);
    told = true;
    await wait(lookAgain);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** A hard link appears with its content or not at all: nobody reads a half-written lock. */
async function take(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

interface Holder {
  readonly text: string;
  readonly pid: number;
  readonly gone: boolean;
}

/** Who holds the lock; undefined where it was let go meanwhile. */
async function holder(file: string): Promise<Holder | undefined> {
  try {
    const [text, { mtimeMs }] = [await readFile(file, "utf8"), await stat(file)];
    const owner = parseOwner(text);
    if (!owner) return { text, pid: 0, gone: true };
    return { text, pid: owner.pid, gone: await isGone(owner, Date.now() - mtimeMs) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Removes a dead lock. Another process may have done so and taken a lock of its own since: what was
 * moved away is looked at, and a living lock put back.
 */
async function breakLock(file: string, dead: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== dead) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function parseOwner(text: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The system's code of a failed call, as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
