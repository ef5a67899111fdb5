import { median, spread, type Cost } from "./measure";

/** A figure: what was measured of both sides. */
export interface Figure {
  /** What was done. */
  readonly what: string;
  /** Who else did it. */
  readonly peer: string;
  readonly ours: readonly Cost[];
  readonly peers: readonly Cost[];
  /** The ratio of ours to the peer's that is to be kept. */
  readonly goal: number;
}

/** Prints the wall times of both sides, and their ratio. */
export function printRatio({ what, peer, ours, peers, goal }: Figure): void {
  const wall = (costs: readonly Cost[]) => costs.map((cost) => cost.wallSeconds);
  const ratio = median(wall(ours)) / median(wall(peers));
  const width = Math.max(what.length + ", wall s:".length, peer.length + 3) + 1;
  console.log(`${what}, wall s:`.padEnd(width) + spread(wall(ours)));
  console.log(`  ${peer}:`.padEnd(width) + spread(wall(peers)));
  console.log(`  ratio ${ratio.toFixed(2)} (goal: at most ${goal})`);
}
