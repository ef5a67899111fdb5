import { stringify } from "yaml";
import { authUrl, region, type Site } from "./configuration/shared";
import type { Contents } from "./contents";

/** The clouds of the file, by what they are good for. */
export const cloudNames = {
  /** The ordinary user, by an application credential: what a stack takes. */
  application: "loopback",
  /** The same user by password. */
  user: "loopback-user",
  /** The cloud's administrator. */
  admin: "loopback-admin",
} as const;

/** The text of clouds.yaml, as all clients of OpenStack read it. */
export function cloudsYaml({ ports, secrets }: Site, contents: Contents): string {
  const common = { region_name: region, interface: "public", identity_api_version: 3 };
  const password = (username: string, secret: string, project: string) => ({
    auth_type: "password",
    auth: {
      auth_url: authUrl(ports),
      username,
      password: secret,
      project_name: project,
      user_domain_name: "Default",
      project_domain_name: "Default",
    },
    ...common,
  });
  return stringify({
    clouds: {
      [cloudNames.application]: {
        auth_type: "v3applicationcredential",
        auth: {
          auth_url: authUrl(ports),
          application_credential_id: contents.applicationCredential.id,
          application_credential_secret: secrets.applicationCredential,
        },
        ...common,
      },
      [cloudNames.user]: password(contents.user.name, secrets.user, contents.project.name),
      [cloudNames.admin]: password("admin", secrets.admin, "admin"),
    },
  });
}
