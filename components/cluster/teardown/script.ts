import { apisOf, reasonOf, ScriptError, unreachable, type Apis, type Say } from "./access";
import { drainNode } from "./drain";
import { unmark } from "./mark";
import { tearDown } from "./tearDown";

/** The environment of the script. Kubeconfigs are secret: they come this way and not as arguments. */
export interface ScriptEnvironment {
  /** The text of a kubeconfig. */
  readonly EO_KUBECONFIG?: string;
  /** How long everything may take, in seconds. */
  readonly EO_LIMIT_SECONDS?: string;
  /** Seconds that each pod gets to end when a node is drained; empty: what it asks for itself. */
  readonly EO_GRACE_SECONDS?: string;
  /** Name of the cluster, for messages. */
  readonly EO_CLUSTER?: string;
  /** `yes` where the cluster is known to be gone: an API server that does not answer is no failure. */
  readonly EO_CLUSTER_GONE?: string;
}

/** What the script does, by its first argument. */
export const scriptActions = ["welcome", "teardown", "drain"] as const;

/** What the script can do. */
export type ScriptAction = (typeof scriptActions)[number];

/**
 * Runs the script.
 *
 * @param argv `welcome` (the cluster stays: nothing but the mark of an earlier teardown is removed),
 *   `teardown`, or `drain NODE`
 * @throws ScriptError with what the user has to know
 */
export async function runScript(
  argv: readonly string[],
  env: ScriptEnvironment,
  say: Say,
): Promise<void> {
  const [given, node = ""] = argv;
  const action = scriptActions.find((one) => one === given);
  if (action === undefined || (action === "drain") !== (node !== "")) {
    throw new ScriptError("usage: welcome | teardown | drain NODE");
  }
  if (!env.EO_KUBECONFIG) throw new ScriptError("EO_KUBECONFIG holds no kubeconfig");
  const apis = apisOf(env.EO_KUBECONFIG);
  const reason = await unreachable(apis, env.EO_CLUSTER_GONE === "yes");
  if (reason !== undefined) return withoutCluster(action, env, reason, say);
  try {
    await act(action, apis, node, env, say);
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    throw new ScriptError(`${action}: ${reasonOf(error)}`);
  }
}

async function act(
  action: ScriptAction,
  apis: Apis,
  node: string,
  env: ScriptEnvironment,
  say: Say,
): Promise<void> {
  const limitSeconds = Number(env.EO_LIMIT_SECONDS ?? 900);
  switch (action) {
    case "welcome":
      return unmark(apis);
    case "teardown":
      return tearDown(apis, { limitSeconds, say });
    case "drain": {
      const grace = env.EO_GRACE_SECONDS;
      const graceSeconds =
        grace === undefined || grace === "" ? {} : { graceSeconds: Number(grace) };
      return drainNode(apis, node, { limitSeconds, say, ...graceSeconds });
    }
  }
}

/** What is done where the API server does not answer. */
function withoutCluster(
  action: ScriptAction,
  { EO_CLUSTER: cluster = "", EO_CLUSTER_GONE: gone }: ScriptEnvironment,
  reason: string,
  say: Say,
): void {
  const missing = `the cluster ${cluster} cannot be reached: ${reason}`;
  // Its next run tries again.
  if (action === "welcome") return say(missing);
  const left =
    `load balancers named kube_service_${cluster}_… and volumes with the metadata ` +
    `cinder.csi.openstack.org/cluster=${cluster} may be left in the cloud`;
  if (gone === "yes") return say(`${missing}; going on. ${action === "teardown" ? left : ""}`);
  throw new ScriptError(
    `${missing}\nmend that and destroy again. Where the cluster is gone for good: ` +
      `EO_CLUSTER_GONE=yes pulumi destroy` +
      (action === "teardown" ? `; then ${left}` : ""),
  );
}
