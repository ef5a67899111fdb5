import { z } from "zod";
import { anything, type OpenStackClient } from "../../cloud/client";
import {
  authUrl,
  region,
  serviceAccounts,
  url,
  type ServiceAccount,
  type Site,
} from "./configuration/shared";

const item = z.object({ id: z.string(), name: z.string() });
const endpointSchema = z.object({ id: z.string(), interface: z.string(), url: z.string() });

/** What the catalogue says of each service. */
const catalogue: Readonly<
  Record<ServiceAccount, { readonly type: string; readonly address: (site: Site) => string }>
> = {
  glance: { type: "image", address: ({ ports }) => url(ports.glance) },
  placement: { type: "placement", address: ({ ports }) => url(ports.placement) },
  neutron: { type: "network", address: ({ ports }) => url(ports.neutron) },
  nova: { type: "compute", address: ({ ports }) => `${url(ports.nova)}/v2.1` },
  cinder: { type: "block-storage", address: ({ ports }) => `${url(ports.cinder)}/v3` },
};

/** Gives each service its account and its place in the catalogue; what is there is kept. */
export async function registerServices(keystone: OpenStackClient, site: Site): Promise<void> {
  const project = await ensure(keystone, "project", "service", { domain_id: "default" });
  const roles = await Promise.all(
    ["admin", "service"].map((name) => ensure(keystone, "role", name, {})),
  );
  const identity = await ensure(keystone, "service", "keystone", { type: "identity" });
  await publish(keystone, identity, authUrl(site.ports));
  for (const name of serviceAccounts) {
    const account = { password: site.secrets.service, domain_id: "default" };
    const user = await ensure(keystone, "user", name, account);
    for (const role of roles) await grant(keystone, { project, user, role });
    const { type, address } = catalogue[name];
    const service = await ensure(keystone, "service", name, { type });
    await publish(keystone, service, address(site));
  }
  // The name from before service types were settled: Terraform's provider 1.x asks for no other.
  const volumes = await ensure(keystone, "service", "cinderv3", { type: "volumev3" });
  await publish(keystone, volumes, catalogue.cinder.address(site));
}

/** The id of something of keystone's that has a name; made where it is missing. */
export async function ensure(
  keystone: OpenStackClient,
  kind: "project" | "role" | "user" | "service",
  name: string,
  more: Readonly<Record<string, unknown>>,
): Promise<string> {
  const path = `/${kind}s`;
  const answer = z.object({ [`${kind}s`]: z.array(item) });
  const query = `${path}?name=${encodeURIComponent(name)}`;
  const found = await keystone.call({ service: "identity", path: query, answer });
  const [first] = found[`${kind}s`] ?? [];
  if (first) return first.id;
  const made = await keystone.call({
    service: "identity",
    method: "POST",
    path,
    body: { [kind]: { name, ...more } },
    answer: z.object({ [kind]: item }),
  });
  return made[kind]?.id ?? "";
}

/** Gives a user a role in a project; having it already is no error. */
export async function grant(
  keystone: OpenStackClient,
  { project, user, role }: Readonly<Record<"project" | "user" | "role", string>>,
): Promise<void> {
  const path = `/projects/${project}/users/${user}/roles/${role}`;
  await keystone.call({ service: "identity", method: "PUT", path, answer: anything });
}

/** The service's address for everybody; one of an earlier start, with other ports, is mended. */
async function publish(keystone: OpenStackClient, service: string, address: string): Promise<void> {
  const { endpoints } = await keystone.call({
    service: "identity",
    path: `/endpoints?service_id=${service}`,
    answer: z.object({ endpoints: z.array(endpointSchema) }),
  });
  for (const kind of ["public", "internal"]) {
    const known = endpoints.find((endpoint) => endpoint.interface === kind);
    if (known?.url === address) continue;
    const endpoint = { service_id: service, interface: kind, url: address, region_id: region };
    await keystone.call({
      service: "identity",
      method: known ? "PATCH" : "POST",
      path: known ? `/endpoints/${known.id}` : "/endpoints",
      body: { endpoint },
      answer: anything,
    });
  }
}
