import { setTimeout as sleep } from "node:timers/promises";

/** How often something is asked in all. */
const tries = 4;
/** Wait before the second try, in milliseconds; twice as long before each further one. */
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Statuses that may be another the next moment. */
const passing = new Set([429, 500, 502, 503, 504]);

/** What a try came to: an answer of any status, or why there was none. */
export type Attempt = Response | { readonly noAnswer: string };

/**
 * Asks again where it may help: no answer, too many requests, a service that stumbles. Only for what
 * changes nothing. A service that says how long to wait (`Retry-After`) is waited for, up to 30 s.
 */
export async function persistently(ask: () => Promise<Attempt>): Promise<Attempt> {
  for (let turn = 1; ; turn += 1) {
    const attempt = await ask();
    if (turn === tries || !mayPass(attempt)) return attempt;
    if (attempt instanceof Response) await attempt.arrayBuffer();
    await sleep(waitMs(attempt, turn));
  }
}

const mayPass = (attempt: Attempt): boolean =>
  !(attempt instanceof Response) || passing.has(attempt.status);

function waitMs(attempt: Attempt, turn: number): number {
  const said = attempt instanceof Response ? Number(attempt.headers.get("retry-after")) : 0;
  return Math.min(longestWaitMs, said > 0 ? said * 1000 : firstWaitMs * 2 ** (turn - 1));
}
