import { z } from "zod";
import type { CloudAccess, Credential } from "./access";

const named = z.object({ id: z.string(), name: z.string() });

/** What keystone says of a token. */
export const tokenSchema = z.object({
  token: z.object({
    expires_at: z.string(),
    project: named,
    user: named,
    catalog: z.array(
      z.object({
        type: z.string(),
        endpoints: z.array(
          z.object({
            interface: z.string(),
            url: z.string(),
            region_id: z.string().nullable().optional(),
          }),
        ),
      }),
    ),
  }),
});
export type Token = z.infer<typeof tokenSchema>["token"];

/** The body that asks keystone for a token. */
export function authentication(credential: Credential): object {
  if ("secret" in credential) {
    const { applicationCredentialId: id, secret } = credential;
    const application_credential = { id, secret };
    return { auth: { identity: { methods: ["application_credential"], application_credential } } };
  }
  const { user: name, password, project, userDomain, projectDomain } = credential;
  const user = { name, password, domain: { name: userDomain ?? "Default" } };
  return {
    auth: {
      identity: { methods: ["password"], password: { user } },
      scope: { project: { name: project, domain: { name: projectDomain ?? "Default" } } },
    },
  };
}

/**
 * Other types that clouds give a service in their catalogue:
 * https://specs.openstack.org/openstack/service-types-authority/
 */
const otherTypes: Readonly<Record<string, readonly string[]>> = {
  "block-storage": ["volumev3"],
};

/** Versions that some clouds have in the address, and our paths have too. */
const versionsInPaths: Readonly<Record<string, RegExp>> = {
  image: /\/v2(\.\d+)?$/,
  network: /\/v2\.0$/,
};

/** The address of a service in the catalogue, without a slash at its end; undefined if none. */
export function endpoint(
  { catalog }: Token,
  { region, interface: kind = "public" }: CloudAccess,
  service: string,
): string | undefined {
  const types = [service, ...(otherTypes[service] ?? [])];
  for (const type of types) {
    const endpoints = catalog.filter((one) => one.type === type).flatMap((one) => one.endpoints);
    const fit = endpoints.find(
      (one) => one.interface === kind && (region === undefined || one.region_id === region),
    );
    if (fit) return fit.url.replace(/\/+$/, "").replace(versionsInPaths[service] ?? /$^/, "");
  }
  return undefined;
}

/** What the catalogue offers, for a message: types, or the regions of one. */
export function offered({ catalog }: Token, service: string): string {
  const types = [service, ...(otherTypes[service] ?? [])];
  const regions = catalog
    .filter(({ type }) => types.includes(type))
    .flatMap(({ endpoints }) => endpoints.map((one) => `${one.region_id ?? "-"} ${one.interface}`));
  if (regions.length > 0) return `it has it in ${[...new Set(regions)].sort().join(", ")}`;
  const all = catalog.map(({ type }) => type).sort();
  return all.length > 0 ? `it has ${all.join(", ")}` : "it is empty";
}
