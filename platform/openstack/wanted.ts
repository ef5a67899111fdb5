import type { CloudWanted, ImageWanted } from "../../cloud/preflight";
import { poolsNeeds } from "../../components/cluster/nodes/needs";
import { imageChecksum, nodeImageName } from "../../components/image/contents";
import type { TemplateFile } from "../../components/image/templateHash";
import { hasLoadBalancer } from "./ingress";
import { networkNeeds } from "../../components/network/needs";
import type { OpenStackSettings, Settings } from "../../settings";
import { engineOf } from "../../settings/openstack/engine";
import { ingressAddressNeeds } from "../../components/services/ingressAddress";
import { networkArgs } from "../../settings/openstack/networkArgs";
import { poolsOf } from "../../settings/openstack/poolArgs";

/** What a stack is about to have in its cloud, for the preflight; by the settings alone. */
export function cloudWanted(
  stack: string,
  settings: Settings,
  cloud: OpenStackSettings,
  template: () => readonly TemplateFile[],
): CloudWanted {
  const { name, engine, network, pools } = cloud;
  const zones = Object.values(pools).flatMap(({ availabilityZones }) => availabilityZones);
  const pool = Object.entries(poolsOf(cloud)).map(
    ([key, args]) => [`pool ${key}`, poolsNeeds({ [key]: args })] as const,
  );
  return {
    stack,
    cluster: name,
    engine,
    parts: {
      network: networkNeeds(networkArgs(cloud)),
      ...Object.fromEntries(pool),
      "API address": { floatingIps: 1 },
      ...(hasLoadBalancer(settings) ? { ingress: ingressAddressNeeds } : {}),
      "key pair": { keyPairs: 1 },
    },
    images: imagesOf(settings, cloud, template),
    externalNetwork: network.externalNetwork,
    networks: network.eodataNetwork === undefined ? [] : [network.eodataNetwork],
    zones: [...new Set(zones)],
  };
}

function imagesOf(
  { kubernetesVersion: kubernetes }: Settings,
  cloud: OpenStackSettings,
  template: () => readonly TemplateFile[],
): readonly ImageWanted[] {
  const { id, build, source: sourceImage, user } = cloud.image;
  const ofPools = Object.entries(cloud.pools).flatMap(([name, { image }]) =>
    image === undefined ? [] : [{ use: `pool ${name}`, id: image }],
  );
  const ofBastion =
    cloud.bastion.image === undefined ? [] : [{ use: "bastion", id: cloud.bastion.image }];
  const own = [...ofPools, ...ofBastion];
  if (id !== undefined) return [{ use: "nodes", id }, ...own];
  if (build) return own;
  const engine = engineOf(cloud);
  const checksum = imageChecksum(template(), { engine, kubernetes, sourceImage, user });
  return [{ use: "nodes", name: nodeImageName({ engine, kubernetes }), checksum }, ...own];
}
