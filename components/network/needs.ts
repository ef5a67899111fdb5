import { noNeeds, type CloudNeeds } from "../openstack/needs";
import type { ClusterNetworkArgs } from "./args";
import { networkGroups, networkRules } from "./rules";

/** What a network takes of the project's quotas. */
export function networkNeeds(args: ClusterNetworkArgs): CloudNeeds {
  const { bastion } = args;
  const volumeType = bastion?.volumeType ?? "";
  const gib = bastion?.rootVolumeGib;
  return {
    ...noNeeds,
    networks: 1,
    subnets: 1,
    routers: 1,
    // The router's, the bastion's, and the one that the cloud makes itself for DHCP or metadata.
    ports: bastion === undefined ? 2 : 3,
    securityGroups: networkGroups(args).length,
    securityGroupRules: networkRules(args).length,
    ...(bastion === undefined ? {} : { floatingIps: 1, instances: { [bastion.flavor]: 1 } }),
    ...(gib === undefined
      ? {}
      : { volumes: { [volumeType]: 1 }, volumeGib: { [volumeType]: gib } }),
  };
}
