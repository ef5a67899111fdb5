import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { answered, ignoreMissing, reasonOf, ScriptError, type Apis } from "./access";
import { isGoing } from "./mark";
import { Deadline, type Patience, type Waiting } from "./waiting";

/** How a node is emptied. */
export interface DrainPatience extends Patience {
  /** Seconds that each pod gets to end. Default: what it asks for itself. */
  readonly graceSeconds?: number;
}

/** How a pod is kept from leaving. */
type Hold = "budget" | "ending";

/** A pod that is still there. */
interface HeldPod {
  /** Its namespace and name. */
  readonly name: string;
  readonly by: Hold;
  /** What holds it, in words. */
  readonly reason: string;
}

/** What a look at a node has found; nothing is left where it says how the drain has ended. */
interface Turn {
  readonly left: readonly HeldPod[];
  readonly end: string;
}

/**
 * Empties a node: no new pods, and those that are there are evicted, as disruption budgets allow.
 * Pods of DaemonSets and of the kubelet itself stay. Nothing is done for a node that is not there,
 * or of a cluster that is being destroyed. Not waited for are pods that nothing ends, since their
 * node is dead, and all pods where no node takes any.
 *
 * @throws ScriptError naming the pods that are left, and what holds them, where time is up
 */
export async function drainNode(apis: Apis, node: string, patience: DrainPatience): Promise<void> {
  const { say } = patience;
  if (await isGoing(apis)) return say(`${node}: the cluster is being destroyed: not drained`);
  if (!(await cordon(apis, node))) return say(`${node}: there is no such node: nothing to drain`);
  const undo = `kubectl uncordon ${node}`;
  say(`${node}: takes no new pods; to undo that: ${undo}`);
  let end = "";
  const look = async () => {
    const turn = await emptyOnce(apis, node, patience);
    end = turn.end;
    return waitingFor(node, turn.left);
  };
  const remedy = `the node stays cordoned; free it with: ${undo}`;
  try {
    await new Deadline(patience).until(look, remedy);
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    throw new ScriptError(`drain of ${node}: ${reasonOf(error)}\n${remedy}`);
  }
  say(`${node}: ${end}`);
}

function waitingFor(node: string, left: readonly HeldPod[]): Waiting {
  const remedies: Readonly<Record<Hold, string>> = {
    budget:
      "a disruption budget forbids evictions: raise the replicas of what it counts, or let it allow " +
      "one less; see kubectl get pdb -A",
    ending:
      "what is ending has a finalizer or asks for a long grace (kubectl describe pod); or the node " +
      `is dead: kubectl delete node ${node}, after which there is nothing to drain`,
  };
  return {
    what: `pods on ${node}`,
    items: left.map(({ name, reason }) => `${name} (${reason})`),
    remedies: [...new Set(left.map(({ by }) => remedies[by]))],
  };
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

/** Asks for the eviction of each pod that is still there, unless there is no use in it any more. */
async function emptyOnce(apis: Apis, node: string, patience: DrainPatience): Promise<Turn> {
  const ended = (end: string): Turn => ({ left: [], end });
  const nodes = (await apis.core.listNode()).items;
  const own = nodes.find(({ metadata }) => metadata?.name === node);
  if (own === undefined) return ended("there is no such node any more");
  // All drains of a destroy cordon at the same time: it is seen here, and not before.
  if (nodes.every(({ spec }) => spec?.unschedulable === true)) {
    return ended(
      "no node takes pods any more: its pods have nowhere to go, and are not waited for",
    );
  }
  const fieldSelector = `spec.nodeName=${node}`;
  const pods = (await apis.core.listPodForAllNamespaces({ fieldSelector })).items.filter(mustGo);
  const lost = isReady(own) ? [] : pods.filter(isOverdue);
  const left = [];
  for (const pod of pods.filter((one) => !lost.includes(one))) {
    left.push(await evict(apis, pod, patience.graceSeconds));
  }
  if (lost.length === 0) return { left, end: "is empty" };
  const names = lost.map(nameOf).join(", ");
  return { left, end: `is not Ready, and nothing ends its pods: not waited for: ${names}` };
}

/** Whether the kubelet of a node is at work. */
const isReady = ({ status }: V1Node): boolean =>
  (status?.conditions ?? []).some((one) => one.type === "Ready" && one.status === "True");

/** Whether a pod should have ended by now: the time of its deletion has its grace in it. */
const isOverdue = ({ metadata }: V1Pod): boolean =>
  metadata?.deletionTimestamp !== undefined && metadata.deletionTimestamp.getTime() < Date.now();

const nameOf = ({ metadata }: V1Pod): string => `${metadata?.namespace}/${metadata?.name}`;

/** Whether a pod has to leave before its node can go. */
export function mustGo({ metadata, status }: V1Pod): boolean {
  const isMirror = metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined;
  const ofDaemonSet = (metadata?.ownerReferences ?? []).some(
    ({ kind, controller }) => kind === "DaemonSet" && controller === true,
  );
  const isOver = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !isMirror && !ofDaemonSet && !isOver;
}

/** Asks for one eviction, unless the pod is ending already; what holds the pod. */
async function evict({ core }: Apis, pod: V1Pod, gracePeriodSeconds?: number): Promise<HeldPod> {
  const { name = "", namespace = "", deletionTimestamp } = pod.metadata ?? {};
  const ending: HeldPod = { name: nameOf(pod), by: "ending", reason: "ending" };
  if (deletionTimestamp !== undefined) return ending;
  const deleteOptions = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
  try {
    const body = { metadata: { name, namespace }, deleteOptions };
    await core.createNamespacedPodEviction({ name, namespace, body });
    return ending;
  } catch (error) {
    if (answered(error, 404)) return { ...ending, reason: "gone" };
    // 429: a budget forbids it for now; 500: the pod has several budgets.
    if (answered(error, 429) || answered(error, 500)) {
      return { ...ending, by: "budget", reason: reasonOf(error) };
    }
    throw error;
  }
}
