import { ApiException } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson } from "../../processes/files";

const firstRetryMs = 200;
const lastRetryMs = 15_000;

/**
 * Runs `work` for each key that is added: never twice at once for the same key, once more where the
 * key was added meanwhile, and again after a growing pause where it failed.
 */
export class WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly busy = new Set<string>();

  constructor(
    private readonly name: string,
    private readonly work: (key: string) => Promise<void>,
  ) {}

  add(key: string): void {
    this.waiting.add(key);
    if (!this.busy.has(key)) void this.run(key);
  }

  private async run(key: string): Promise<void> {
    this.busy.add(key);
    for (let retryMs = firstRetryMs; this.waiting.has(key);) {
      this.waiting.delete(key);
      try {
        await this.work(key);
        retryMs = firstRetryMs;
      } catch (error) {
        console.error(`${this.name} ${key}: ${reason(error)}; again in ${retryMs} ms`);
        await sleep(retryMs);
        retryMs = Math.min(retryMs * 2, lastRetryMs);
        this.waiting.add(key);
      }
    }
    this.busy.delete(key);
  }
}

/** What went wrong, in one line; of an answer of the API server its own words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text =
    error instanceof ApiException ? (apiMessage(error.body) ?? error.message) : error.message;
  return text.replaceAll(/\s+/g, " ").slice(0, 500);
}

function apiMessage(body: unknown): string | undefined {
  const parsed: unknown = typeof body === "string" ? parseJson(body) : body;
  const message =
    typeof parsed === "object" && parsed !== null && "message" in parsed
      ? parsed.message
      : undefined;
  return typeof message === "string" ? message : undefined;
}
