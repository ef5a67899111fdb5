import type { Context, Runnable, Suite } from "mocha";

const reasons = new WeakMap<Runnable | Suite, string>();

/**
 * Skips the running test, or from a `before` hook its whole suite, and keeps the reason for the
 * report: a skipped test without one is indistinguishable from a forgotten test.
 *
 * @param context mocha's `this`
 * @param reason what is missing, and after a semicolon how to get it
 */
export function skip(context: Context, reason: string): never {
  const running = context.runnable();
  // A hook stands for all tests beside it.
  const owner = "type" in running && running.type === "hook" ? running.parent : running;
  if (owner) reasons.set(owner, reason);
  return context.skip();
}

/** The reason why a test was skipped, its own or the nearest suite's. */
export function skipReason(test: Runnable): string | undefined {
  let reason = reasons.get(test);
  for (let suite = test.parent; suite && !reason; suite = suite.parent) reason = reasons.get(suite);
  return reason;
}
