import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../../base/ordering";
import { Refusals, requireTimeout } from "../../base/refusal";
import { tokens } from "../../base/tokens";
import { clusterNameRule, isClusterName } from "../../openstack/marks";
import { scriptCommand, scriptEnvironment, scriptTimeouts } from "./scriptCommand";

/** What {@link TeardownGuard} is made from. */
export interface TeardownGuardArgs {
  /** Name of the cluster, of at most 20 letters. */
  clusterName: string;
  /** Access to the cluster as its administrator; it reaches the script by its environment. */
  kubeconfig: pulumi.Input<string>;
  /** Outputs of what goes after the guard: the cluster, and what takes load balancers and volumes away (cloud controller, CSI driver). Defaults to none. */
  outlivedBy?: pulumi.Input<string>[];
  /** Whether a destroy goes on when the API server does not answer, and leaves in the cloud what nobody can ask for any more; `EO_CLUSTER_GONE=yes` says so for one destroy. Defaults to `false`. */
  ignoreUnreachable?: boolean;
  /** How long taking everything away may take, in seconds, at least 1. Defaults to 900. */
  timeoutSeconds?: number;
}

const defaults = { ignoreUnreachable: false, timeoutSeconds: 900 };

/**
 * Before a cluster goes: takes away its load balancers, snapshots and the volumes that go with their
 * claims, which nobody could ask for afterwards, and waits until the cloud has none of them. Does
 * nothing until then. What uses the cluster takes `ready`, so that it goes before.
 */
export class TeardownGuard extends pulumi.ComponentResource {
  /** The cluster's name; workloads and services take it and go before the guard acts. */
  public readonly ready: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: TeardownGuardArgs, opts?: pulumi.ComponentResourceOptions) {
    check(name, args);
    super(tokens.TeardownGuard, name, {}, opts);

    const { clusterName, outlivedBy = [], timeoutSeconds = defaults.timeoutSeconds } = args;
    const gone = args.ignoreUnreachable ?? defaults.ignoreUnreachable;
    const guard = new command.local.Command(
      `${name}-command`,
      {
        create: scriptCommand("welcome"),
        delete: scriptCommand("teardown"),
        environment: scriptEnvironment<pulumi.Input<string>>({
          EO_KUBECONFIG: pulumi.secret(args.kubeconfig),
          EO_CLUSTER: clusterName,
          EO_LIMIT_SECONDS: String(timeoutSeconds),
          // Left out, the user's own variable holds.
          ...(gone ? { EO_CLUSTER_GONE: "yes" } : {}),
        }),
      },
      {
        parent: this,
        dependsOn: pulumi.all(outlivedBy.map(after)).apply((lists) => lists.flat()),
        customTimeouts: scriptTimeouts(timeoutSeconds),
      },
    );
    this.ready = guard.urn.apply(() => clusterName);
    this.registerOutputs({ ready: this.ready });
  }
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
function check(name: string, args: TeardownGuardArgs): void {
  const refusals = new Refusals(`TeardownGuard ${name}`);
  refusals.require(
    isClusterName(args.clusterName),
    "clusterName",
    `"${args.clusterName}" is no cluster's name: ${clusterNameRule}`,
  );
  requireTimeout(refusals, args.timeoutSeconds ?? defaults.timeoutSeconds);
  refusals.throwIfAny();
}
