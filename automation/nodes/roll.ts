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
 * Interrupted, it goes on where it was: nodes that are new already have nothing to be changed.
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
      if (name === first.nodes[pool]?.[index]) {
        // It was the API's address that the update was about.
        say(`${node}: is as the settings say`);
        continue;
      }
      await untilReady(statesOf(kubeconfig), name, options);
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

async function untilReady(
  states: NodeStates,
  name: string,
  { limitSeconds = 900, everyMilliseconds = 2000, stack, pool }: RollOptions,
): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  while (!(await states.isReady(name))) {
    if (Date.now() > end) {
      throw new UserError(
        `${name} does not take pods after ${limitSeconds} s: look at it with kubectl describe node ${name}; then ./eo nodes roll ${stack} ${pool} goes on`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
  }
}
