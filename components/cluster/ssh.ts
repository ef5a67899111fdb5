import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterPlan } from "./args";
import type { MadeNode } from "./nodes/make";

/** How often a connection is tried, and how long each time, in seconds. */
const dial = { dialErrorLimit: 60, perDialTimeout: 15 };

/** A way to a node's shell, through the bastion where there is one. */
export function connectionTo(
  address: pulumi.Input<string>,
  { sshUser, sshPrivateKey, bastion }: Pick<ClusterPlan, "sshUser" | "sshPrivateKey" | "bastion">,
): command.types.input.remote.ConnectionArgs {
  const privateKey = pulumi.secret(sshPrivateKey);
  return {
    host: address,
    user: sshUser,
    privateKey,
    ...dial,
    ...(bastion === undefined
      ? {}
      : {
          proxy: { host: bastion.address, user: bastion.user ?? sshUser, privateKey, ...dial },
        }),
  };
}

/**
 * Runs a command on a node when its server is new.
 *
 * @param script for `sh`; run again where the way to the node has changed
 * @param opts of the resource
 */
export const onNode = (
  name: string,
  node: MadeNode,
  plan: ClusterPlan,
  script: string,
  opts: pulumi.CustomResourceOptions,
): command.remote.Command =>
  new command.remote.Command(
    name,
    {
      connection: connectionTo(node.address, plan),
      create: script,
      triggers: [node.server.id],
      // sshd takes no variables from clients that it does not know.
      addPreviousOutputInEnv: false,
      logging: command.remote.Logging.None,
    },
    {
      ...opts,
      customTimeouts: {
        create: `${plan.nodeTimeoutSeconds}s`,
        update: `${plan.nodeTimeoutSeconds}s`,
      },
    },
  );
