import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Refusals, requireKubernetesVersion } from "../base/refusal";
import { tokens } from "../base/tokens";
import type { Cluster } from "./cluster";
import { hostOf } from "./kubeconfig";
import { makeProvider, providerOf } from "./provider";

/** What {@link ExistingCluster} is made from. */
export interface ExistingClusterArgs {
  /** Kubernetes version of the cluster, as `major.minor`. */
  kubernetesVersion: string;
  /** The kubeconfig: its path or its content. Left out, the kubeconfig that kubectl takes. */
  kubeconfig?: pulumi.Input<string>;
  /** Context in the kubeconfig. Left out, its current one. */
  context?: string;
  /** Storage classes that the cluster has. Defaults to none. */
  storageClasses?: string[];
}

/** A cluster that is there already, by its kubeconfig. Nothing of it is made or deleted. */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
  /** Access to the cluster, as it was given; secret. Empty where it was left out. */
  public readonly kubeconfig: pulumi.Output<string>;
  /** Kubernetes version of the cluster, as it was given. */
  public readonly kubernetesVersion: pulumi.Output<string>;
  /** Names of the nodes of each pool: nothing is known of them. */
  public readonly pools: pulumi.Output<Record<string, string[]>>;
  /** Storage classes that the cluster has, as they were given. */
  public readonly storageClasses: pulumi.Output<string[]>;
  /** Host of the API server, without port; empty where the kubeconfig was given as a path. */
  public readonly apiAddress: pulumi.Output<string>;

  /** What makes objects in the cluster. */
  public get provider(): k8s.Provider {
    return providerOf(this);
  }

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const refusals = new Refusals(`ExistingCluster ${name}`);
    requireKubernetesVersion(refusals, args.kubernetesVersion);
    refusals.throwIfAny();
    super(tokens.ExistingCluster, name, {}, opts);

    const { kubeconfig, context } = args;
    const access = {
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(context === undefined ? {} : { context }),
    };
    // Stacks from before this component have the provider without it.
    makeProvider(name, access, this, [{ name, parent: pulumi.rootStackResource }]);
    this.kubeconfig = pulumi.secret(kubeconfig ?? "");
    this.kubernetesVersion = pulumi.output(args.kubernetesVersion);
    this.pools = pulumi.output<Record<string, string[]>>({});
    this.storageClasses = pulumi.output(args.storageClasses ?? []);
    this.apiAddress = pulumi.unsecret(this.kubeconfig.apply(hostOf));
    this.registerOutputs({
      kubeconfig: this.kubeconfig,
      kubernetesVersion: this.kubernetesVersion,
      pools: this.pools,
      storageClasses: this.storageClasses,
      apiAddress: this.apiAddress,
    });
  }
}
