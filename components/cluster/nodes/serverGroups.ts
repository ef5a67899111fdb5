import * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import { cloudName } from "../../openstack/marks";
import { AntiAffinity, type NodePoolArgs } from "./args";
import { antiAffinityOf } from "./plan";

/** Server groups of the pools that are spread, by pool. */
export function makeServerGroups(
  name: string,
  pools: Readonly<Record<string, NodePoolArgs>>,
  cluster: string,
  parent: pulumi.Resource,
): ReadonlyMap<string, pulumi.Output<string>> {
  return new Map(
    Object.entries(pools)
      .map(([pool, args]) => [pool, antiAffinityOf(args)] as const)
      .filter(([, policy]) => policy !== AntiAffinity.None)
      .map(([pool, policy]) => [
        pool,
        new openstack.compute.ServerGroup(
          `${name}-${pool}-group`,
          { name: cloudName(cluster, pool), policies: [policy] },
          { parent },
        ).id,
      ]),
  );
}
