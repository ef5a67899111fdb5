import { z } from "zod";
import { clusterOfTags, clusterTag, metadataKeys } from "../components/openstack/marks";
import type { OpenStackClient } from "./client";
import { ofType, total, type Amounts } from "./quota";
import { listServers, type Server } from "./servers";

/** What of a cluster is in the cloud, by its marks. */
export interface Present {
  /** How much of each quota it takes. */
  readonly amounts: Amounts;
  readonly servers: readonly Server[];
  /** The engines that its servers are marked with; more than one is a fault. */
  readonly engines: readonly string[];
}

/** Looks for all that a cluster has in the cloud. */
export async function readPresent(client: OpenStackClient, cluster: string): Promise<Present> {
  const all = await listServers(client);
  const servers = all.filter((server) => server.cluster === cluster);
  const network = await networkAmounts(client, cluster);
  const clusters = [...all.flatMap((server) => server.cluster ?? []), ...network.clusters, cluster];
  const engines = new Set(servers.flatMap(({ engine }) => engine ?? []));
  return {
    servers,
    engines: [...engines].sort(),
    amounts: {
      ...network.amounts,
      ...(await volumeAmounts(client, cluster, servers)),
      ...(await namedAmounts(client, (name) => clusterOfName(name, clusters) === cluster)),
      instances: servers.length,
      cores: total(servers.map(({ vcpus }) => vcpus)),
      ramMib: total(servers.map(({ ramMib }) => ramMib)),
    },
  };
}

/**
 * The cluster that something is of by its name, where neither tags nor metadata are to be had: of
 * `prod` and `prod-2` the longer one whose name it begins with.
 */
export function clusterOfName(name: string, clusters: readonly string[]): string | undefined {
  return clusters
    .filter((cluster) => name.startsWith(`${cluster}-`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Nova gives server groups and key pairs neither tags nor metadata: they count by their names. */
async function namedAmounts(client: OpenStackClient, isOwn: (name: string) => boolean) {
  const named = z.object({ name: z.string() });
  const service = "compute";
  const groups = await client.list({
    service,
    path: "/os-server-groups",
    key: "server_groups",
    item: named,
  });
  const keyPairs = await client.list({
    service,
    path: "/os-keypairs",
    key: "keypairs",
    item: z.object({ keypair: named }),
  });
  return {
    serverGroups: groups.filter(({ name }) => isOwn(name)).length,
    keyPairs: keyPairs.filter(({ keypair }) => isOwn(keypair.name)).length,
  };
}

const volumeSchema = z.object({
  size: z.number(),
  volume_type: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ server_id: z.string() })),
});

/** Marks the volumes of claims, which no stack wants by itself: they are nobody's here. */
const claimMark = "cinder.csi.openstack.org/cluster";

/** Volumes with the cluster's mark, and those its servers stand on, which nova makes without. */
async function volumeAmounts(
  client: OpenStackClient,
  cluster: string,
  servers: readonly Server[],
): Promise<Amounts> {
  const where = { service: "block-storage", path: "/volumes/detail", key: "volumes" };
  const ids = new Set(servers.map(({ id }) => id));
  const own = (await client.list({ ...where, item: volumeSchema })).filter(
    ({ metadata, attachments }) =>
      metadata[claimMark] === undefined &&
      (metadata[metadataKeys.cluster] === cluster ||
        attachments.some(({ server_id: id }) => ids.has(id))),
  );
  const types = new Set(own.flatMap(({ volume_type: type }) => type ?? []));
  const byType = [...types].flatMap((type) => {
    const ofIt = own.filter((volume) => volume.volume_type === type);
    return [
      [ofType("volumes", type), ofIt.length] as const,
      [ofType("volumeGib", type), total(ofIt.map(({ size }) => size))] as const,
    ];
  });
  return {
    volumes: own.length,
    volumeGib: total(own.map(({ size }) => size)),
    ...Object.fromEntries(byType),
  };
}

const tagged = z.object({ id: z.string(), tags: z.array(z.string()) });
const portSchema = tagged.extend({ network_id: z.string(), device_owner: z.string() });
const groupSchema = tagged.extend({ security_group_rules: z.array(z.unknown()) });

async function networkAmounts(client: OpenStackClient, cluster: string) {
  const project = `project_id=${client.projectId}`;
  const list = <T>(key: string, path: string, item: z.ZodType<T>) =>
    client.list({ service: "network", path: `/v2.0/${path}?${project}`, key, item });
  const isOwn = ({ tags }: { readonly tags: readonly string[] }) =>
    tags.includes(clusterTag(cluster));
  const networks = await list("networks", "networks", tagged);
  const subnets = await list("subnets", "subnets", tagged);
  const routers = await list("routers", "routers", tagged);
  const ports = await list("ports", "ports", portSchema);
  const groups = await list("security_groups", "security-groups", groupSchema);
  const floatingIps = await list("floatingips", "floatingips", tagged);
  const ownNetworks = new Set(networks.filter(isOwn).map(({ id }) => id));
  const ownGroups = groups.filter(isOwn);
  // A router's ports and those of DHCP are made by Neutron, without tags.
  const ownPorts = ports.filter(
    (port) =>
      isOwn(port) || (ownNetworks.has(port.network_id) && port.device_owner.startsWith("network:")),
  );
  return {
    clusters: networks.flatMap(({ tags }) => clusterOfTags(tags) ?? []),
    amounts: {
      networks: ownNetworks.size,
      subnets: subnets.filter(isOwn).length,
      routers: routers.filter(isOwn).length,
      ports: ownPorts.length,
      securityGroups: ownGroups.length,
      securityGroupRules: total(ownGroups.map((group) => group.security_group_rules.length)),
      floatingIps: floatingIps.filter(isOwn).length,
    },
  };
}
