import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "../base/refusal";
import { tokens } from "../base/tokens";
import { cloudName, clusterNameRule, clusterTag, isClusterName } from "../openstack/marks";
import type { CloudNeeds } from "../openstack/needs";

/** What {@link IngressAddress} is made from. */
export interface IngressAddressArgs {
  /** Name of the cluster, of at most 20 letters. */
  clusterName: string;
  /** Name of the external network that the address is taken from. */
  externalNetwork: string;
  /** Id of the port of the node that the address leads to, where the cloud has no load balancers. Defaults to none: the cloud controller connects the address. */
  portId?: pulumi.Input<string>;
  /** Whether nothing deletes the address before `pulumi state unprotect`: DNS records outlive a cluster. Defaults to `false`. */
  protect?: boolean;
}

/** What every ingress address takes of the project's quotas. */
export const ingressAddressNeeds: Partial<CloudNeeds> = { floatingIps: 1 };

/**
 * A reserved floating IP for the way into the cluster. It belongs to the stack and to no Service: it
 * stays the same when Traefik, its load balancer or the whole cluster are made anew.
 */
export class IngressAddress extends pulumi.ComponentResource {
  /** The address: what DNS records point to, and what `Traefik` takes as `loadBalancerAddress`. */
  public readonly address: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: IngressAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    check(name, args);
    super(tokens.IngressAddress, name, {}, opts);

    const { clusterName, externalNetwork, portId, protect = false } = args;
    const floatingIp = new openstack.networking.FloatingIp(
      `${name}-floating-ip`,
      {
        pool: externalNetwork,
        description: cloudName(clusterName, "ingress"),
        tags: [clusterTag(clusterName)],
        ...(portId === undefined ? {} : { portId }),
      },
      {
        parent: this,
        protect,
        // Else each refresh would find what the cloud controller connects it with.
        ignoreChanges: portId === undefined ? ["portId", "fixedIp"] : ["fixedIp"],
      },
    );
    this.address = floatingIp.address;
    this.registerOutputs({ address: this.address });
  }
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
function check(name: string, { clusterName, externalNetwork }: IngressAddressArgs): void {
  const refusals = new Refusals(`IngressAddress ${name}`);
  refusals.require(
    isClusterName(clusterName),
    "clusterName",
    `"${clusterName}" is no cluster's name: ${clusterNameRule}`,
  );
  refusals.require(
    externalNetwork.trim() !== "",
    "externalNetwork",
    "is empty; give the name of a network with router:external",
  );
  refusals.throwIfAny();
}
