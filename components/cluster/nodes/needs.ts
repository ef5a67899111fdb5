import { sumNeeds, type CloudNeeds } from "../../openstack/needs";
import { AntiAffinity, type NodePoolArgs } from "./args";
import { antiAffinityOf } from "./plan";

/** What a pool takes of the project's quotas. */
function poolNeeds(pool: NodePoolArgs): Partial<CloudNeeds> {
  const { count, flavor, rootVolumeGib, volumeType = "" } = pool;
  const grouped = antiAffinityOf(pool) !== AntiAffinity.None;
  return {
    instances: count === 0 ? {} : { [flavor]: count },
    ports: count * (pool.eodata === true ? 2 : 1),
    ...(rootVolumeGib === undefined || count === 0
      ? {}
      : {
          volumes: { [volumeType]: count },
          volumeGib: { [volumeType]: count * rootVolumeGib },
        }),
    ...(grouped ? { serverGroups: 1, serverGroupMembers: count } : {}),
  };
}

/** What the pools take of the project's quotas together. */
export const poolsNeeds = (pools: Readonly<Record<string, NodePoolArgs>>): CloudNeeds =>
  sumNeeds(...Object.values(pools).map(poolNeeds));
