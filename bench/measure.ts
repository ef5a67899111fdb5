import { execa } from "execa";

/** What one run of a command cost. CPU is that of the command and all its children. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

export interface Run {
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command to its end and measures it; throws with its output where it fails. */
export async function measure({ command, cwd, env }: Run): Promise<Cost> {
  const [, ...args] = ["bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "time"];
  const { stderr } = await execa("bash", [...args, ...command], { cwd, env, stdin: "ignore" });
  const [wall, user, system] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  if (wall === undefined || user === undefined || system === undefined) {
    throw new Error(`no times in: ${stderr}`);
  }
  return { wallSeconds: wall, cpuSeconds: user + system };
}

/** Two sides, in turn, so that a drift of the machine's speed falls on both. */
export async function compare(
  runs: number,
  ours: () => Promise<Cost>,
  peers: () => Promise<Cost>,
): Promise<{ ours: Cost[]; peers: Cost[] }> {
  const result = { ours: [] as Cost[], peers: [] as Cost[] };
  for (let run = 0; run < runs; run++) {
    result.ours.push(await ours());
    result.peers.push(await peers());
  }
  return result;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** `median (min to max)`, in seconds. */
export function spread(values: readonly number[]): string {
  const two = (value: number) => value.toFixed(2);
  return `${two(median(values))} (${two(Math.min(...values))} to ${two(Math.max(...values))})`;
}
