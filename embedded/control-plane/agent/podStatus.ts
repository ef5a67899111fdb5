import { createHash } from "node:crypto";
import type {
  V1ContainerState,
  V1ContainerStatus,
  V1Pod,
  V1PodCondition,
  V1PodStatus,
} from "@kubernetes/client-node";
import type { ContainerProcess, Ended, Phase } from "./container";

/** The status of a pod whose containers run as processes, as its node would report it. */
export function podStatus(pod: V1Pod, processes: readonly ContainerProcess[]): V1PodStatus {
  const byName = new Map(processes.map((process) => [process.name, process]));
  const containers = pod.spec?.containers ?? [];
  const statuses = containers.map((container) => {
    const process = byName.get(container.name);
    return process ? processStatus(process, container.image) : simulatedStatus(container);
  });
  const ready = statuses.every((status) => status.ready);
  return {
    phase: phaseOf(processes.map(({ phase }) => phase)),
    podIP: podAddress(pod),
    podIPs: [{ ip: podAddress(pod) }],
    startTime: pod.status?.startTime ?? new Date(),
    conditions: conditions(pod, ready),
    containerStatuses: statuses,
    ...(pod.spec?.initContainers
      ? { initContainerStatuses: pod.spec.initContainers.map((init) => completed(init)) }
      : {}),
  };
}

/**
 * An address for the pod, so that it becomes an endpoint. Of a range that simulated pods do not
 * use; nothing is reached by it, the agent carries what goes to the pod.
 */
export function podAddress(pod: V1Pod): string {
  const hash = createHash("sha256")
    .update(pod.metadata?.uid ?? "")
    .digest();
  return `10.245.${hash.readUInt8(0)}.${1 + (hash.readUInt8(1) % 254)}`;
}

function processStatus(process: ContainerProcess, image = ""): V1ContainerStatus {
  const { phase, last } = process;
  const running = phase.is === "running";
  return {
    name: process.name,
    image,
    imageID: "process",
    restartCount: process.restarts,
    ready: running && phase.ready,
    started: running,
    state: stateOf(phase),
    ...(last && phase.is !== "ended" ? { lastState: { terminated: terminated(last) } } : {}),
  };
}

function stateOf(phase: Phase): V1ContainerState {
  switch (phase.is) {
    case "waiting":
      return { waiting: { reason: phase.reason, message: phase.message } };
    case "running":
      return { running: { startedAt: new Date(phase.startedAt) } };
    case "ended":
      return { terminated: terminated(phase.ended) };
  }
}

function terminated({ exitCode, startedAt, finishedAt, message }: Ended) {
  return {
    exitCode,
    reason: exitCode === 0 ? "Completed" : "Error",
    message,
    startedAt: new Date(startedAt),
    finishedAt: new Date(finishedAt),
  };
}

/** A container that the agent has no program for, beside one that it has. */
function simulatedStatus({ name, image = "" }: { name: string; image?: string }) {
  const state = { running: { startedAt: new Date(0) } };
  return { name, image, imageID: "simulated", ready: true, started: true, restartCount: 0, state };
}

function completed({ name, image = "" }: { name: string; image?: string }): V1ContainerStatus {
  const state = { terminated: { exitCode: 0, reason: "Completed" } };
  return { name, image, imageID: "simulated", ready: true, restartCount: 0, state };
}

function phaseOf(phases: readonly Phase[]): string {
  if (phases.length > 0 && phases.every(({ is }) => is === "ended")) {
    const failed = phases.some((phase) => phase.is === "ended" && phase.ended.exitCode !== 0);
    return failed ? "Failed" : "Succeeded";
  }
  return "Running";
}

function conditions(pod: V1Pod, ready: boolean): V1PodCondition[] {
  const states = {
    PodReadyToStartContainers: true,
    Initialized: true,
    ContainersReady: ready,
    Ready: ready,
  };
  return Object.entries(states).map(([type, holds]) => {
    const status = holds ? "True" : "False";
    const former = pod.status?.conditions?.find((condition) => condition.type === type);
    const since = former?.status === status ? former.lastTransitionTime : undefined;
    const why = holds ? {} : { reason: "ContainersNotReady" };
    return { type, status, lastTransitionTime: since ?? new Date(), ...why };
  });
}
