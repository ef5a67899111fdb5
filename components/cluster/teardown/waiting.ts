import { pause, ScriptError, type Say } from "./access";

/** What a script still waits for. */
export interface Waiting {
  /** What it is, such as `load balancers`. */
  readonly what: string;
  /** Each of them, in words. */
  readonly items: readonly string[];
  /** What to do about these where time is up. Default: nothing but what always helps. */
  readonly remedies?: readonly string[];
}

/** How long a script waits, and how it tells. */
export interface Patience {
  /** How long all of it may take, in seconds. */
  readonly limitSeconds: number;
  /** How often it looks, in milliseconds. Default: 2000. */
  readonly everyMilliseconds?: number;
  /** Tells the user a line. */
  readonly say: Say;
}

/** How often a line tells what is waited for, in milliseconds. */
const tellEvery = 5000;

/** The time that a script has. */
export class Deadline {
  readonly #end: number;
  readonly #begin = Date.now();
  #told = 0;

  /** @param patience how long it waits, and how it tells */
  constructor(private readonly patience: Patience) {
    this.#end = this.#begin + patience.limitSeconds * 1000;
  }

  /**
   * Looks again and again until nothing is waited for, and tells every few seconds what is.
   *
   * @param look does what can be done and says what is left
   * @param remedy what to do where time is up, whatever is left
   * @throws ScriptError naming all that is left where time is up
   */
  async until(look: () => Promise<Waiting>, remedy: string): Promise<void> {
    for (;;) {
      const { what, items, remedies = [] } = await look();
      if (items.length === 0) return;
      const now = Date.now();
      const seconds = Math.round((now - this.#begin) / 1000);
      if (now >= this.#end) {
        const left = [`after ${seconds} s there are still ${items.length} ${what}:`, ...items];
        throw new ScriptError([left.join("\n  "), ...remedies, remedy].join("\n"));
      }
      if (now - this.#told >= tellEvery) {
        this.patience.say(`${seconds} s: waiting for ${items.length} ${what}: ${items.join(", ")}`);
        this.#told = now;
      }
      await pause(this.patience.everyMilliseconds ?? 2000);
    }
  }
}
