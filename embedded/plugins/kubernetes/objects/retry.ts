import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, hasStatus, Unreachable } from "../api";
import { UnknownKind, type Cluster } from "../cluster";

// One, two, four, eight and sixteen seconds: the official plugin's patience.
const retries = 5;

/**
 * Tries again where something that comes with the same update is a moment late: a kind, a
 * namespace, an account, a webhook.
 */
export async function patiently<T>(
  cluster: Cluster,
  onRetry: (message: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt > retries || !mayPass(error)) throw error;
      onRetry(
        `trying again (${attempt} of ${retries}): ${error instanceof Error ? error.message : ""}`,
      );
      await sleep(1_000 * 2 ** (attempt - 1), undefined, { signal: cluster.signal }).catch(() => {
        throw new Error(
          `cancelled; the last answer was: ${error instanceof Error ? error.message : ""}`,
        );
      });
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof UnknownKind || error instanceof Unreachable) return true;
  if (!(error instanceof ApiError)) return false;
  if (hasStatus(error, 404)) return true;
  if (hasStatus(error, 403)) return /serviceaccount .* not found/i.test(error.message);
  return error.status >= 500 && error.message.includes("failed calling webhook");
}
