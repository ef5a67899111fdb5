import type { ArgumentProblem } from "../base/problems";
import { ClusterEngine } from "../openstack/engines";
import { networkDefaults, type ClusterNetworkArgs } from "./args";
import {
  addressCount,
  canonicalCidr,
  cidrText,
  nearestFree,
  nthHost,
  overlaps,
  parseCidr,
  type Cidr,
} from "./cidr";

/** The arguments that say which addresses there are. */
export type RangeArgs = Pick<
  ClusterNetworkArgs,
  "engine" | "cidr" | "podCidr" | "serviceCidr" | "reservedCidrs" | "maxNodes"
>;

/** A range, and who has it. */
interface NamedRange {
  /** The argument; empty where it is no argument's. */
  readonly path: string;
  readonly whose: string;
  readonly range: Cidr;
  /** The prefixes that another range in its place may have; none where it cannot be another. */
  readonly prefixes?: { readonly widest: number; readonly narrowest: number };
}

/** Leading bits of the range that each node's pods have: kube-controller-manager, `--node-cidr-mask-size`. */
const nodePrefix = 24;

/** The ranges that a cluster has of its own. */
const ownRanges = [
  // Ours: below it there is no room for a cluster.
  { path: "cidr", whose: "the nodes'", prefixes: { widest: 8, narrowest: 27 } },
  {
    path: "podCidr",
    whose: "the pods'",
    // Kubernetes, pkg/controller/nodeipam/ipam/cidrset: the nodes' parts are numbered by 16 bits.
    prefixes: { widest: nodePrefix - 16, narrowest: nodePrefix },
  },
  {
    path: "serviceCidr",
    whose: "the Services'",
    // Kubernetes, cmd/kube-apiserver/app/options/validation.go: 20 bits. The narrowest is ours.
    prefixes: { widest: 12, narrowest: 24 },
  },
] as const;

/** What no network can have: IANA's special-purpose registry (RFC 6890). */
const specialRanges = [
  ["0.0.0.0/8", "“this network”"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "the link, where the cloud's metadata are"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "what IANA reserves"],
] as const;

/** Docker's bridge on each node (docs.docker.com, daemon, `default-address-pools`); RKE 2 has no Docker. */
const dockerRange = ["172.17.0.0/16", "Docker's bridge on each node"] as const;

/** Addresses beside the nodes': network, broadcast, gateway, DHCP, bastion, nodes' successors, load balancers. */
const otherAddresses = 12;

/**
 * The address of the cluster's name server, the tenth of the Services' range, as RKE and RKE 2 have it.
 * RKE has to be told where the range is another than its own.
 *
 * @throws RangeError where it is no range, or too narrow
 */
export function clusterDnsAddress(serviceCidr: string): string {
  const range = parseCidr(serviceCidr);
  if (range === undefined) throw new RangeError(`"${serviceCidr}" is no IPv4 range`);
  return nthHost(range, 10);
}

/** All that is wrong with the ranges: how they are written, their sizes, each pair that overlaps. */
export function rangeProblems(args: RangeArgs): ArgumentProblem[] {
  const own = ownRanges.map((named) => ({
    ...named,
    text: args[named.path] ?? networkDefaults[named.path],
  }));
  const reserved = (args.reservedCidrs ?? []).map((text, index) => ({
    path: `reservedCidrs[${index}]`,
    whose: "the reserved",
    text,
  }));
  const fixed = args.engine === ClusterEngine.Rke ? [...specialRanges, dockerRange] : specialRanges;
  const known = fixed.map(([text, owner]) => ({ path: "", whose: `${owner}'s`, text }));
  return [
    ...[...own, ...reserved].flatMap(({ path, text }) => spellingProblems(path, text)),
    ...sizeProblems(readAll(own), args.maxNodes ?? networkDefaults.maxNodes),
    ...overlapProblems(readAll([...known, ...reserved, ...own])),
  ];
}

const readAll = (
  named: readonly (Omit<NamedRange, "range"> & { readonly text: string })[],
): NamedRange[] =>
  named.flatMap(({ text, ...rest }) => {
    const range = parseCidr(text);
    return range === undefined ? [] : [{ ...rest, range }];
  });

/** What is wrong with how a range is written: nothing, or one problem. */
export function spellingProblems(path: string, text: string): ArgumentProblem[] {
  const canonical = canonicalCidr(text);
  if (canonical === text) return [];
  const reason =
    canonical === undefined
      ? `"${text}" is no IPv4 range; write it as address and prefix, such as ${networkDefaults.cidr}`
      : `"${text}" is not written as its first address and prefix; write ${canonical}`;
  return [{ propertyPath: path, reason }];
}

function sizeProblems(own: readonly NamedRange[], maxNodes: number): ArgumentProblem[] {
  return own.flatMap(({ path, whose, range, prefixes }) => {
    const problem = (reason: string) => [{ propertyPath: path, reason: `${whose} ${reason}` }];
    const { widest = 0, narrowest = 32 } = prefixes ?? {};
    if (range.prefix < widest || range.prefix > narrowest) {
      return problem(`${cidrText(range)} must be of /${widest} to /${narrowest}`);
    }
    if (path === "podCidr") {
      const nodes = 2 ** (nodePrefix - range.prefix);
      const needed = nodePrefix - bitsFor(maxNodes);
      if (nodes < maxNodes) {
        return problem(
          `${cidrText(range)} has a /${nodePrefix} for each of ${nodes} nodes; for ${maxNodes} nodes it must be /${needed} or wider, or maxNodes less`,
        );
      }
    }
    const addresses = maxNodes + otherAddresses;
    if (path === "cidr" && addressCount(range) < addresses) {
      return problem(
        `${cidrText(range)} has ${addressCount(range)} addresses; for ${maxNodes} nodes and ${otherAddresses} others it must be /${32 - bitsFor(addresses)} or wider, or maxNodes less`,
      );
    }
    return [];
  });
}

/** Number of bits that tell so many apart. */
const bitsFor = (count: number): number => Math.ceil(Math.log2(count));

/** One for each pair, at the one of the two that can be another; all remedies hold together. */
function overlapProblems(all: readonly NamedRange[]): ArgumentProblem[] {
  const remedies = new Map<NamedRange, Cidr | undefined>();
  const remedyOf = (named: NamedRange): Cidr | undefined => {
    if (!remedies.has(named)) {
      const taken = all.flatMap((other) =>
        other === named ? [] : [other.range, remedies.get(other) ?? other.range],
      );
      const { widest = 0, narrowest = 32 } = named.prefixes ?? {};
      const prefix = Math.min(Math.max(named.range.prefix, widest), narrowest);
      remedies.set(named, nearestFree(prefix, named.range, taken));
    }
    return remedies.get(named);
  };
  return all.flatMap((named, index) => {
    if (named.prefixes === undefined) return [];
    return all
      .slice(0, index)
      .filter((other) => overlaps(named.range, other.range))
      .map((other) => {
        const remedy = remedyOf(named);
        const where = other.path === "" ? "" : ` (${other.path})`;
        return {
          propertyPath: named.path,
          reason: `${named.whose} ${cidrText(named.range)} overlaps ${other.whose} ${cidrText(other.range)}${where}; ${remedy ? `${cidrText(remedy)} is free` : "no private range of that size is free: make it narrower"}`,
        };
      });
  });
}
