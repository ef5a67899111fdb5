import type { CloudWanted, ImageWanted } from "../../cloud/preflight";
import { NodeRole } from "../../components/cluster/nodes/args";
import { poolsNeeds } from "../../components/cluster/nodes/needs";
import { does, plannedNodes, type PlannedNode } from "../../components/cluster/nodes/plan";
import { imageChecksum, nodeImageName } from "../../components/image/contents";
import type { TemplateFile } from "../../components/image/templateHash";
import { hasLoadBalancer } from "./ingress";
import { addressesMark } from "../../components/openstack/marks";
import { networkNeeds } from "../../components/network/needs";
import type { OpenStackSettings, Settings } from "../../settings";
import { cniOf, engineOf } from "../../settings/openstack/engine";
import { ingressAddressNeeds } from "../../components/services/ingressAddress";
import { networkArgs } from "../../settings/openstack/networkArgs";
import { poolsOf } from "../../settings/openstack/poolArgs";

/** What the nodes' image is built from, and by. */
export interface ImageSources {
  /** The files that it is built from. */
  readonly template: () => readonly TemplateFile[];
  /** Version of the Packer that is here, where an up may build it; undefined where there is none. */
  readonly packer: string | undefined;
}

/** What a stack is about to have in its cloud, for the preflight; by the settings alone. */
export function cloudWanted(
  stack: string,
  settings: Settings,
  cloud: OpenStackSettings,
  { template, packer }: ImageSources,
): CloudWanted {
  const { name, engine, network, pools } = cloud;
  const zones = Object.values(pools).flatMap(({ availabilityZones }) => availabilityZones);
  const pool = Object.entries(poolsOf(cloud)).map(
    ([key, args]) => [`pool ${key}`, poolsNeeds({ [key]: args })] as const,
  );
  const nodes = plannedNodes(poolsOf(cloud), cloud.replaceNodes);
  const replaced = nodes.filter((node) => node.replaced);
  return {
    stack,
    cluster: name,
    engine,
    etcd: nodes
      .filter((node) => does(node, NodeRole.Etcd) && !node.replaced)
      .map((node) => node.name),
    addresses: addressesMark({
      nodeCidr: network.cidr,
      podCidr: network.podCidr,
      serviceCidr: network.serviceCidr,
      cni: cniOf(cloud),
    }),
    parts: {
      network: networkNeeds(networkArgs(cloud)),
      ...Object.fromEntries(pool),
      // A node's successor has its ports before the node's go.
      ...(replaced.length === 0 ? {} : { "nodes' successors": { ports: portsOf(replaced) } }),
      "API address": { floatingIps: 1 },
      ...(hasLoadBalancer(settings) ? { ingress: ingressAddressNeeds } : {}),
      "key pair": { keyPairs: 1 },
    },
    images: imagesOf(settings, cloud, { template, packer }),
    externalNetwork: network.externalNetwork,
    networks: network.eodataNetwork === undefined ? [] : [network.eodataNetwork],
    zones: [...new Set(zones)],
  };
}

const portsOf = (nodes: readonly PlannedNode[]): number =>
  nodes.reduce((sum, { args }) => sum + (args.eodata === true ? 2 : 1), 0);

function imagesOf(
  { kubernetesVersion: kubernetes }: Settings,
  cloud: OpenStackSettings,
  { template, packer }: ImageSources,
): readonly ImageWanted[] {
  const all = serversOf(cloud);
  const own = all.flatMap(({ image, server }) =>
    image === undefined ? [] : [{ use: server.whose, id: image, servers: [server] }],
  );
  const servers = all.filter(({ image }) => image === undefined).map(({ server }) => server);
  const { id, build, source: sourceImage, user } = cloud.image;
  if (id !== undefined) return [{ use: "nodes", id, servers }, ...own];
  const engine = engineOf(cloud);
  const checksum = imageChecksum(template(), { engine, kubernetes, sourceImage, user });
  const nodes = {
    use: "nodes",
    name: nodeImageName({ engine, kubernetes }),
    checksum,
    servers,
    ...(build ? { build: { packer, sourceImage } } : {}),
  };
  return [nodes, ...own];
}

/** The kinds of servers of a stack, each with the image that it names itself. */
const serversOf = ({ pools, bastion }: OpenStackSettings) =>
  [
    ...Object.entries(pools).map(
      ([name, pool]) => [`pool ${name}`, `pools.${name}`, pool] as const,
    ),
    ["bastion", "bastion", bastion] as const,
  ].map(([whose, place, { image, flavor, rootVolumeGib }]) => ({
    image,
    server: {
      whose,
      flavor,
      setting: `openstack.${place}.rootVolumeGib`,
      ...(rootVolumeGib === undefined ? {} : { rootVolumeGib }),
    },
  }));
