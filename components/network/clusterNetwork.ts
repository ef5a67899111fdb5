import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "../base/refusal";
import { tokens } from "../base/tokens";
import { cloudName, clusterTag } from "../openstack/marks";
import { networkDefaults, type ClusterNetworkArgs } from "./args";
import { makeBastion } from "./bastion";
import { networkProblems } from "./check";
import { makeSecurityGroups } from "./securityGroups";

/** Ids of the security groups: a node has `node` and those of its roles. */
export interface ClusterSecurityGroupIds {
  /** Of every node. */
  node: string;
  /** Of nodes with control plane or etcd. */
  control: string;
  /** Of nodes with workloads. */
  worker: string;
}

/**
 * The network of a cluster in an OpenStack: a network with a subnet and a router, security groups by
 * role, and the bastion. Everything is named `<cluster>-…` and marked.
 */
export class ClusterNetwork extends pulumi.ComponentResource {
  /** Id of the network. */
  public readonly networkId: pulumi.Output<string>;
  /** Id of the nodes' subnet; who takes it comes after the subnet's way out and goes before it. */
  public readonly subnetId: pulumi.Output<string>;
  /** Range of the nodes. */
  public readonly cidr: pulumi.Output<string>;
  /** Id of the router. */
  public readonly routerId: pulumi.Output<string>;
  /** Id of the network that floating IPs are taken from. */
  public readonly externalNetworkId: pulumi.Output<string>;
  /** Id of the second network; empty without one. */
  public readonly eodataNetworkId: pulumi.Output<string>;
  /** Security groups by role. */
  public readonly securityGroupIds: pulumi.Output<ClusterSecurityGroupIds>;
  /** Floating IP of the bastion; empty without one. */
  public readonly bastionAddress: pulumi.Output<string>;
  /** Resolved when rules, way out and bastion are there: for whoever must come after them. */
  public readonly ready: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: ClusterNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(name, args);
    super(tokens.ClusterNetwork, name, {}, opts);
    const external = openstack.networking.getNetworkOutput(
      { name: args.externalNetwork, external: true },
      { parent: this },
    );
    const base = makeNetwork(name, args, external.id, this);
    const { groups, rules } = makeSecurityGroups(name, args, this);
    const bastion =
      args.bastion &&
      groups.bastion &&
      makeBastion(
        `${name}-bastion`,
        args,
        args.bastion,
        {
          networkId: base.network.id,
          subnetId: base.routerInterface.subnetId,
          securityGroupId: groups.bastion.id,
          routerInterface: base.routerInterface,
        },
        this,
      );

    this.networkId = base.network.id;
    this.subnetId = base.routerInterface.subnetId;
    this.cidr = base.subnet.cidr;
    this.routerId = base.router.id;
    this.externalNetworkId = external.id;
    this.eodataNetworkId = eodataNetworkId(args, this);
    this.securityGroupIds = pulumi.output({
      node: groups.node.id,
      control: groups.control.id,
      worker: groups.worker.id,
    });
    this.bastionAddress = bastion?.address ?? pulumi.output("");
    this.ready = pulumi
      .all([
        base.routerInterface.id,
        ...rules.map(({ id }) => id),
        ...(bastion ? [bastion.instance.id, bastion.address] : []),
      ])
      .apply(() => "ready");
    this.registerOutputs({
      networkId: this.networkId,
      subnetId: this.subnetId,
      cidr: this.cidr,
      routerId: this.routerId,
      externalNetworkId: this.externalNetworkId,
      eodataNetworkId: this.eodataNetworkId,
      securityGroupIds: this.securityGroupIds,
      bastionAddress: this.bastionAddress,
      ready: this.ready,
    });
  }
}

function refuse(name: string, args: ClusterNetworkArgs): void {
  const refusals = new Refusals(`ClusterNetwork ${name}`);
  for (const { propertyPath, reason } of networkProblems(args)) {
    refusals.require(false, propertyPath, reason);
  }
  refusals.throwIfAny();
}

/** Network, subnet, router, and what connects them. */
function makeNetwork(
  name: string,
  args: ClusterNetworkArgs,
  externalNetworkId: pulumi.Input<string>,
  parent: pulumi.Resource,
) {
  const { cluster } = args;
  const tags = [clusterTag(cluster)];
  const network = new openstack.networking.Network(
    `${name}-network`,
    { name: cloudName(cluster, "nodes"), adminStateUp: true, portSecurityEnabled: true, tags },
    { parent },
  );
  const subnet = new openstack.networking.Subnet(
    `${name}-subnet`,
    {
      name: cloudName(cluster, "nodes"),
      networkId: network.id,
      cidr: args.cidr ?? networkDefaults.cidr,
      ipVersion: 4,
      dnsNameservers: args.dnsServers ?? [],
      tags,
    },
    // Neutron deletes a network with its subnets.
    { parent, deletedWith: network },
  );
  const router = new openstack.networking.Router(
    `${name}-router`,
    { name: cloudName(cluster, "router"), adminStateUp: true, externalNetworkId, tags },
    { parent },
  );
  const routerInterface = new openstack.networking.RouterInterface(
    `${name}-router-interface`,
    { routerId: router.id, subnetId: subnet.id },
    { parent },
  );
  return { network, subnet, router, routerInterface };
}

/** A network that is there already, found by its name. */
const eodataNetworkId = (
  { eodataNetwork }: ClusterNetworkArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> =>
  eodataNetwork === undefined
    ? pulumi.output("")
    : openstack.networking.getNetworkOutput({ name: eodataNetwork }, { parent }).id;
