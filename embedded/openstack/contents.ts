import { z } from "zod";
import { ensure, grant } from "./accounts";
import { anything, OpenStackClient } from "../../cloud/client";
import { authUrl, type Site } from "./configuration/shared";
import { volumeBackend, volumeTypes } from "./configuration/volume";
import { flavors } from "./flavors";
import { defaultQuotas, setQuotas, type Quotas } from "./quotas";

const item = z.object({ id: z.string(), name: z.string() });

/** What is in the cloud for its users, by id; holds no secret. */
export const contentsSchema = z.object({
  project: item,
  user: item,
  applicationCredential: item,
  /** Source of floating IPs. */
  externalNetwork: item,
  /** The shared network that Earth-observation data is reached through. */
  eodataNetwork: item,
  image: item,
  flavors: z.array(item),
  volumeTypes: z.array(item),
  availabilityZones: z.array(z.string()),
});
export type Contents = z.infer<typeof contentsSchema>;

/** The zones of the compute nodes; the first three nodes are in the first. */
export const zones = ["nova", "nova-2"] as const;
const nodesInFirst = 3;

const names = { project: "platform", user: "platform-user", credential: "platform" } as const;

/** Makes all of it; what an interrupted earlier call made is kept. */
export async function fill(
  admin: OpenStackClient,
  site: Site,
  quotas: Partial<Quotas>,
): Promise<Contents> {
  const project = await ensure(admin, "project", names.project, { domain_id: "default" });
  const account = { password: site.secrets.user, domain_id: "default" };
  const user = await ensure(admin, "user", names.user, account);
  const role = await ensure(admin, "role", "member", {});
  await grant(admin, { project, user, role });
  await setQuotas(admin, project, { ...defaultQuotas, ...quotas });
  await makeZones(admin, site);
  return {
    project: { id: project, name: names.project },
    user: { id: user, name: names.user },
    applicationCredential: await applicationCredential(site),
    ...(await networks(admin)),
    image: await image(admin),
    flavors: await makeFlavors(admin),
    volumeTypes: await makeVolumeTypes(admin),
    availabilityZones: site.computes.length > nodesInFirst ? [...zones] : [zones[0]],
  };
}

/** Only the user itself may make one. */
async function applicationCredential({ ports, secrets }: Site) {
  const credential = { user: names.user, password: secrets.user, project: names.project };
  const user = await OpenStackClient.connect({ authUrl: authUrl(ports), credential });
  return findOrMake(user, {
    service: "identity",
    path: `/users/${user.userId}/application_credentials`,
    kind: "application_credential",
    name: names.credential,
    more: { secret: secrets.applicationCredential },
  });
}

async function networks(admin: OpenStackClient) {
  const external = await network(admin, "external", "203.0.113.0/24", {
    "router:external": true,
    "provider:network_type": "flat",
    "provider:physical_network": "external",
  });
  const eodata = await network(admin, "eodata", "198.51.100.0/24", {
    shared: true,
    "provider:network_type": "flat",
    "provider:physical_network": "eodata",
  });
  return { externalNetwork: external, eodataNetwork: eodata };
}

/** A network of the provider's with one subnet, of a range that is set aside for documentation. */
async function network(
  admin: OpenStackClient,
  name: string,
  cidr: string,
  more: Readonly<Record<string, unknown>>,
) {
  const service = "network";
  const made = await findOrMake(admin, {
    service,
    path: "/v2.0/networks",
    kind: "network",
    name,
    more,
  });
  const subnet = { network_id: made.id, ip_version: 4, cidr, enable_dhcp: false };
  const path = "/v2.0/subnets";
  await findOrMake(admin, { service, path, kind: "subnet", name, more: subnet });
  return made;
}

/** A MiB of nothing: nobody ever starts from it. */
const imageBytes = Buffer.alloc(1024 * 1024);

async function image(admin: OpenStackClient) {
  const name = "Ubuntu 22.04 LTS";
  const service = "image";
  const path = "/v2/images";
  const found = await admin.call({
    service,
    path: `${path}?name=${encodeURIComponent(name)}`,
    answer: z.object({ images: z.array(item.extend({ status: z.string() })) }),
  });
  const [known] = found.images;
  const body = { name, disk_format: "raw", container_format: "bare", visibility: "public" };
  const { id, status } =
    known ??
    (await admin.call({
      service,
      method: "POST",
      path,
      body: { ...body, os_distro: "ubuntu", os_version: "22.04" },
      answer: item.extend({ status: z.string() }),
    }));
  if (status !== "active") {
    const file = `${path}/${id}/file`;
    await admin.call({ service, method: "PUT", path: file, body: imageBytes, answer: anything });
  }
  return { id, name };
}

async function makeFlavors(admin: OpenStackClient) {
  const made = [];
  for (const { name, vcpus, ramMib, diskGib } of flavors) {
    const more = { vcpus, ram: ramMib, disk: diskGib };
    const where = { service: "compute", path: "/flavors", kind: "flavor" };
    made.push(await findOrMake(admin, { ...where, name, more }));
  }
  return made;
}

async function makeVolumeTypes(admin: OpenStackClient) {
  const made = [];
  for (const name of volumeTypes) {
    const more = { extra_specs: { volume_backend_name: volumeBackend } };
    const where = { service: "block-storage", path: "/types", kind: "volume_type" };
    made.push(await findOrMake(admin, { ...where, name, more }));
  }
  return made;
}

const aggregateSchema = z.object({ id: z.int(), name: z.string(), hosts: z.array(z.string()) });
type Aggregate = z.infer<typeof aggregateSchema>;

async function makeZones(admin: OpenStackClient, { computes }: Site): Promise<void> {
  const { aggregates } = await admin.call({
    service: "compute",
    path: "/os-aggregates",
    answer: z.object({ aggregates: z.array(aggregateSchema) }),
  });
  const parts = [computes.slice(0, nodesInFirst), computes.slice(nodesInFirst)];
  for (const [index, name] of zones.entries()) {
    const hosts = parts[index] ?? [];
    if (hosts.length === 0) continue;
    const known = aggregates.find((one) => one.name === name);
    const aggregate = known ?? (await makeZone(admin, name));
    const path = `/os-aggregates/${aggregate.id}/action`;
    for (const host of hosts.filter((one) => !aggregate.hosts.includes(one))) {
      const body = { add_host: { host } };
      await admin.call({ service: "compute", method: "POST", path, body, answer: anything });
    }
  }
}

async function makeZone(admin: OpenStackClient, name: string): Promise<Aggregate> {
  const { aggregate } = await admin.call({
    service: "compute",
    method: "POST",
    path: "/os-aggregates",
    body: { aggregate: { name, availability_zone: name } },
    answer: z.object({ aggregate: z.object({ id: z.int() }) }),
  });
  return { ...aggregate, name, hosts: [] };
}

interface Wanted {
  readonly service: string;
  readonly path: string;
  /** Name of one such thing in the API's answers; an `s` makes it many. */
  readonly kind: string;
  readonly name: string;
  /** What else it is made with. */
  readonly more: Readonly<Record<string, unknown>>;
}

async function findOrMake(
  client: OpenStackClient,
  { service, path, kind, name, more }: Wanted,
): Promise<z.infer<typeof item>> {
  const many = z.object({ [`${kind}s`]: z.array(item) });
  const listed = await client.call({ service, path, answer: many });
  const known = listed[`${kind}s`]?.find((one) => one.name === name);
  if (known) return known;
  const body = { [kind]: { name, ...more } };
  const answer = z.object({ [kind]: item });
  const made = await client.call({ service, method: "POST", path, body, answer });
  const one = made[kind];
  if (!one) throw new Error(`${path} made no ${kind}`);
  return one;
}
