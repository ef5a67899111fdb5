import type { ClusterNetworkArgs } from "./args";
import { networkDefaults } from "./args";
import {
  choiceOf,
  openPorts,
  type NetworkGroup,
  type NetworkPeer,
  type Traffic,
} from "./portTable";

/** A rule of a security group. */
export interface NetworkRule {
  /** Its name among the network's rules: it stays whatever other rules there are. */
  readonly name: string;
  /** The group that it is of. */
  readonly group: NetworkGroup;
  /** Whether it lets in or out. */
  readonly direction: "ingress" | "egress";
  /** What it lets through; left out, everything. */
  readonly traffic?: Traffic;
  /** Who sends: members of a group, or a range; left out, or whoever is sent to: everybody. */
  readonly peer?: { readonly group: NetworkGroup } | { readonly cidr: string };
  /** For people. */
  readonly description: string;
}

/** The security groups, a node has `node` and those of its roles. */
export const networkGroups = (args: Pick<ClusterNetworkArgs, "bastion">): NetworkGroup[] => [
  ...(["node", "control", "worker"] as const),
  ...(args.bastion === undefined ? [] : (["bastion"] as const)),
];

/** What is in a group, for people. */
export const groupDescriptions: Readonly<Record<NetworkGroup, string>> = {
  node: "every node",
  control: "nodes with control plane or etcd",
  worker: "nodes with workloads",
  bastion: "the bastion",
};

/**
 * All rules of all groups. Neutron's own rules, by which a new group lets everything out, are deleted,
 * and those for IPv4 made again as rules that can be seen; of IPv6 nothing is let in or out.
 */
export function networkRules(
  args: Pick<
    ClusterNetworkArgs,
    "engine" | "cni" | "ingress" | "apiLoadBalancer" | "bastion" | "adminCidrs" | "cidr"
  >,
): NetworkRule[] {
  const incoming = openPorts(choiceOf(args)).flatMap(({ key, at, from, traffic, what }) =>
    peersOf(from, args).map(({ name, ...peer }) => ({
      name: `${at}-${key}-from-${name}`,
      group: at,
      direction: "ingress" as const,
      traffic,
      peer: "group" in peer ? { group: peer.group } : { cidr: peer.cidr },
      description: what,
    })),
  );
  // Every node is in this group: those of the roles need none of their own.
  const outgoing = networkGroups(args)
    .filter((group) => group === "node" || group === "bastion")
    .map((group) => ({
      name: `${group}-egress`,
      group,
      direction: "egress" as const,
      description: "everything that goes out",
    }));
  return [...incoming, ...outgoing];
}

type NamedPeer = { readonly name: string } & (
  { readonly group: NetworkGroup } | { readonly cidr: string }
);

function peersOf(
  peer: NetworkPeer,
  args: Pick<ClusterNetworkArgs, "adminCidrs" | "cidr">,
): NamedPeer[] {
  switch (peer) {
    case "admins":
      return args.adminCidrs.map((cidr) => ({ name: cidr.replace("/", "-"), cidr }));
    case "subnet":
      return [{ name: peer, cidr: args.cidr ?? networkDefaults.cidr }];
    case "world":
      return [{ name: peer, cidr: "0.0.0.0/0" }];
    case "node":
    case "control":
    case "worker":
    case "bastion":
      return [{ name: peer, group: peer }];
  }
}
