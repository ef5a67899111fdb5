import type { CloudNeeds } from "../components/openstack/needs";

/** A quota: how much there may be, and how much there is. */
export interface Quota {
  /** -1: no limit. */
  readonly limit: number;
  /** What is there, and what is just being made. */
  readonly used: number;
}

/** Numbers by what they count: a key of {@link resources}, or {@link ofType} one of them. */
export type Amounts = Readonly<Record<string, number>>;

/** What quotas count, in the order of messages. */
export const resources = {
  instances: "instances",
  cores: "cores",
  ramMib: "RAM",
  serverGroups: "server groups",
  serverGroupMembers: "members of one server group",
  keyPairs: "key pairs",
  volumes: "volumes",
  volumeGib: "volume storage",
  networks: "networks",
  subnets: "subnets",
  routers: "routers",
  ports: "ports",
  securityGroups: "security groups",
  securityGroupRules: "security group rules",
  floatingIps: "floating IPs",
} as const;
export type Resource = keyof typeof resources;

/** What counts volumes of one type only. */
export const ofType = (resource: "volumes" | "volumeGib", type: string): string =>
  `${resource}:${type}`;

/** What a quota is of, in words: `volumes of type ssd`. */
export function labelOf(id: string): string {
  const [resource = "", type] = id.split(/:(.*)/s);
  const label = isResource(resource) ? resources[resource] : resource;
  return type === undefined ? label : `${label} of type ${type}`;
}

/** A number of it with its unit: `48`, `192 GiB`. */
export function measured(id: string, number: number): string {
  if (id === "ramMib") return `${Math.round((number / 1024) * 100) / 100} GiB`;
  return id.startsWith("volumeGib") ? `${number} GiB` : `${number}`;
}

const isResource = (name: string): name is Resource => Object.hasOwn(resources, name);

/** The shape of a server. */
export interface FlavorSize {
  readonly name: string;
  readonly vcpus: number;
  readonly ramMib: number;
}

/**
 * What something takes of each quota.
 *
 * @param flavors sizes of the flavors; one that is not among them takes no cores and no RAM
 * @param defaultType the volume type of volumes that say none
 */
export function amountsOf(
  needs: CloudNeeds,
  flavors: readonly FlavorSize[],
  defaultType: string | undefined,
): Amounts {
  const sizes = new Map(flavors.map((flavor) => [flavor.name, flavor]));
  const servers = Object.entries(needs.instances);
  const times = (size: (flavor: FlavorSize) => number) =>
    total(servers.map(([name, count]) => count * sizeOr0(sizes.get(name), size)));
  const { instances, volumes, volumeGib, ...counted } = needs;
  return {
    ...counted,
    instances: total(Object.values(instances)),
    cores: times(({ vcpus }) => vcpus),
    ramMib: times(({ ramMib }) => ramMib),
    volumes: total(Object.values(volumes)),
    volumeGib: total(Object.values(volumeGib)),
    ...byType("volumes", volumes, defaultType),
    ...byType("volumeGib", volumeGib, defaultType),
  };
}

const sizeOr0 = (flavor: FlavorSize | undefined, size: (flavor: FlavorSize) => number): number =>
  flavor === undefined ? 0 : size(flavor);

/** The sum. */
export const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function byType(
  resource: "volumes" | "volumeGib",
  numbers: Readonly<Record<string, number>>,
  defaultType: string | undefined,
): Amounts {
  const sums = new Map<string, number>();
  for (const [said, number] of Object.entries(numbers)) {
    const type = said === "" ? defaultType : said;
    if (type === undefined) continue;
    const id = ofType(resource, type);
    sums.set(id, (sums.get(id) ?? 0) + number);
  }
  return Object.fromEntries(sums);
}
