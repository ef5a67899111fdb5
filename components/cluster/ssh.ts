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
 */
export const onNode = (
  name: string,
  node: MadeNode,
  plan: ClusterPlan,
  script: string,
  opts: pulumi.CustomResourceOptions,
): command.remote.Command => onAddress(name, node.address, plan, script, [node.server.id], opts);

/**
 * Runs a command at an address.
 *
 * @param script for `sh`; run again where the way there has changed
 * @param triggers what it is run again for
 */
export const onAddress = (
  name: string,
  address: pulumi.Input<string>,
  plan: ClusterPlan,
  script: string,
  triggers: readonly pulumi.Input<string>[],
  opts: pulumi.CustomResourceOptions,
): command.remote.Command =>
  new command.remote.Command(
    name,
    {
      connection: connectionTo(address, plan),
      create: script,
      triggers: [...triggers],
      // sshd takes no variables from clients that it does not know.
      addPreviousOutputInEnv: false,
      logging: command.remote.Logging.None,
    },
    opts,
  );

/**
 * A script that ends when a node's first start is over and something holds there; it fails after
 * `nodeTimeoutSeconds`.
 *
 * @param holds a command of the shell, without single quotes
 */
export const firstStart = (
  { nodeTimeoutSeconds }: Pick<ClusterPlan, "nodeTimeoutSeconds">,
  holds: string,
): string =>
  [
    "set -eu",
    // 2: it is over, with something to complain about.
    `timeout ${nodeTimeoutSeconds} cloud-init status --wait >/dev/null || [ "$?" -eq 2 ]`,
    `timeout ${nodeTimeoutSeconds} sh -c 'until ${holds}; do sleep 5; done'`,
  ].join("\n");
