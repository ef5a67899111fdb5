import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { scriptCommand, scriptEnvironment, scriptTimeouts } from "./scriptCommand";

/** What {@link makeNodeDrain} is told. */
export interface NodeDrainParts {
  /** Name of the cluster, for messages. */
  readonly clusterName: string;
  /** Access to the cluster as its administrator; secret. */
  readonly kubeconfig: pulumi.Input<string>;
  /** Name of the node in Kubernetes; where it becomes another, the one before is drained. */
  readonly node: pulumi.Input<string>;
  /** How long the drain may take, in seconds. */
  readonly timeoutSeconds: number;
  /** Seconds that each pod gets to end; what it asks for itself where left out. */
  readonly graceSeconds?: number;
}

/**
 * Empties a node before it goes, unless the whole cluster goes. Until then it does nothing.
 *
 * @param name the resource's name in the program
 */
export function makeNodeDrain(
  name: string,
  parts: NodeDrainParts,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const { clusterName, kubeconfig, node, timeoutSeconds, graceSeconds } = parts;
  return new command.local.Command(
    name,
    {
      delete: pulumi.output(node).apply((known) => scriptCommand("drain", known)),
      triggers: [node],
      environment: scriptEnvironment<pulumi.Input<string>>({
        EO_KUBECONFIG: pulumi.secret(kubeconfig),
        EO_CLUSTER: clusterName,
        EO_LIMIT_SECONDS: String(timeoutSeconds),
        ...(graceSeconds === undefined ? {} : { EO_GRACE_SECONDS: String(graceSeconds) }),
      }),
    },
    { ...opts, customTimeouts: scriptTimeouts(timeoutSeconds) },
  );
}
