import { objectAt, selectorText, stringAt, type JsonObject } from "../../protocol/properties";
import { describe, referenceOf, type Cluster } from "../cluster";
import { judgeOf } from "../readiness/judges";
import { condition, containerTroubles } from "../readiness/workloads";

const kinds = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "apps/v1", kind: "DaemonSet" },
  { apiVersion: "batch/v1", kind: "Job" },
];
const mostTroubles = 5;

/** What keeps a release's objects from being ready, now. */
export async function troubles(
  cluster: Cluster,
  namespace: string,
  release: string,
): Promise<string[]> {
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const objects = await cluster.list({ ...kind, namespace }, {});
      // Lists leave the kind out of their items.
      return objects.filter(ofRelease(release)).map((object) => ({ ...object, ...kind }));
    }),
  );
  const found = await Promise.all(lists.flat().map((object) => troublesOf(cluster, object)));
  return found.flat().slice(0, mostTroubles);
}

function ofRelease(release: string): (object: JsonObject) => boolean {
  return (object) =>
    objectAt(object, "metadata", "annotations")["meta.helm.sh/release-name"] === release;
}

async function troublesOf(cluster: Cluster, object: JsonObject): Promise<string[]> {
  const around = { list: cluster.list.bind(cluster), get: cluster.get.bind(cluster), waitedMs: 0 };
  const verdict = await judgeOf(object)?.(object, around);
  if (!verdict || verdict.state === "ready") return [];
  const namespace = stringAt(object, "metadata", "namespace");
  const labels = selectorText(objectAt(object, "spec", "selector", "matchLabels"));
  const pods =
    labels === ""
      ? []
      : await cluster.list({ apiVersion: "v1", kind: "Pod", namespace }, { labels });
  const failing = condition(object, "ReplicaFailure");
  const reasons = [
    verdict.message,
    ...(failing?.status === "True" ? [failing.text] : []),
    ...pods.flatMap((pod) => podTroubles(pod)),
  ];
  return [`${describe(referenceOf(object))}: ${[...new Set(reasons)].slice(0, 3).join(", ")}`];
}

function podTroubles(pod: JsonObject): string[] {
  const scheduled = condition(pod, "PodScheduled");
  return [...containerTroubles(pod), ...(scheduled?.status === "False" ? [scheduled.text] : [])];
}
