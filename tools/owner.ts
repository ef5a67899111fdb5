import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { execa } from "execa";
import { z } from "zod";

/** A process that owns something on disk; its start tells it from a later one of the same id. */
export const ownerSchema = z.object({ pid: z.int(), started: z.string(), host: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

/** After this long, in milliseconds, the owner on another machine is taken for gone. */
const foreignLifetime = 60 * 60 * 1000;

/** This process. */
export async function thisOwner(): Promise<Owner> {
  return { pid: process.pid, started: (await startOf(process.pid)) ?? "unknown", host: host() };
}

/**
 * True where the owner is no more.
 *
 * @param age how long ago it took what it owns, in milliseconds: of a process on another machine
 *   (a home folder shared by several) nothing else can be known
 */
export async function isGone(owner: Owner, age: number): Promise<boolean> {
  if (owner.host !== host()) return age > foreignLifetime;
  return (await startOf(owner.pid)) !== owner.started;
}

/** When a process began, as an opaque mark; undefined where there is no such process. */
async function startOf(pid: number): Promise<string | undefined> {
  const began = (await startInProc(pid)) ?? (await startFromPs(pid));
  return began && createHash("sha256").update(began).digest("hex").slice(0, 8);
}

async function startInProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The second field is the program's name in parentheses and may hold anything.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

async function startFromPs(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return undefined;
  const { stdout } = await execa("ps", ["-p", `${pid}`, "-o", "lstart="], { reject: false });
  return stdout?.trim() || undefined;
}

/** A dash would end the part of a temporary folder's name that says the machine. */
function host(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}
