import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessRecord } from "./record";

/** How one process is started. Nothing secret belongs here: arguments can be read by all users. */
export interface Recipe {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment, nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Receives standard output and error; a former one is kept as `.previous`. */
  readonly log: string;
  readonly cwd: string;
}

/** A process that this program has just begun. */
export interface Begun {
  readonly child: ChildProcess;
  readonly record: ProcessRecord;
}

/** Starts a process that outlives this one, in a session of its own: no Ctrl-C reaches it. */
export function begin(recipe: Recipe): Begun {
  if (existsSync(recipe.log)) renameSync(recipe.log, `${recipe.log}.previous`);
  const log = openSync(recipe.log, "a", 0o600);
  try {
    const child = spawn(recipe.command, recipe.args, {
      cwd: recipe.cwd,
      env: recipe.env,
      detached: true,
      stdio: ["ignore", log, log],
    });
    // A program that cannot be executed is reported by the missing pid below.
    child.on("error", () => undefined);
    if (child.pid === undefined) throw new Error(`${recipe.command} cannot be executed`);
    child.unref();
    const identity = processIdentity(child.pid) ?? "ended at once";
    return { child, record: { pid: child.pid, identity, recipe: digest(recipe) } };
  } finally {
    closeSync(log);
  }
}

/**
 * Two recipes with the same digest start the same process. The environment is left out: another
 * shell with another PATH is no reason to start anything anew.
 */
export function digest({ command, args }: Recipe): string {
  return createHash("sha256")
    .update(JSON.stringify([command, ...args]))
    .digest("hex");
}

/**
 * What tells a process from any other that has or will have its id: when it started.
 *
 * @returns undefined where no process has this id, or only a dead one that nobody has waited for
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === "linux" ? linuxIdentity(pid) : portableIdentity(pid);
}

function linuxIdentity(pid: number): string | undefined {
  const stat = tryRead(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name, in parentheses, may hold spaces and parentheses itself: count from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [condition, startTicks] = [fields[0], fields[19]];
  if (condition === "Z" || condition === "X" || startTicks === undefined) return undefined;
  return `${tryRead("/proc/sys/kernel/random/boot_id")?.trim() ?? "boot"}:${startTicks}`;
}

function portableIdentity(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** True while the recorded process runs; false for another one that has got its id since. */
export function isAlive(record: Pick<ProcessRecord, "pid" | "identity">): boolean {
  return processIdentity(record.pid) === record.identity;
}

/**
 * Asks the recorded process to end, waits, and kills it where it does not. A process that merely
 * has got the recorded id is left alone.
 *
 * @param graceMs how long it may take to end by itself, in milliseconds; 0 kills at once
 */
export async function end(
  record: Pick<ProcessRecord, "pid" | "identity">,
  graceMs: number,
): Promise<void> {
  if (graceMs > 0 && signal(record, "SIGTERM") && (await ended(record, graceMs))) return;
  if (signal(record, "SIGKILL")) await ended(record, 5000);
}

function signal(record: Pick<ProcessRecord, "pid" | "identity">, name: NodeJS.Signals): boolean {
  if (!isAlive(record)) return false;
  try {
    return process.kill(record.pid, name);
  } catch {
    // It ended between the two lines above.
    return false;
  }
}

async function ended(record: Pick<ProcessRecord, "pid" | "identity">, withinMs: number) {
  const deadline = performance.now() + withinMs;
  while (isAlive(record)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
