import { setTimeout as sleep } from "node:timers/promises";
import { at, objectsAt, stringAt, type JsonObject } from "../../protocol/properties";
import { describe, type Cluster, type Reference } from "../cluster";
import type { WaitOptions } from "./waiting";

const [firstPauseMs, lastPauseMs] = [50, 1_000];

/**
 * Waits until an object is gone, or another one has its name.
 *
 * @throws with what holds it: finalizers, and for a namespace what is left in it
 */
export async function untilGone(
  cluster: Cluster,
  reference: Reference,
  uid: string | undefined,
  { timeoutMs, onProgress }: WaitOptions,
): Promise<void> {
  const begin = Date.now();
  let said = "";
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, lastPauseMs)) {
    const live = await cluster.get(reference);
    if (!live || (uid !== undefined && stringAt(live, "metadata", "uid") !== uid)) return;
    const message = holds(live);
    if (message !== said) onProgress(`waiting for its end: ${message}`);
    said = message;
    if (Date.now() - begin > timeoutMs) {
      const seconds = Math.round(timeoutMs / 1_000);
      throw new Error(`${describe(reference)} is still there after ${seconds} s: ${message}`);
    }
    try {
      await sleep(pause, undefined, { signal: cluster.signal });
    } catch {
      throw new Error(
        `cancelled; ${describe(reference)} is being deleted by the cluster: ${message}`,
      );
    }
  }
}

/** What keeps an object from going. */
function holds(live: JsonObject): string {
  const finalizers = at(live, "metadata", "finalizers");
  const reasons = Array.isArray(finalizers) ? [`finalizers ${JSON.stringify(finalizers)}`] : [];
  for (const condition of objectsAt(live, "status", "conditions")) {
    // A namespace says what is left in it; True is the bad news in all of these.
    const type = stringAt(condition, "type") ?? "";
    if (!/^Namespace(Deletion|Content|Finalizers)/.test(type) || condition["status"] !== "True")
      continue;
    reasons.push(stringAt(condition, "message") ?? type);
  }
  return reasons.join("; ") || "it is being deleted";
}
