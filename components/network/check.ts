import { isIPv4, isIPv6 } from "node:net";
import type { ArgumentProblem } from "../base/problems";
import { isWholeFrom } from "../base/units";
import { ClusterEngine } from "../openstack/engines";
import { clusterNameRule, isClusterName } from "../openstack/marks";
import { networkDefaults, type ClusterBastionArgs, type ClusterNetworkArgs } from "./args";
import { parseCidr } from "./cidr";
import { rangeProblems, spellingProblems } from "./ranges";

/** Widest range that counts as somebody's own. */
const widestAdminPrefix = 8;

/**
 * All that is wrong with a network's arguments; pure, so that settings can say it of a stack file.
 *
 * @param callerAddress the address that whoever asks comes from, where it is known: what `adminCidrs`
 *   is proposed to be
 */
export function networkProblems(
  args: ClusterNetworkArgs,
  callerAddress?: string,
): ArgumentProblem[] {
  const maxNodes = args.maxNodes ?? networkDefaults.maxNodes;
  const areNodesCounted = isWholeFrom(1, maxNodes);
  return [
    ...unless(
      isClusterName(args.cluster),
      "cluster",
      `"${args.cluster}" cannot name things in the cloud: ${clusterNameRule}`,
    ),
    ...unless(args.externalNetwork !== "", "externalNetwork", "must name a network"),
    ...unless(
      areNodesCounted,
      "maxNodes",
      `must be a whole number of nodes, at least 1, got ${maxNodes}`,
    ),
    ...adminProblems(args.adminCidrs, callerAddress),
    ...rangeProblems(areNodesCounted ? args : { ...args, maxNodes: networkDefaults.maxNodes }),
    ...(args.dnsServers ?? []).flatMap((server, index) =>
      unless(isIPv4(server), `dnsServers[${index}]`, `"${server}" is no IPv4 address`),
    ),
    ...unless(args.eodataNetwork !== "", "eodataNetwork", "must name a network, or be left out"),
    ...(args.bastion === undefined
      ? unless(
          args.engine !== ClusterEngine.Rke,
          "bastion",
          "RKE installs nodes by SSH, which reaches them through a bastion only; say its image, flavor and keyPair",
        )
      : bastionProblems(args.bastion)),
  ];
}

const unless = (holds: boolean, propertyPath: string, reason: string): ArgumentProblem[] =>
  holds ? [] : [{ propertyPath, reason }];

function adminProblems(cidrs: readonly string[], callerAddress?: string): ArgumentProblem[] {
  if (cidrs.length === 0) {
    const proposal =
      callerAddress === undefined
        ? "write the public address that you come from, such as 203.0.113.7/32"
        : `you come from ${callerAddress}: write ["${callerAddress}/32"]`;
    const reason = `required: nobody else reaches SSH and the Kubernetes API; ${proposal}`;
    return [{ propertyPath: "adminCidrs", reason }];
  }
  return cidrs.flatMap((text, index) => {
    const path = `adminCidrs[${index}]`;
    const one = (reason: string): ArgumentProblem[] => [{ propertyPath: path, reason }];
    if (isIPv6(text.split("/")[0] ?? "")) {
      const whole = text.endsWith("/0")
        ? "opens SSH and the Kubernetes API to the world, and "
        : "";
      return one(`${text} ${whole}is of IPv6, which the network does not have; write IPv4 ranges`);
    }
    const range = parseCidr(text);
    if (range !== undefined && range.prefix < widestAdminPrefix) {
      return one(
        `${text} opens SSH and the Kubernetes API to the world; write /${widestAdminPrefix} or narrower, best the /32 of an address`,
      );
    }
    if (cidrs.indexOf(text) !== index) return one(`${text} is there twice`);
    return spellingProblems(path, text);
  });
}

const bastionProblems = ({
  flavor,
  rootVolumeGib,
  volumeType,
}: ClusterBastionArgs): ArgumentProblem[] => [
  ...unless(flavor !== "", "bastion.flavor", "must name a flavor"),
  ...unless(
    rootVolumeGib === undefined || isWholeFrom(1, rootVolumeGib),
    "bastion.rootVolumeGib",
    `must be a whole number of GiB, at least 1, got ${rootVolumeGib ?? ""}`,
  ),
  ...unless(
    volumeType === undefined || rootVolumeGib !== undefined,
    "bastion.volumeType",
    "is the root volume's, and there is none; say rootVolumeGib too",
  ),
];
