import { setTimeout as sleep } from "node:timers/promises";
import {
  objectAt,
  objectsAt,
  selectorText,
  stringAt,
  type JsonObject,
} from "../../protocol/properties";
import { Unreachable } from "../api";
import { describe, referenceOf, type Cluster, type Reference } from "../cluster";
import { judgeOf } from "./judges";
import { containerTroubles } from "./workloads";

/** The object was not ready in time, will never be, or the user has had enough. */
export class NotReady extends Error {
  constructor(
    message: string,
    /** The object as it was last seen. */
    readonly live: JsonObject,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Told what is missing, whenever that changes. */
  readonly onProgress: (message: string) => void;
}

// The official plugin's.
const defaultTimeoutMs = 600_000;
const [firstPauseMs, lastPauseMs] = [100, 1_000];

/** How long is waited: the user's timeout in seconds, else the object's annotation, else 10 min. */
export function timeoutMs(object: JsonObject, seconds: number): number {
  if (seconds > 0) return seconds * 1_000;
  const annotated = Number(
    stringAt(object, "metadata", "annotations", "pulumi.com/timeoutSeconds"),
  );
  return annotated > 0 ? annotated * 1_000 : defaultTimeoutMs;
}

/**
 * Waits until an object is ready.
 *
 * @returns the object as it is then
 * @throws NotReady with the reasons
 */
export async function untilReady(
  cluster: Cluster,
  applied: JsonObject,
  { timeoutMs, onProgress }: WaitOptions,
): Promise<JsonObject> {
  const judge = judgeOf(applied);
  if (!judge) return applied;
  const reference = referenceOf(applied);
  const begin = Date.now();
  let live = applied;
  let said = "";
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, lastPauseMs)) {
    const waitedMs = Date.now() - begin;
    const around = {
      list: cluster.list.bind(cluster),
      get: cluster.get.bind(cluster),
      waitedMs,
    };
    const verdict = await judge(live, around);
    if (verdict.state === "ready") return live;
    const { message } = verdict;
    if (message !== said) onProgress(`waiting: ${message}`);
    said = message;
    if (verdict.state === "failed") throw await notReady(cluster, live, message);
    if (waitedMs > timeoutMs) {
      throw await notReady(
        cluster,
        live,
        `not ready within ${Math.round(timeoutMs / 1_000)} s: ${message}`,
      );
    }
    await pauseFor(cluster, live, pause, message);
    live = (await look(cluster, reference)) ?? live;
  }
}

async function pauseFor(
  cluster: Cluster,
  live: JsonObject,
  ms: number,
  missing: string,
): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: cluster.signal });
  } catch {
    throw new NotReady("cancelled while waiting", live, [`cancelled while waiting: ${missing}`]);
  }
}

/** A server that is away for a moment is no reason to give up. */
async function look(cluster: Cluster, reference: Reference): Promise<JsonObject | undefined> {
  try {
    return await cluster.get(reference);
  } catch (error) {
    if (error instanceof Unreachable || cluster.signal.aborted) return undefined;
    throw error;
  }
}

async function notReady(cluster: Cluster, live: JsonObject, message: string): Promise<NotReady> {
  const reasons = [message, ...(await symptoms(cluster, live).catch(() => []))];
  return new NotReady(`${describe(referenceOf(live))}: ${reasons.join("; ")}`, live, reasons);
}

const mostReasons = 6;

/** What the pods and the events tell. */
async function symptoms(cluster: Cluster, live: JsonObject): Promise<string[]> {
  const namespace = stringAt(live, "metadata", "namespace");
  const pods = await podsOf(cluster, live);
  const ofPods = pods.flatMap((pod) => {
    const name = stringAt(pod, "metadata", "name") ?? "";
    return containerTroubles(pod).map((trouble) => `pod ${name}: ${trouble}`);
  });
  const names = [live, ...pods.slice(0, 3)].map((one) => stringAt(one, "metadata", "name") ?? "");
  const events = await Promise.all(
    names.map((name) =>
      cluster.list(
        { apiVersion: "v1", kind: "Event", namespace },
        { fields: `involvedObject.name=${name},type=Warning` },
      ),
    ),
  );
  const told = events.flat().map((event) => {
    const about = `${stringAt(event, "involvedObject", "kind") ?? ""} ${stringAt(event, "involvedObject", "name") ?? ""}`;
    return `${about}: ${stringAt(event, "reason") ?? ""}: ${stringAt(event, "message") ?? ""}`;
  });
  return [...new Set([...conditionsOf(live), ...ofPods, ...told])].slice(0, mostReasons);
}

/** Conditions that say that something is wrong. */
function conditionsOf(live: JsonObject): string[] {
  return objectsAt(live, "status", "conditions")
    .filter((one) => one["status"] === "False" || one["type"] === "ReplicaFailure")
    .map((one) => {
      const [type = "", reason = "", message = ""] = ["type", "reason", "message"].map((key) =>
        stringAt(one, key),
      );
      return [type, reason, message].filter((part) => part !== "").join(": ");
    });
}

async function podsOf(cluster: Cluster, live: JsonObject): Promise<JsonObject[]> {
  const labels = selectorText(objectAt(live, "spec", "selector", "matchLabels"));
  if (labels === "") return [];
  const namespace = stringAt(live, "metadata", "namespace");
  return cluster.list({ apiVersion: "v1", kind: "Pod", namespace }, { labels });
}
