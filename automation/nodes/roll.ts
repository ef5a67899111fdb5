import { UserError } from "../userError";
import { engineOf, type ClusterOutputs, type Engine } from "./engine";
import { nodeStates, type NodeStates } from "./readiness";

/** How nodes are rolled. */
export interface RollOptions {
  readonly stack: string;
  readonly pool: string;
  readonly engine?: Engine;
  /** The cluster's nodes, by its kubeconfig. */
  readonly statesOf?: (kubeconfig: string) => NodeStates;
  /** Tells the user a line. */
  readonly say: (line: string) => void;
  /** How long a new node may take until it takes pods, in seconds. Default: 900. */
  readonly limitSeconds?: number;
  /** How often it is asked for, in milliseconds. Default: 2000. */
  readonly everyMilliseconds?: number;
}

/**
 * Replaces the nodes of a pool that were made from something else than the settings say now, one by
 * one: each update drains a node, takes its server away and makes another, and the next one waits until
 * that takes pods.
 *
 * Interrupted, it goes on where it was: nodes that are new already have nothing to be changed. After an
 * update that failed, another one has to end what it began.
 *
 * @returns names of the nodes that were replaced
 * @throws UserError where the stack has other changes to make, or a new node does not come up
 */
export async function rollNodes(options: RollOptions): Promise<readonly string[]> {
  const { stack, pool, say, engine = engineOf({ stack }), statesOf = nodeStates } = options;
  const first = await engine.outputs();
  const nodes = numbered(first, options);
  await engine.mayReplace([]);
  if ((await engine.pending()) > 0) {
    throw new UserError(
      `the stack ${stack} has other changes to make, which rolling nodes would make too: run pulumi up --stack ${stack} first`,
    );
  }
  const replaced: string[] = [];
  try {
    for (const node of nodes) {
      await engine.mayReplace([node]);
      if ((await engine.pending()) === 0) {
        say(`${node}: is as the settings say`);
        continue;
      }
      say(`${node}: updating`);
      await engine.up();
      const { kubeconfig, nodes: all } = await engine.outputs();
      const index = nodes.indexOf(node);
      const name = all[pool]?.[index] ?? node;
      const predecessor = first.nodes[pool]?.[index] ?? "";
      if (name === predecessor) {
        // It was the API's address that the update was about.
        say(`${node}: is as the settings say`);
        continue;
      }
      const states = statesOf(kubeconfig);
      await until(() => states.isReady(name), `${name} does not take pods`, name, options);
      // Its member of etcd goes with it: the next one must not go before.
      const left = `${predecessor}, which ${name} has replaced, has not left the cluster`;
      await until(() => states.isGone(predecessor), left, predecessor, options);
      say(`${node}: ${name} takes pods`);
      replaced.push(node);
    }
  } finally {
    await engine.mayReplace([]);
  }
  // While its own node was replaced, the API's address led to another one.
  if ((await engine.pending()) > 0) await engine.up();
  return replaced;
}

/** The pool's nodes as settings name them: `workers-1`. */
function numbered({ nodes }: ClusterOutputs, { stack, pool }: RollOptions): readonly string[] {
  const names = nodes[pool];
  if (names !== undefined) return names.map((_, index) => `${pool}-${index + 1}`);
  const pools = Object.keys(nodes).join(", ");
  throw new UserError(`the stack ${stack} has no pool ${pool}: its pools are ${pools}`);
}

/**
 * Waits until something holds.
 *
 * @param fault what is told where time is up
 * @param node which node to look at then
 */
async function until(
  holds: () => Promise<boolean>,
  fault: string,
  node: string,
  { limitSeconds = 900, everyMilliseconds = 2000, stack, pool }: RollOptions,
): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new UserError(
        `${fault} after ${limitSeconds} s: look at it with kubectl describe node ${node}; then ./eo nodes roll ${stack} ${pool} goes on`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
  }
}
