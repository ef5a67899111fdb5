import type { Refusals } from "../base/refusal";
import type { Judgement } from "../compatibility";

/** What an argument's version was judged to be. */
export interface Verdict {
  /** The argument to change, such as `sparkVersion`. */
  readonly propertyPath: string;
  /** The compatibility table's words. */
  readonly judgement: Judgement;
}

/** Refuses what the compatibility table calls impossible, and returns a warning for the untested. */
export function weigh(refusals: Refusals, verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ propertyPath, judgement: { verdict, reason, remedy } }) => {
    const told = remedy === undefined ? reason : `${reason}; ${remedy}`;
    refusals.require(verdict !== "impossible", propertyPath, told);
    return verdict === "untested" ? [`${propertyPath}: ${told}`] : [];
  });
}
