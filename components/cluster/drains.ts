import * as pulumi from "@pulumi/pulumi";
import type { ClusterPlan } from "./args";
import type { MadeNode } from "./nodes/make";
import { makeNodeDrain } from "./teardown/nodeDrain";

/** How long a node's pods may take to leave it, and each of them, in seconds; the same for upgrades. */
export const drainTime = { timeoutSeconds: 300, graceSeconds: 60 };

/**
 * Empties each node before its server goes or is made anew.
 *
 * @returns the cluster's name, for what has to go before its nodes are asked
 */
export function makeDrains(
  name: string,
  { cluster }: ClusterPlan,
  nodes: readonly MadeNode[],
  kubeconfig: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const drains = nodes.map((node) =>
    makeNodeDrain(
      `${name}-${node.name}-drain`,
      { clusterName: cluster, kubeconfig, node: node.serverName, ...drainTime },
      { parent },
    ),
  );
  return pulumi.all(drains.map(({ urn }) => urn)).apply(() => cluster);
}
