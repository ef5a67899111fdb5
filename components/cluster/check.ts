import { isDns1123Label } from "../base/names";
import type { Refusals } from "../base/refusal";
import { isWholeFrom } from "../base/units";
import { overlaps, parseCidr, type Cidr } from "../network/cidr";
import { clusterNameRule, isClusterName } from "../openstack/marks";
import type { ClusterPlan, EtcdBackup } from "./args";
import { checkPools } from "./nodes/check";

/**
 * Refuses what cannot become a cluster of either distribution.
 *
 * @returns what there is to warn about
 */
export function checkCluster(refusals: Refusals, plan: ClusterPlan): readonly string[] {
  refusals.require(
    isClusterName(plan.cluster),
    "cluster",
    `"${plan.cluster}" cannot name things in the cloud: ${clusterNameRule}`,
  );
  for (const path of ["podCidr", "serviceCidr"] as const) {
    refusals.require(
      rangeOf(plan[path]) !== undefined,
      path,
      `"${plan[path]}" is no IPv4 range; write it as 10.42.0.0/16`,
    );
  }
  const [pods, services] = [rangeOf(plan.podCidr), rangeOf(plan.serviceCidr)];
  refusals.require(
    pods === undefined || services === undefined || !overlaps(pods, services),
    "serviceCidr",
    `${plan.serviceCidr} and the pods' ${plan.podCidr} overlap; take two ranges that do not`,
  );
  refusals.require(
    isWholeFrom(1, plan.nodeTimeoutSeconds),
    "nodeTimeoutSeconds",
    `must be a whole number of seconds, at least 1, got ${plan.nodeTimeoutSeconds}`,
  );
  return [
    ...checkPools(refusals, plan.pools, plan.replaceNodes, plan.eodataNetworkId !== undefined),
    ...checkBackup(refusals, plan.etcdBackup),
  ];
}

function checkBackup(
  refusals: Refusals,
  { intervalHours, retention, s3 }: EtcdBackup,
): readonly string[] {
  refusals.require(
    isWholeFrom(1, intervalHours) && intervalHours <= 12,
    "etcdBackup.intervalHours",
    `must be a whole number of hours, 1 to 12, got ${intervalHours}`,
  );
  refusals.require(
    isWholeFrom(1, retention),
    "etcdBackup.retention",
    `must be a whole number, at least 1, got ${retention}`,
  );
  if (s3 === undefined) {
    return [
      "etcdBackup.s3: etcd's snapshots are on the nodes alone and go with them; name a bucket outside of the cluster",
    ];
  }
  refusals.require(
    /^[^/:]+(:\d+)?$/.test(s3.endpoint),
    "etcdBackup.s3.endpoint",
    `"${s3.endpoint}" is no host; write it without scheme and path, such as s3.example.org`,
  );
  refusals.require(
    s3.bucket.length >= 3 && s3.bucket.split(".").every(isDns1123Label),
    "etcdBackup.s3.bucket",
    `"${s3.bucket}" is no bucket: 3 to 63 lower-case letters, digits and hyphens`,
  );
  return [];
}

/** A range of addresses that a cluster can have; undefined where it is none. */
function rangeOf(cidr: string): Cidr | undefined {
  const range = cidr.includes("/") ? parseCidr(cidr) : undefined;
  return range !== undefined && range.prefix >= 8 && range.prefix <= 28 ? range : undefined;
}
