/**
 * How everything that a stack makes in an OpenStack is named and marked. What makes it, what counts
 * it against quotas and what sweeps it up read the same marks. They are in every stack's state:
 * changing one is a migration.
 */

/** Longest name of a cluster: with pool, number and mark a node's name stays below 63 letters. */
export const clusterNameLimit = 20;

/** Longest name of a pool of nodes. */
export const poolNameLimit = 20;

/** What the bastion has in the place of a pool; no pool has this name. */
export const bastionPool = "bastion";

const isLabel = (name: string, limit: number): boolean =>
  name.length <= limit && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);

const labelRule = (limit: number): string =>
  `at most ${limit} lower-case letters, digits and hyphens, starting with a letter and ending with a letter or digit`;

/** Whether it can name a cluster, and with it all that the cluster has in the cloud. */
export const isClusterName = (name: string): boolean => isLabel(name, clusterNameLimit);

/** What a cluster's name looks like, for messages. */
export const clusterNameRule = labelRule(clusterNameLimit);

/** Whether it can name a pool of nodes. */
export const isPoolName = (name: string): boolean =>
  isLabel(name, poolNameLimit) && name !== bastionPool;

/** What a pool's name looks like, for messages. */
export const poolNameRule = `${labelRule(poolNameLimit)}; not "${bastionPool}"`;

/**
 * The name of something in the cloud, such as `prod-bastion`.
 *
 * @param cluster the cluster's name
 * @param parts what it is, from the general to the particular
 */
export const cloudName = (cluster: string, ...parts: readonly string[]): string =>
  [cluster, ...parts].join("-");

const tagPrefix = "eo-platform:";

/** The tag of what a cluster has in a service with tags (Neutron), such as `eo-platform:prod`. */
export const clusterTag = (cluster: string): string => `${tagPrefix}${cluster}`;

/** The cluster that something with these tags is of; none where it is of no stack of ours. */
export const clusterOfTags = (tags: readonly string[]): string | undefined =>
  tags.find((tag) => tag.startsWith(tagPrefix))?.slice(tagPrefix.length);

/** The keys of metadata, in services without tags (Nova, Cinder, Glance). */
export const metadataKeys = {
  /** Name of the cluster. */
  cluster: "eo-platform-cluster",
  /** What the cluster is made with: `rke` or `rke2`. */
  engine: "eo-platform-engine",
  /** The pool that a server is of. */
  pool: "eo-platform-pool",
  /** Id of the image that a server was made from. */
  image: "eo-platform-image",
  /** Which node a server is, such as `control-1`. */
  node: "eo-platform-node",
  /** What the node does, such as `control,etcd`. */
  roles: "eo-platform-roles",
  /** What of the cluster's addresses cannot change: {@link addressesMark}. */
  addresses: "eo-platform-addresses",
} as const;

/** What metadata can say. */
export type CloudMark = keyof typeof metadataKeys;

/** Metadata that say it, under their keys; a mark that is left out has none. */
export function cloudMetadata<Value>(
  marks: Partial<Record<CloudMark, Value>> & { readonly cluster: Value },
): Record<string, Value> {
  const { cluster, ...others } = marks;
  const optional = Object.entries(others) as [CloudMark, Value | undefined][];
  return {
    [metadataKeys.cluster]: cluster,
    ...Object.fromEntries(
      optional.flatMap(([mark, value]) =>
        value === undefined ? [] : [[metadataKeys[mark], value] as const],
      ),
    ),
  };
}

/** What of a cluster's addresses is for good, as metadata and messages have it. */
export const addressesMark = (addresses: {
  readonly nodeCidr: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly cni: string;
}): string => {
  const { nodeCidr, podCidr, serviceCidr, cni } = addresses;
  return `nodes ${nodeCidr}, pods ${podCidr}, Services ${serviceCidr}, ${cni}`;
};
