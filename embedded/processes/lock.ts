import { open, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readIfThere } from "./files";
import { isAlive, processIdentity } from "./process";

const holderSchema = z.object({ pid: z.int(), identity: z.string() });

/**
 * Runs `work` while no other process of this data folder starts or stops anything. Waits for a
 * living holder; takes over from one that is no more.
 *
 * @param what what is started and stopped, for the message: `this control plane`
 * @param waitMs how long to wait for another holder, in milliseconds
 */
export async function withLock<T>(
  file: string,
  what: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + waitMs;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder === undefined || !isAlive(holder)) {
      await rm(file, { force: true });
      continue;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `process ${holder.pid} is starting or stopping ${what} (${file}): ` +
          `wait until it has finished, or end it`,
      );
    }
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  const handle = await open(file, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
  if (!handle) return false;
  const holder = { pid: process.pid, identity: processIdentity(process.pid) };
  await handle.writeFile(JSON.stringify(holder));
  await handle.close();
  return true;
}

async function holderOf(file: string) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const text = await readIfThere(file);
    if (text === undefined) return undefined;
    // Another process may be between making the file and writing its name into it.
    if (text !== "") return holderSchema.safeParse(JSON.parse(text)).data;
    await sleep(20);
  }
  return undefined;
}
