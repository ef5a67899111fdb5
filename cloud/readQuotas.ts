import { z } from "zod";
import type { OpenStackClient } from "./client";
import { OpenStackRefusal } from "./failures";
import { ofType, type Quota, type Resource } from "./quota";

/** The quotas of a project, by what they count; and which could not be read, with the reason. */
export interface ReadQuotas {
  readonly quotas: Readonly<Record<string, Quota>>;
  readonly unread: readonly string[];
}

type Part = Readonly<Record<string, Quota>>;

/** Reads all quotas with what is used. A service that tells none of its own is named in `unread`. */
export async function readQuotas(client: OpenStackClient): Promise<ReadQuotas> {
  const parts = await Promise.all([
    unlessRefused("compute", () => computeQuotas(client)),
    unlessRefused("block-storage", () => volumeQuotas(client)),
    unlessRefused("network", () => networkQuotas(client)),
  ]);
  return {
    quotas: Object.assign({}, ...parts.map(({ part }) => part)) as Part,
    unread: parts.flatMap(({ unread }) => unread),
  };
}

async function unlessRefused(service: string, read: () => Promise<Part>) {
  try {
    return { part: await read(), unread: [] };
  } catch (error) {
    if (!(error instanceof OpenStackRefusal)) throw error;
    return { part: {}, unread: [`the quotas of ${service} cannot be read: ${error.message}`] };
  }
}

const number = z.number();
const absolute = z.object({
  maxTotalInstances: number,
  totalInstancesUsed: number,
  maxTotalCores: number,
  totalCoresUsed: number,
  maxTotalRAMSize: number,
  totalRAMUsed: number,
  maxServerGroups: number,
  totalServerGroupsUsed: number,
  maxServerGroupMembers: number,
  maxTotalKeypairs: number,
});

/** Of `/limits`, which every user may read; it does not count key pairs. */
async function computeQuotas(client: OpenStackClient): Promise<Part> {
  const answer = z.object({ limits: z.object({ absolute }) });
  const { limits } = await client.call({ service: "compute", path: "/limits", answer });
  const keyPair = z.object({ keypair: z.object({ name: z.string() }) });
  const where = { service: "compute", path: "/os-keypairs", key: "keypairs" };
  const keyPairs = await client.list({ ...where, item: keyPair });
  const said = limits.absolute;
  return {
    instances: { limit: said.maxTotalInstances, used: said.totalInstancesUsed },
    cores: { limit: said.maxTotalCores, used: said.totalCoresUsed },
    ramMib: { limit: said.maxTotalRAMSize, used: said.totalRAMUsed },
    serverGroups: { limit: said.maxServerGroups, used: said.totalServerGroupsUsed },
    // A limit of each group, of which a new one has all.
    serverGroupMembers: { limit: said.maxServerGroupMembers, used: 0 },
    keyPairs: { limit: said.maxTotalKeypairs, used: keyPairs.length },
  };
}

const volumeQuota = z.object({ limit: number, in_use: number, reserved: number });

async function volumeQuotas(client: OpenStackClient): Promise<Part> {
  const path = `/os-quota-sets/${client.projectId}?usage=true`;
  const answer = z.object({ quota_set: z.record(z.string(), z.unknown()) });
  const { quota_set: set } = await client.call({ service: "block-storage", path, answer });
  const found = Object.entries(set).flatMap(([key, value]) => {
    const id = volumeQuotaId(key);
    const { data } = volumeQuota.safeParse(value);
    if (id === undefined || data === undefined) return [];
    return [[id, { limit: data.limit, used: data.in_use + data.reserved }] as const];
  });
  return Object.fromEntries(found);
}

/** Cinder has a quota of all volumes and one of each type: `gigabytes`, `gigabytes_ssd`. */
function volumeQuotaId(key: string): string | undefined {
  const [, what, type] = /^(volumes|gigabytes)(?:_(.+))?$/.exec(key) ?? [];
  if (what === undefined) return undefined;
  const resource = what === "volumes" ? "volumes" : "volumeGib";
  return type === undefined ? resource : ofType(resource, type);
}

const networkNames = {
  network: "networks",
  subnet: "subnets",
  router: "routers",
  port: "ports",
  security_group: "securityGroups",
  security_group_rule: "securityGroupRules",
  floatingip: "floatingIps",
} as const satisfies Record<string, Resource>;

const networkQuota = z.object({ limit: number, used: number, reserved: number });

async function networkQuotas(client: OpenStackClient): Promise<Part> {
  const path = `/v2.0/quotas/${client.projectId}/details`;
  const answer = z.object({ quota: z.record(z.string(), networkQuota) });
  const { quota } = await client.call({ service: "network", path, answer });
  const found = Object.entries(networkNames).flatMap(([key, resource]) => {
    const said = quota[key];
    return said
      ? [[resource, { limit: said.limit, used: said.used + said.reserved }] as const]
      : [];
  });
  return Object.fromEntries(found);
}
