import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLines } from "./files";
import { isFree } from "./ports";
import { begin, digest, end, type Recipe } from "./process";
import type { ProcessRecord, Records } from "./record";

/** What a launch tells others. */
export interface LaunchArgs<Name extends string> {
  /** Processes that run already, of an earlier launch. */
  readonly running: Records<Name>;
  /** Ends the launch. */
  readonly signal?: AbortSignal;
  /** Told of anything the user should know. */
  readonly onStep: (step: string) => void;
  /** Told at once when a process was begun or has been ended: to be recorded. */
  readonly onChange: (records: Records<Name>) => void;
  /** How long a process may take until it is ready, in milliseconds. */
  readonly readyWithinMs: number;
}

/** How long a process whose recipe has changed may take to end, in milliseconds. */
const replaceGraceMs = 5_000;
/** How long the port of a process that has just ended may still be taken, in milliseconds. */
const releaseWithinMs = 1_500;
const logLines = 12;

/** Starts processes that outlive this one, waits for them, and says which one failed and why. */
export class Launch<Name extends string> {
  private readonly records: Partial<Record<Name, ProcessRecord>>;
  private readonly begun = new Map<Name, { child: ChildProcess; log: string }>();

  constructor(private readonly args: LaunchArgs<Name>) {
    this.records = { ...args.running };
  }

  /** True where the process runs already. */
  runs(name: Name): boolean {
    return this.records[name] !== undefined;
  }

  /** Starts a process unless it runs; one with another recipe is ended before. */
  async start(name: Name, recipe: Recipe): Promise<void> {
    this.args.signal?.throwIfAborted();
    const former = this.records[name];
    if (former && former.recipe !== digest(recipe)) {
      this.args.onStep(`${name} is started anew: its settings have changed`);
      await end(former, replaceGraceMs);
      delete this.records[name];
    }
    if (this.records[name]) return;
    const { child, record } = begin(recipe);
    this.begun.set(name, { child, log: recipe.log });
    this.records[name] = record;
    this.args.onChange(this.records);
  }

  /** Ends a process, where it runs; it can be started again. */
  async stop(name: Name, graceMs: number): Promise<void> {
    const record = this.records[name];
    if (!record) return;
    this.begun.delete(name);
    await end(record, graceMs);
    delete this.records[name];
    this.args.onChange(this.records);
  }

  /**
   * Waits until `why` has no reason left.
   *
   * @param everyMs how often to ask, in milliseconds
   * @param log of the process to blame when it takes too long
   * @throws an error with the last lines of that log, or of a process that has ended
   */
  async until(log: string, why: () => Promise<string | undefined>, everyMs = 50): Promise<void> {
    const { signal, readyWithinMs } = this.args;
    const deadline = performance.now() + readyWithinMs;
    for (;;) {
      signal?.throwIfAborted();
      const reason = await why();
      if (reason === undefined) return;
      const failed = this.ended();
      if (failed) throw await failure(failed.how, failed.log);
      if (performance.now() > deadline) {
        throw await failure(`${reason} after ${readyWithinMs / 1000} s`, log);
      }
      await sleep(everyMs);
    }
  }

  /** Ends what this launch began, by `stop`, and forgets it; what ran before goes on. */
  async undo(stop: (records: Records<Name>) => Promise<void>): Promise<void> {
    const mine = [...this.begun.keys()];
    await stop(pick(this.records, mine));
    for (const name of mine) delete this.records[name];
    this.args.onChange(this.records);
  }

  private ended(): { log: string; how: string } | undefined {
    for (const [name, { child, log }] of this.begun) {
      if (child.signalCode) return { log, how: `${name} was ended by ${child.signalCode}` };
      if (child.exitCode !== null) {
        return { log, how: `${name} ended with exit code ${child.exitCode}` };
      }
    }
    return undefined;
  }
}

/** An error about a process, with the last lines of its log. */
export async function failure(how: string, log: string): Promise<Error> {
  const lines = tellingLines(await lastLines(log, 400));
  const quoted = lines.map((line) => `  | ${line.slice(0, 400)}`).join("\n");
  return new Error(`${how}; the last lines of ${log}:\n${quoted}`);
}

/** The last lines of a log; and before them the line of a panic, whose stack would hide it. */
function tellingLines(lines: readonly string[]): readonly string[] {
  const last = lines.slice(-logLines);
  const panic = lines.find((line) => /^(panic|fatal error):/.test(line));
  return panic === undefined || last.includes(panic) ? last : [panic, ...last];
}

/** A killed process may hold its ports a moment longer than it is seen. */
export async function becomesFree(port: number): Promise<boolean> {
  const deadline = performance.now() + releaseWithinMs;
  while (!(await isFree(port))) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** Those entries of a record that `keys` name and that it has. */
function pick<K extends string, V>(
  from: Readonly<Partial<Record<K, V>>>,
  keys: readonly K[],
): Partial<Record<K, V>> {
  const picked: Partial<Record<K, V>> = {};
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key];
  return picked;
}
