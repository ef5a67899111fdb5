import type { ClusterBastionArgs, ClusterNetworkArgs } from "../../components/network/args";
import { cniOf, engineOf } from "./engine";
import type { OpenStackSettings } from "../settings";

/** Most nodes that a network has room for beside those of today. */
const spareNodes = 32;

/** What only the cloud knows of the bastion; nothing as long as arguments are but judged or counted. */
type BastionGround = Pick<ClusterBastionArgs, "image" | "keyPair">;

/** What the network of a stack's cluster is made from, as components want it. */
export function networkArgs(
  openstack: OpenStackSettings,
  ground: BastionGround = { image: "", keyPair: "" },
): ClusterNetworkArgs {
  const { name, network, adminCidrs, bastion, pools } = openstack;
  const nodes = Object.values(pools).reduce((sum, { count }) => sum + count, 0);
  return {
    cluster: name,
    engine: engineOf(openstack),
    cni: cniOf(openstack),
    externalNetwork: network.externalNetwork,
    adminCidrs: [...adminCidrs],
    cidr: network.cidr,
    podCidr: network.podCidr,
    serviceCidr: network.serviceCidr,
    reservedCidrs: [...network.reservedCidrs],
    maxNodes: nodes + spareNodes,
    dnsServers: [...network.dnsServers],
    eodataNetwork: network.eodataNetwork,
    apiLoadBalancer: openstack.apiAccess === "loadBalancer",
    bastion: {
      image: bastion.image ?? ground.image,
      flavor: bastion.flavor,
      rootVolumeGib: bastion.rootVolumeGib,
      keyPair: ground.keyPair,
    },
  };
}
