import { readdirSync, readFileSync } from "node:fs";
import { end, processIdentity } from "./process";
import type { ProcessRecord } from "./record";

type Known = Pick<ProcessRecord, "pid" | "identity">;

/**
 * Ends a process and what it has started, each by its id and start time. Children that the process
 * does not end by itself are killed. Without `/proc` only the process itself is known.
 *
 * @param graceMs how long the process may take to end by itself, in milliseconds; 0 kills at once
 */
export async function endTree(root: Known, graceMs: number): Promise<void> {
  // Of a process that has ended nobody can tell its children.
  const children = descendants(root.pid);
  await end(root, graceMs);
  await Promise.all(children.map((child) => end(child, 0)));
}

/** All processes that a process has started, and those that they have started. */
function descendants(root: number): Known[] {
  const childrenOf = new Map<number, number[]>();
  for (const entry of processIds()) {
    const parent = parentOf(entry);
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), entry]);
  }
  const found: Known[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    for (const child of childrenOf.get(pid) ?? []) {
      const identity = processIdentity(child);
      if (identity !== undefined) found.push({ pid: child, identity });
      waiting.push(child);
    }
  }
  return found;
}

function processIds(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold anything: count from its end.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
