import path from "node:path";
import type { ControlPlanePaths } from "./paths";
import { readRecords } from "./agent/records";
import { end } from "../processes/process";
import type { Records } from "../processes/record";
import type { ComponentName } from "./state";

/** How a control plane is stopped. */
export interface StopManner {
  /** False where the data is thrown away anyway: no time is spent on closing it well. */
  readonly gracefully: boolean;
  /** Also ends the processes of pods, whoever started them. */
  readonly pods: boolean;
}

/** How long a component may take to end by itself, in milliseconds. */
const graceMs: Readonly<Record<ComponentName, number>> = {
  agent: 3_000,
  kwok: 3_000,
  "kube-scheduler": 3_000,
  "kube-controller-manager": 3_000,
  "kube-apiserver": 3_000,
  etcd: 10_000,
};

/**
 * Ends the recorded processes, and only those: first the agent and the pods that it runs, then
 * all that call the API server, the API server, and etcd last.
 */
export async function stopComponents(
  paths: ControlPlanePaths,
  records: Records<ComponentName>,
  { gracefully, pods }: StopManner,
): Promise<void> {
  const stop = async (name: ComponentName) => {
    const record = records[name];
    const orderly = gracefully || name === "agent";
    if (record) await end(record, orderly ? graceMs[name] : 0);
  };
  // An agent that still ran would start again the pods that are ended here.
  await stop("agent");
  await Promise.all([
    ...(pods ? [endPods(paths)] : []),
    stop("kwok"),
    stop("kube-scheduler"),
    stop("kube-controller-manager"),
  ]);
  await stop("kube-apiserver");
  await stop("etcd");
}

/** Ends the processes of pods; an agent that ends leaves them running, as a kubelet does. */
async function endPods(paths: ControlPlanePaths): Promise<void> {
  const records = await readRecords(path.join(paths.agent, "processes.json"));
  await Promise.all(records.map((record) => end(record, 5_000)));
}
