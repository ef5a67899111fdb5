import type * as pulumi from "@pulumi/pulumi";
import type { ClusterNetworkArgs } from "../../components";
import type { OpenStackSettings } from "../../settings";
import { cniOf, engineOf } from "./engine";

/** Most nodes that a network has room for beside those of today. */
const spareNodes = 32;

/** What the network of a stack's cluster is made from. */
export function networkArgs(
  openstack: OpenStackSettings,
  bastion: { readonly image: pulumi.Input<string>; readonly keyPair: pulumi.Input<string> },
): ClusterNetworkArgs {
  const { name, network, adminCidrs, pools } = openstack;
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
      image: openstack.bastion.image ?? bastion.image,
      flavor: openstack.bastion.flavor,
      rootVolumeGib: openstack.bastion.rootVolumeGib,
      keyPair: bastion.keyPair,
    },
  };
}
