import { isDeepStrictEqual } from "node:util";
import { objectAt, stringAt, type JsonObject } from "../../protocol/properties";
import { customJudge } from "./custom";
import { ingress, service } from "./network";
import { failed, ready, waiting, type Judge } from "./readiness";
import {
  condition,
  daemonSet,
  deployment,
  job,
  pod,
  replicationController,
  statefulSet,
} from "./workloads";

const persistentVolumeClaim: Judge = async (live, around) => {
  const phase = stringAt(live, "status", "phase") ?? "Pending";
  if (phase === "Bound") return ready;
  if (phase === "Lost") return failed("its volume is lost");
  const name = stringAt(live, "spec", "storageClassName");
  if (name) {
    const kind = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", namespace: undefined };
    const storage = await around.get({ ...kind, name });
    // Such a claim is bound when a pod uses it, not before.
    if (stringAt(storage, "volumeBindingMode") === "WaitForFirstConsumer") return ready;
  }
  return waiting(`phase ${phase}`);
};

const persistentVolume: Judge = (live) => {
  const phase = stringAt(live, "status", "phase") ?? "Pending";
  return phase === "Available" || phase === "Bound" ? ready : waiting(`phase ${phase}`);
};

const customResourceDefinition: Judge = (live) => {
  const names = condition(live, "NamesAccepted");
  if (names?.status === "False" && names.reason !== "") return failed(names.text);
  return condition(live, "Established")?.status === "True" ? ready : waiting("not established yet");
};

const resourceQuota: Judge = (live) =>
  isDeepStrictEqual(objectAt(live, "spec", "hard"), objectAt(live, "status", "hard"))
    ? ready
    : waiting("its limits are not in force yet");

/** A token is filled in by a controller. */
const secret: Judge = (live) => {
  if (live["type"] !== "kubernetes.io/service-account-token") return ready;
  return stringAt(live, "data", "token") === undefined
    ? waiting("its token is not made yet")
    : ready;
};

const judges: Readonly<Record<string, Judge>> = {
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "apps/v1/DaemonSet": daemonSet,
  "batch/v1/Job": job,
  "v1/Pod": pod,
  "v1/ReplicationController": replicationController,
  "v1/PersistentVolumeClaim": persistentVolumeClaim,
  "v1/PersistentVolume": persistentVolume,
  "v1/ResourceQuota": resourceQuota,
  "v1/Secret": secret,
  "v1/Service": service,
  "networking.k8s.io/v1/Ingress": ingress,
  "apiextensions.k8s.io/v1/CustomResourceDefinition": customResourceDefinition,
};

/** Any kind: its `Ready` condition, where it has one. */
const anyReady: Judge = (live) => {
  const found = condition(live, "Ready");
  if (!found || found.status === "True") return ready;
  return waiting(found.text || "not Ready yet");
};

/**
 * Who judges an object, as the official plugin chooses: `pulumi.com/skipAwait` nobody,
 * `pulumi.com/waitFor` what it says, else its kind's judge; other kinds are ready at once, unless
 * PULUMI_K8S_AWAIT_ALL is set.
 *
 * @returns undefined where nothing is waited for
 */
export function judgeOf(object: JsonObject): Judge | undefined {
  const annotations = objectAt(object, "metadata", "annotations");
  if (annotations["pulumi.com/skipAwait"] === "true") return undefined;
  const waitFor = annotations["pulumi.com/waitFor"];
  if (typeof waitFor === "string" && waitFor !== "") return customJudge(waitFor);
  const key = `${stringAt(object, "apiVersion") ?? ""}/${stringAt(object, "kind") ?? ""}`;
  return judges[key] ?? (process.env["PULUMI_K8S_AWAIT_ALL"] === "true" ? anyReady : undefined);
}
