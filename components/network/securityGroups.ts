import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { cloudName, clusterTag } from "../openstack/marks";
import type { ClusterNetworkArgs } from "./args";
import type { NetworkGroup } from "./portTable";
import { groupDescriptions, networkRules, type NetworkRule } from "./rules";

/** What was made. */
export interface SecurityGroups {
  /** Id of each group. */
  readonly ids: Readonly<Record<Exclude<NetworkGroup, "bastion">, pulumi.Output<string>>> & {
    /** None without a bastion. */
    readonly bastion?: pulumi.Output<string>;
  };
  /** All rules of all groups. */
  readonly rules: readonly openstack.networking.SecGroupRule[];
}

/** Makes the groups and their rules. */
export function makeSecurityGroups(
  name: string,
  args: ClusterNetworkArgs,
  parent: pulumi.Resource,
): SecurityGroups {
  const { cluster, bastion } = args;
  const make = (group: NetworkGroup): pulumi.Output<string> =>
    new openstack.networking.SecGroup(
      `${name}-${group}`,
      {
        name: cloudName(cluster, group),
        description: `${cluster}: ${groupDescriptions[group]}`,
        // What goes out is a rule of ours; of IPv6 nothing goes out.
        deleteDefaultRules: true,
        tags: [clusterTag(cluster)],
      },
      { parent },
    ).id;
  const ids = {
    node: make("node"),
    control: make("control"),
    worker: make("worker"),
    ...(bastion === undefined ? {} : { bastion: make("bastion") }),
  };
  const rules = networkRules(args).map((rule) => makeRule(name, rule, ids, parent));
  return { ids, rules };
}

function makeRule(
  name: string,
  rule: NetworkRule,
  ids: SecurityGroups["ids"],
  parent: pulumi.Resource,
): openstack.networking.SecGroupRule {
  const idOf = (group: NetworkGroup): pulumi.Output<string> => {
    const id = ids[group];
    if (id === undefined) throw new Error(`cannot happen: rule ${rule.name} without ${group}`);
    return id;
  };
  const { peer, traffic } = rule;
  const [portRangeMin, portRangeMax] = traffic?.ports ?? [];
  return new openstack.networking.SecGroupRule(
    `${name}-${rule.name}`,
    {
      securityGroupId: idOf(rule.group),
      direction: rule.direction,
      ethertype: "IPv4",
      description: rule.description,
      ...(traffic === undefined ? {} : { protocol: traffic.protocol }),
      ...(portRangeMin === undefined ? {} : { portRangeMin, portRangeMax }),
      ...(peer === undefined
        ? {}
        : "group" in peer
          ? { remoteGroupId: idOf(peer.group) }
          : { remoteIpPrefix: peer.cidr }),
    },
    // No rule can change, and Neutron refuses a second one that differs in words alone.
    { parent, ignoreChanges: ["description"] },
  );
}
