import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterEngine } from "../../openstack/engines";
import { addressesMark, cloudMetadata, clusterTag } from "../../openstack/marks";
import { NodeRole } from "./args";
import { makeIdentity, type Identity } from "./identity";
import { networksOf, rootDevices } from "./hardware";
import { does, leadingNode, type PlannedNode } from "./plan";

/** What surrounds the nodes: the same for all of a cluster. */
export interface Surroundings {
  /** The cluster's name. */
  readonly cluster: string;
  /** What the cluster is made with. */
  readonly engine: ClusterEngine;
  /** Range of the nodes. */
  readonly nodeCidr: string;
  /** Range of the pods. */
  readonly podCidr: string;
  /** Range of the Services. */
  readonly serviceCidr: string;
  /** Network of the pods. */
  readonly cni: string;
  /** Id of the nodes' network. */
  readonly networkId: pulumi.Input<string>;
  /** Id of its subnet. */
  readonly subnetId: pulumi.Input<string>;
  /** The network of Earth-observation data, for the pools that want it. */
  readonly eodataNetworkId?: pulumi.Input<string>;
  /** The security group of every node. */
  readonly nodeSecurityGroupId: pulumi.Input<string>;
  /** The security group of nodes with control plane or etcd. */
  readonly controlSecurityGroupId: pulumi.Input<string>;
  /** The security group of nodes that run workloads. */
  readonly workerSecurityGroupId: pulumi.Input<string>;
  /** Id of the image of pools that name none. */
  readonly image: pulumi.Input<string>;
  /** Name of the key pair that gets the nodes' user in. */
  readonly keyPair: pulumi.Input<string>;
}

/** A node with its address; its server is still to be made. */
export interface NodePort extends PlannedNode {
  /** What it was made from. */
  readonly identity: Identity;
  /** Id of its port on the cluster's network. */
  readonly portId: pulumi.Output<string>;
  /** Its address on the cluster's network. */
  readonly address: pulumi.Output<string>;
  /** Its port on the network of Earth-observation data; none without one. */
  readonly eodataPortId?: pulumi.Output<string>;
}

/** A node. */
export interface MadeNode extends NodePort {
  /** Its server. */
  readonly server: openstack.compute.Instance;
  /** Name of its server, of its port, and of the node in Kubernetes. */
  readonly serverName: pulumi.Output<string>;
}

/**
 * How a node starts for the first time, as cloud-init reads it; secret. None for images that need none.
 *
 * @param leader the node that others join; none for the leader itself
 */
export type UserDataOf = (
  node: PlannedNode,
  leader: NodePort | undefined,
) => pulumi.Output<string> | undefined;

/**
 * Makes identity and ports of every node, in the order of the nodes: before the servers, so that
 * their user data can name the leader's address.
 */
export function makePorts(
  name: string,
  nodes: readonly PlannedNode[],
  groups: ReadonlyMap<string, pulumi.Output<string>>,
  around: Surroundings,
  userDataOf: UserDataOf,
  parent: pulumi.Resource,
): readonly NodePort[] {
  const make = (node: PlannedNode, leader?: NodePort) => {
    const identity = makeIdentity(
      `${name}-${node.name}-identity`,
      { node, around, serverGroup: groups.get(node.pool), userData: userDataOf(node, leader) },
      parent,
    );
    return withPorts(name, node, identity, around, parent);
  };
  const first = leadingNode(nodes);
  const leader = first === undefined ? undefined : make(first);
  return nodes.map((node) =>
    leader !== undefined && node.name === leader.name ? leader : make(node, leader),
  );
}

function withPorts(
  name: string,
  node: PlannedNode,
  identity: Identity,
  around: Surroundings,
  parent: pulumi.Resource,
): NodePort {
  // A replaced node has another address: whoever counts members by address sees another member.
  const opts = { parent, replaceOnChanges: ["name"] };
  const common = {
    securityGroupIds: securityGroupsOf(node, around),
    adminStateUp: true,
    tags: [clusterTag(around.cluster)],
  };
  const port = new openstack.networking.Port(
    `${name}-${node.name}-port`,
    {
      ...common,
      name: identity.serverName,
      // On another project's network, such as that of Earth-observation data, Neutron forbids to say so.
      portSecurityEnabled: true,
      networkId: around.networkId,
      fixedIps: [{ subnetId: around.subnetId }],
    },
    opts,
  );
  const made = {
    ...node,
    identity,
    portId: port.id,
    address: port.allFixedIps.apply(([first]) => first ?? ""),
  };
  if (node.args.eodata !== true || around.eodataNetworkId === undefined) return made;
  const eodataPort = new openstack.networking.Port(
    `${name}-${node.name}-eodata-port`,
    {
      ...common,
      name: pulumi.interpolate`${identity.serverName}-eodata`,
      networkId: around.eodataNetworkId,
    },
    opts,
  );
  return { ...made, eodataPortId: eodataPort.id };
}

const securityGroupsOf = (node: PlannedNode, around: Surroundings): pulumi.Input<string>[] => [
  around.nodeSecurityGroupId,
  ...(does(node, NodeRole.Control) || does(node, NodeRole.Etcd)
    ? [around.controlSecurityGroupId]
    : []),
  ...(does(node, NodeRole.Worker) ? [around.workerSecurityGroupId] : []),
];

/** Makes the servers. */
export const makeServers = (
  name: string,
  nodes: readonly NodePort[],
  around: Surroundings,
  opts: pulumi.CustomResourceOptions,
): readonly MadeNode[] =>
  nodes.map((node) => {
    const server = makeServer(`${name}-${node.name}-server`, node, around, opts);
    return { ...node, server, serverName: server.name };
  });

function makeServer(
  name: string,
  node: NodePort,
  around: Surroundings,
  opts: pulumi.CustomResourceOptions,
): openstack.compute.Instance {
  const { made, userData, serverName } = node.identity;
  const { cluster, engine } = around;
  return new openstack.compute.Instance(
    name,
    {
      name: serverName,
      flavorName: made["flavor"],
      imageId: made["image"],
      blockDevices: made.apply(rootDevices),
      keyPair: made["keyPair"],
      availabilityZone: made["zone"],
      networks: pulumi
        .all([made, node.portId, node.eodataPortId])
        .apply(([{ eodata }, port, eodataPort]) =>
          networksOf(node.name, port, eodata === "true", eodataPort),
        ),
      schedulerHints: made.apply(({ serverGroup }) =>
        serverGroup === undefined ? [] : [{ group: serverGroup }],
      ),
      metadata: cloudMetadata<pulumi.Input<string>>({
        cluster,
        engine,
        pool: node.pool,
        node: node.name,
        roles: node.args.roles.join(","),
        addresses: addressesMark(around),
        image: made.apply(({ image, volumeImage }) => image ?? volumeImage ?? ""),
      }),
      userData,
      // etcd closes its files; everybody else can be switched off.
      stopBeforeDestroy: does(node, NodeRole.Etcd),
    },
    {
      ...opts,
      // Two of a node would take twice the quota, and hosts that anti-affinity does not have.
      deleteBeforeReplace: true,
      customTimeouts: { create: "30m", delete: "15m" },
    },
  );
}
