import { at, numberAt, objectsAt, stringAt, type JsonObject } from "../../protocol/properties";
import { failed, ready, waiting, type Judge, type Readiness } from "./readiness";

/** A condition of an object's status: `condition(live, "Ready")?.status`. */
export function condition(live: JsonObject, type: string) {
  const found = objectsAt(live, "status", "conditions").find((one) => one["type"] === type);
  if (!found) return undefined;
  const reason = stringAt(found, "reason") ?? "";
  const message = stringAt(found, "message") ?? "";
  return {
    status: stringAt(found, "status") ?? "Unknown",
    reason,
    text: [reason, message].filter((part) => part !== "").join(": "),
  };
}

function count(live: JsonObject, field: string): number {
  return numberAt(live, "status", field) ?? 0;
}

/** Has the controller seen the newest version of the object? */
function observed(live: JsonObject): boolean {
  return count(live, "observedGeneration") >= (numberAt(live, "metadata", "generation") ?? 0);
}

const unseen = waiting("its controller has not seen this version yet");

export const deployment: Judge = (live) => {
  if (!observed(live)) return unseen;
  if (at(live, "spec", "paused") === true) return ready;
  const progressing = condition(live, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return failed(progressing.text);
  const wanted = numberAt(live, "spec", "replicas") ?? 1;
  const [updated, available] = [count(live, "updatedReplicas"), count(live, "availableReplicas")];
  if (updated < wanted) return waiting(`${updated} of ${wanted} replicas updated`);
  if (count(live, "replicas") > updated) return waiting("old replicas are still there");
  if (available < wanted) return waiting(`${available} of ${wanted} replicas available`);
  return ready;
};

export const statefulSet: Judge = (live) => {
  if (!observed(live)) return unseen;
  const strategy = stringAt(live, "spec", "updateStrategy", "type") ?? "RollingUpdate";
  const wanted = numberAt(live, "spec", "replicas") ?? 1;
  const isReady = count(live, "readyReplicas");
  if (isReady < wanted) return waiting(`${isReady} of ${wanted} replicas ready`);
  if (strategy !== "RollingUpdate") return ready;
  const kept = numberAt(live, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  const updated = count(live, "updatedReplicas");
  const same =
    stringAt(live, "status", "currentRevision") === stringAt(live, "status", "updateRevision");
  if (!same && updated < wanted - kept)
    return waiting(`${updated} of ${wanted - kept} replicas updated`);
  return ready;
};

export const daemonSet: Judge = (live) => {
  if (!observed(live)) return unseen;
  const wanted = count(live, "desiredNumberScheduled");
  const updated = count(live, "updatedNumberScheduled");
  const isReady = count(live, "numberReady");
  const rolling = stringAt(live, "spec", "updateStrategy", "type") !== "OnDelete";
  if (rolling && updated < wanted) return waiting(`${updated} of ${wanted} pods updated`);
  if (isReady < wanted) return waiting(`${isReady} of ${wanted} pods ready`);
  return ready;
};

export const replicationController: Judge = (live) => {
  const wanted = numberAt(live, "spec", "replicas") ?? 1;
  const isReady = count(live, "readyReplicas");
  return isReady < wanted ? waiting(`${isReady} of ${wanted} replicas ready`) : ready;
};

export const job: Judge = (live) => {
  const broken = condition(live, "Failed");
  if (broken?.status === "True") return failed(broken.text || "the Job has failed");
  if (condition(live, "Complete")?.status === "True") return ready;
  if (condition(live, "Suspended")?.status === "True") return ready;
  const [active, succeeded] = [count(live, "active"), count(live, "succeeded")];
  return waiting(`${succeeded} pods succeeded, ${active} active`);
};

export const pod: Judge = (live) => {
  const phase = stringAt(live, "status", "phase") ?? "Pending";
  if (phase === "Succeeded" || condition(live, "Ready")?.status === "True") return ready;
  if (phase === "Failed") {
    const message = stringAt(live, "status", "message") ?? stringAt(live, "status", "reason");
    return failed([message ?? "the pod has failed", ...containerTroubles(live)].join("; "));
  }
  return podWaiting(live, phase);
};

function podWaiting(live: JsonObject, phase: string): Readiness {
  const troubles = containerTroubles(live);
  const scheduled = condition(live, "PodScheduled");
  if (scheduled?.status === "False") troubles.push(scheduled.text);
  return waiting([`phase ${phase}`, ...troubles].join("; "));
}

/** What keeps a pod's containers from running. */
export function containerTroubles(live: JsonObject): string[] {
  const containers = ["initContainerStatuses", "containerStatuses"].flatMap((list) =>
    objectsAt(live, "status", list),
  );
  return containers.flatMap((container) => {
    const name = stringAt(container, "name") ?? "";
    const reason = stringAt(container, "state", "waiting", "reason");
    const message = stringAt(container, "state", "waiting", "message");
    if (reason !== undefined && reason !== "ContainerCreating" && reason !== "PodInitializing") {
      return [`container ${name}: ${[reason, message].filter(Boolean).join(": ")}`];
    }
    const code = numberAt(container, "state", "terminated", "exitCode");
    return code !== undefined && code !== 0
      ? [`container ${name} ended with exit code ${code}`]
      : [];
  });
}
