import {
  NodeRole,
  TaintEffect,
  type NodePoolArgs,
  type NodeTaintArgs,
} from "../../components/cluster/nodes/args";
import type { OpenStackSettings } from "../settings";

const roles = { control: NodeRole.Control, etcd: NodeRole.Etcd, worker: NodeRole.Worker } as const;

type PoolSettings = OpenStackSettings["pools"][string];

/** The node pools of a stack's cluster, as components want them. */
export const poolsOf = ({ pools, network }: OpenStackSettings): Record<string, NodePoolArgs> =>
  Object.fromEntries(
    Object.entries(pools).map(([name, pool]) => [name, poolArgs(pool, network.eodata)]),
  );

function poolArgs(pool: PoolSettings, eodata: boolean): NodePoolArgs {
  return {
    ...pool,
    roles: pool.roles.map((role) => roles[role]),
    availabilityZones: [...pool.availabilityZones],
    labels: { ...pool.labels },
    taints: pool.taints.map(taintOf),
    // Only workloads read the data.
    eodata: eodata && pool.roles.includes("worker"),
  };
}

/** `KEY=VALUE:EFFECT` or `KEY:EFFECT`, as the settings have made sure. */
function taintOf(text: string): NodeTaintArgs {
  const [what = "", effect] = text.split(":");
  const [key = "", value] = what.split("=");
  return { key, ...(value === undefined ? {} : { value }), effect: effectOf(effect) };
}

const effectOf = (text: string | undefined): TaintEffect =>
  text === "NoExecute"
    ? TaintEffect.NoExecute
    : text === "PreferNoSchedule"
      ? TaintEffect.PreferNoSchedule
      : TaintEffect.NoSchedule;
