import { AntiAffinity, NodeRole, type NodePoolArgs } from "./args";

/** The label of a node with its pool's name. */
export const poolLabel = "eo-platform/pool";

/** A node as the arguments want it. */
export interface PlannedNode {
  /** Its stable name: pool and number, such as `workers-3`. */
  readonly name: string;
  /** The pool's name. */
  readonly pool: string;
  /** What the pool is made from. */
  readonly args: NodePoolArgs;
  /** Its availability zone; the cloud's choice without one. */
  readonly zone?: string;
  /** Whether it is made anew where anything of it has changed. */
  readonly replaced: boolean;
}

/** All nodes, pool by pool in the order of the arguments, numbered from 1. */
export function plannedNodes(
  pools: Readonly<Record<string, NodePoolArgs>>,
  replaceNodes: readonly string[] = [],
): readonly PlannedNode[] {
  return Object.entries(pools).flatMap(([pool, args]) =>
    Array.from({ length: args.count }, (_, index) => {
      const zones = args.availabilityZones ?? [];
      const zone = zones[index % Math.max(zones.length, 1)];
      const name = `${pool}-${index + 1}`;
      const replaced = replaceNodes.includes(name);
      return { name, pool, args, replaced, ...(zone === undefined ? {} : { zone }) };
    }),
  );
}

/** Whether a node has a role. */
export const does = (node: Pick<PlannedNode, "args">, role: NodeRole): boolean =>
  node.args.roles.includes(role);

/**
 * The control-plane node that the API is reached at, and that others join: the first one that is not
 * being replaced.
 */
export function leadingNode<Node extends PlannedNode>(nodes: readonly Node[]): Node | undefined {
  const control = nodes.filter((node) => does(node, NodeRole.Control));
  return control.find((node) => !node.replaced) ?? control[0];
}

/** How the nodes of a pool are spread over the hosts of the cloud. */
export const antiAffinityOf = ({ antiAffinity, roles }: NodePoolArgs): AntiAffinity =>
  antiAffinity ??
  (roles.some((role) => role !== NodeRole.Worker) ? AntiAffinity.Hard : AntiAffinity.Soft);

/** Labels of a pool's nodes in Kubernetes. */
export const labelsOf = ({ pool, args }: PlannedNode): Record<string, string> => ({
  [poolLabel]: pool,
  ...args.labels,
});
