import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cloudsYamlPlaces, type CredentialSources, type FoundFile } from "./credentials";

/** Where a caller looks for a credential. */
export interface Surroundings {
  /** Its environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that the user is in. */
  readonly folder: string;
  /** The user's home. */
  readonly home: string;
}

/** What a stack's own settings say of its credential. */
export type GivenCredential = Pick<CredentialSources, "explicit" | "cloud" | "cloudsYaml">;

/**
 * All that may hold a credential: what is given, then what the environment says as it does to
 * OpenStack's own clients. Values of one credential may come from both, such as a secret that the
 * settings hold encrypted. A cloud that is given goes before `OS_CLOUD`, which goes before other
 * variables `OS_…`.
 *
 * @throws an error of the system's where a file is there and cannot be read
 */
export function credentialSources(
  given: GivenCredential,
  { env, folder, home }: Surroundings,
): CredentialSources {
  const places = cloudsYamlPlaces({ configFile: env["OS_CLIENT_CONFIG_FILE"], folder, home });
  const file = given.cloudsYaml ?? firstThere(places);
  const secure = env["OS_CLIENT_SECURE_FILE"] ?? besides(file);
  const secureYaml = secure === undefined ? undefined : firstThere([secure]);
  const files = { cloudsYaml: file, secureYaml };
  const cloud = given.cloud ?? (given.explicit === undefined ? filled(env["OS_CLOUD"]) : undefined);
  if (cloud !== undefined) return { cloud, ...files };
  const explicit = {
    authUrl: filled(env["OS_AUTH_URL"]),
    region: filled(env["OS_REGION_NAME"]),
    interface: filled(env["OS_INTERFACE"]),
    applicationCredentialId: filled(env["OS_APPLICATION_CREDENTIAL_ID"]),
    applicationCredentialSecret: filled(env["OS_APPLICATION_CREDENTIAL_SECRET"]),
    ...withoutEmpty(given.explicit ?? {}),
  };
  return { explicit, ...files };
}

const filled = (value: string | undefined): string | undefined =>
  value === "" ? undefined : value;

const withoutEmpty = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => filled(value) !== undefined));

function firstThere(places: readonly string[]): FoundFile | undefined {
  const found = places.find((place) => existsSync(place));
  return found === undefined ? undefined : { path: found, text: readFileSync(found, "utf8") };
}

const besides = (file: FoundFile | undefined): string | undefined =>
  file === undefined ? undefined : path.join(path.dirname(file.path), "secure.yaml");
