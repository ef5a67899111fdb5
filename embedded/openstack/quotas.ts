import { anything, type OpenStackClient } from "../../cloud/client";

/** What the project may have at most. */
export interface Quotas {
  readonly instances: number;
  readonly cores: number;
  /** MiB of memory of all servers. */
  readonly ram: number;
  readonly serverGroups: number;
  readonly serverGroupMembers: number;
  readonly keyPairs: number;
  readonly volumes: number;
  /** GiB of all volumes and snapshots. */
  readonly gigabytes: number;
  readonly snapshots: number;
  readonly networks: number;
  readonly subnets: number;
  readonly ports: number;
  readonly routers: number;
  readonly floatingIps: number;
  readonly securityGroups: number;
  readonly securityGroupRules: number;
}

/** A project of moderate size: room for a cluster of ten nodes. */
export const defaultQuotas: Quotas = {
  instances: 20,
  cores: 100,
  ram: 400 * 1024,
  serverGroups: 10,
  serverGroupMembers: 20,
  keyPairs: 20,
  volumes: 30,
  gigabytes: 2000,
  snapshots: 20,
  networks: 10,
  subnets: 10,
  ports: 100,
  routers: 5,
  floatingIps: 10,
  securityGroups: 20,
  securityGroupRules: 200,
};

/** What each service calls them. */
const names = {
  compute: {
    instances: "instances",
    cores: "cores",
    ram: "ram",
    serverGroups: "server_groups",
    serverGroupMembers: "server_group_members",
    keyPairs: "key_pairs",
  },
  "block-storage": { volumes: "volumes", gigabytes: "gigabytes", snapshots: "snapshots" },
  network: {
    networks: "network",
    subnets: "subnet",
    ports: "port",
    routers: "router",
    floatingIps: "floatingip",
    securityGroups: "security_group",
    securityGroupRules: "security_group_rule",
  },
} as const satisfies Record<string, Partial<Record<keyof Quotas, string>>>;

/** Sets those quotas of a project that are given. */
export async function setQuotas(
  admin: OpenStackClient,
  project: string,
  quotas: Partial<Quotas>,
): Promise<void> {
  const put = async (service: keyof typeof names, path: string, key: string) => {
    const pairs = Object.entries(names[service]).flatMap(([ours, theirs]) =>
      Object.entries(quotas)
        .filter(([name]) => name === ours)
        .map(([, limit]) => [theirs, limit] as const),
    );
    if (pairs.length === 0) return;
    const body = { [key]: Object.fromEntries(pairs) };
    await admin.call({ service, method: "PUT", path, body, answer: anything });
  };
  await put("compute", `/os-quota-sets/${project}`, "quota_set");
  await put("block-storage", `/os-quota-sets/${project}`, "quota_set");
  await put("network", `/v2.0/quotas/${project}`, "quota");
}

/** True for the name of a quota. */
export function isQuota(name: string): name is keyof Quotas {
  return Object.hasOwn(defaultQuotas, name);
}
