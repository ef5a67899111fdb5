import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { cloudName, clusterTag } from "../openstack/marks";
import type { ClusterNetworkArgs } from "./args";
import type { NetworkGroup } from "./portTable";
import { groupDescriptions, networkRules, type NetworkRule } from "./rules";

type Groups = Readonly<Record<Exclude<NetworkGroup, "bastion">, openstack.networking.SecGroup>> & {
  /** None without a bastion. */
  readonly bastion?: openstack.networking.SecGroup;
};

/** What was made. */
export interface SecurityGroups {
  /** The groups. */
  readonly groups: Groups;
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
  const make = (group: NetworkGroup): openstack.networking.SecGroup =>
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
    );
  const groups = {
    node: make("node"),
    control: make("control"),
    worker: make("worker"),
    ...(bastion === undefined ? {} : { bastion: make("bastion") }),
  };
  const rules = networkRules(args).map((rule) => makeRule(name, rule, groups, parent));
  return { groups, rules };
}

function makeRule(
  name: string,
  rule: NetworkRule,
  groups: Groups,
  parent: pulumi.Resource,
): openstack.networking.SecGroupRule {
  const groupOf = (name: NetworkGroup): openstack.networking.SecGroup => {
    const found = groups[name];
    if (found === undefined) throw new Error(`cannot happen: rule ${rule.name} without ${name}`);
    return found;
  };
  const group = groupOf(rule.group);
  const { peer, traffic } = rule;
  const [portRangeMin, portRangeMax] = traffic?.ports ?? [];
  return new openstack.networking.SecGroupRule(
    `${name}-${rule.name}`,
    {
      securityGroupId: group.id,
      direction: rule.direction,
      ethertype: "IPv4",
      description: rule.description,
      ...(traffic === undefined ? {} : { protocol: traffic.protocol }),
      ...(portRangeMin === undefined ? {} : { portRangeMin, portRangeMax }),
      ...(peer === undefined
        ? {}
        : "group" in peer
          ? { remoteGroupId: groupOf(peer.group).id }
          : { remoteIpPrefix: peer.cidr }),
    },
    {
      parent,
      // Neutron refuses a second rule that differs from the first in words alone.
      ignoreChanges: ["description"],
      // Neutron deletes a group with its rules. One by one takes the provider 5 s each.
      deletedWith: group,
    },
  );
}
