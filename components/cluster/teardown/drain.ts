import type { V1Pod } from "@kubernetes/client-node";
import { answered, ignoreMissing, reasonOf, type Apis } from "./access";
import { isGoing } from "./mark";
import { Deadline, type Patience } from "./waiting";

/** How a node is emptied. */
export interface DrainPatience extends Patience {
  /** Seconds that each pod gets to end. Default: what it asks for itself. */
  readonly graceSeconds?: number;
}

/**
 * Empties a node: no new pods, and those that are there are evicted, as disruption budgets allow.
 * Pods of DaemonSets and of the kubelet itself stay. Nothing is done for a node that is not there,
 * or of a cluster that is being destroyed.
 *
 * @throws ScriptError naming the pods that are left, and what holds them, where time is up
 */
export async function drainNode(apis: Apis, node: string, patience: DrainPatience): Promise<void> {
  const { say } = patience;
  if (await isGoing(apis)) return say(`${node}: the cluster is being destroyed: not drained`);
  if (!(await cordon(apis, node))) return say(`${node}: there is no such node: nothing to drain`);
  say(`${node}: takes no new pods`);
  await new Deadline(patience).until(
    async () => ({ what: `pods on ${node}`, items: await evictAll(apis, node, patience) }),
    `the node stays cordoned; free it with: kubectl uncordon ${node}`,
  );
  say(`${node}: is empty`);
}

/** Keeps new pods away; says whether there is such a node. */
async function cordon({ core }: Apis, name: string): Promise<boolean> {
  try {
    const body = [{ op: "add", path: "/spec/unschedulable", value: true }];
    await core.patchNode({ name, body });
    return true;
  } catch (error) {
    ignoreMissing(error);
    return false;
  }
}

/** Asks for the eviction of each pod that is still there; says which are left, and why. */
async function evictAll(
  apis: Apis,
  node: string,
  { graceSeconds }: DrainPatience,
): Promise<string[]> {
  const fieldSelector = `spec.nodeName=${node}`;
  const { items } = await apis.core.listPodForAllNamespaces({ fieldSelector });
  const left = [];
  for (const pod of items.filter(mustGo)) {
    const name = `${pod.metadata?.namespace}/${pod.metadata?.name}`;
    const held = pod.metadata?.deletionTimestamp ? "ending" : await evict(apis, pod, graceSeconds);
    left.push(`${name} (${held})`);
  }
  return left;
}

/** Whether a pod has to leave before its node can go. */
export function mustGo({ metadata, status }: V1Pod): boolean {
  const isMirror = metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined;
  const ofDaemonSet = (metadata?.ownerReferences ?? []).some(
    ({ kind, controller }) => kind === "DaemonSet" && controller === true,
  );
  const isOver = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !isMirror && !ofDaemonSet && !isOver;
}

/** Asks for one eviction; what holds the pod, in words. */
async function evict(
  { core }: Apis,
  { metadata }: V1Pod,
  gracePeriodSeconds?: number,
): Promise<string> {
  const { name = "", namespace = "" } = metadata ?? {};
  const deleteOptions = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
  try {
    const body = { metadata: { name, namespace }, deleteOptions };
    await core.createNamespacedPodEviction({ name, namespace, body });
    return "ending";
  } catch (error) {
    if (answered(error, 404)) return "gone";
    // 429: a budget forbids it for now; 500: the pod has several budgets.
    if (answered(error, 429) || answered(error, 500)) return reasonOf(error);
    throw error;
  }
}
