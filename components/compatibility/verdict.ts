/** What is known of a combination of versions. */
export type Verdict = "tested" | "untested" | "impossible";

/** A verdict with its grounds. */
export interface Judgement {
  /**
   * `tested`: somebody ran it. `untested`: nobody is on record, worth a warning.
   * `impossible`: known not to work, refused.
   */
  readonly verdict: Verdict;
  /** Why, in one line; lower case, no full stop. */
  readonly reason: string;
  /** What to change where it is not `tested`. */
  readonly remedy?: string;
  /** Where the facts come from. */
  readonly sources: readonly string[];
}

export const tested = (reason: string, ...sources: string[]): Judgement => ({
  verdict: "tested",
  reason,
  sources,
});

export const untested = (reason: string, remedy: string, ...sources: string[]): Judgement => ({
  verdict: "untested",
  reason,
  remedy,
  sources,
});

export const impossible = (reason: string, remedy: string, ...sources: string[]): Judgement => ({
  verdict: "impossible",
  reason,
  remedy,
  sources,
});
