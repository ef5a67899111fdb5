/**
 * What something takes of a project's quotas in an OpenStack. The components say it of their arguments
 * before anything is made, and the preflight compares the sum with what is left.
 */
export interface CloudNeeds {
  /** Number of servers by flavor's name. */
  readonly instances: Readonly<Record<string, number>>;
  /** Networks. */
  readonly networks: number;
  /** Subnets. */
  readonly subnets: number;
  /** Routers. */
  readonly routers: number;
  /**
   * Ports of servers, and of routers towards subnets. Not the one of a router's gateway or of a
   * floating IP, which count for nobody. A DHCP port of each network with a DHCP agent counts.
   */
  readonly ports: number;
  /** Security groups. */
  readonly securityGroups: number;
  /** All rules; also the two for egress that Neutron gives each group unless they are removed. */
  readonly securityGroupRules: number;
  /** Floating IPs. */
  readonly floatingIps: number;
  /** Number of volumes by the volume type's name; `""` is the cloud's default type. */
  readonly volumes: Readonly<Record<string, number>>;
  /** GiB of all volumes by the volume type's name; `""` is the cloud's default type. */
  readonly volumeGib: Readonly<Record<string, number>>;
  /** Server groups. */
  readonly serverGroups: number;
  /** Servers of the largest group: the quota is one group's. */
  readonly serverGroupMembers: number;
  /** Key pairs: those of the user, not of the project. */
  readonly keyPairs: number;
}

/** Takes nothing. */
export const noNeeds: CloudNeeds = {
  instances: {},
  networks: 0,
  subnets: 0,
  routers: 0,
  ports: 0,
  securityGroups: 0,
  securityGroupRules: 0,
  floatingIps: 0,
  volumes: {},
  volumeGib: {},
  serverGroups: 0,
  serverGroupMembers: 0,
  keyPairs: 0,
};

/** What all of them take together. Parts that are left out take nothing. */
export function sumNeeds(...parts: readonly Partial<CloudNeeds>[]): CloudNeeds {
  return parts.reduce<CloudNeeds>((sum, part) => add(sum, { ...noNeeds, ...part }), noNeeds);
}

function add(a: CloudNeeds, b: CloudNeeds): CloudNeeds {
  return {
    instances: addEach(a.instances, b.instances),
    networks: a.networks + b.networks,
    subnets: a.subnets + b.subnets,
    routers: a.routers + b.routers,
    ports: a.ports + b.ports,
    securityGroups: a.securityGroups + b.securityGroups,
    securityGroupRules: a.securityGroupRules + b.securityGroupRules,
    floatingIps: a.floatingIps + b.floatingIps,
    volumes: addEach(a.volumes, b.volumes),
    volumeGib: addEach(a.volumeGib, b.volumeGib),
    serverGroups: a.serverGroups + b.serverGroups,
    serverGroupMembers: Math.max(a.serverGroupMembers, b.serverGroupMembers),
    keyPairs: a.keyPairs + b.keyPairs,
  };
}

/** Both tables in one; a name of both has the sum. */
function addEach(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum = new Map(Object.entries(a));
  for (const [name, number] of Object.entries(b)) sum.set(name, (sum.get(name) ?? 0) + number);
  return Object.fromEntries(sum);
}
