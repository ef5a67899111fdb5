import { z } from "zod";
import type { OpenStackClient } from "../../cloud/client";

/** Where each kind of thing of a project is listed. */
const lists = {
  servers: ["compute", "/servers"],
  "server groups": ["compute", "/os-server-groups"],
  "key pairs": ["compute", "/os-keypairs"],
  volumes: ["block-storage", "/volumes"],
  networks: ["network", "/v2.0/networks?shared=false&router:external=false"],
  subnets: ["network", "/v2.0/subnets"],
  routers: ["network", "/v2.0/routers"],
  ports: ["network", "/v2.0/ports"],
  "floating IPs": ["network", "/v2.0/floatingips"],
  "security groups": ["network", "/v2.0/security-groups"],
} as const;

type Kind = keyof typeof lists;

/** Ids of all that a project has in its cloud, by kind. */
export type CloudContents = Readonly<Record<Kind, readonly string[]>>;

const item = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  project_id: z.string().optional(),
  keypair: z.object({ name: z.string() }).optional(),
});

/** What a project has. Of networks and subnets only its own are counted, not those that are shared. */
export async function cloudContents(client: OpenStackClient): Promise<CloudContents> {
  const entries = Object.entries(lists).map(async ([kind, [service, path]]) => {
    const answer = z.record(z.string(), z.unknown());
    const said = await client.call({ service, path, answer });
    const found = z.array(item).parse(Object.values(said).find(Array.isArray));
    const own = found.filter(
      ({ project_id: project }) => project === undefined || project === client.projectId,
    );
    return [kind, own.map(({ id, keypair, name }) => id ?? keypair?.name ?? name ?? "")] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Kind, string[]>;
}

/** How many there are of each kind that there is any of. */
export const counted = (contents: CloudContents): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(contents)
      .filter(([, ids]) => ids.length > 0)
      .map(([kind, ids]) => [kind, ids.length]),
  );
