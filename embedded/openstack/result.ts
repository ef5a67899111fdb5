import { parseJson, readIfThere } from "../processes/files";
import { authUrl, region } from "./configuration/shared";
import { cloudNames } from "./cloudsYaml";
import { contentsSchema, type Contents } from "./contents";
import type { OpenStackPaths } from "./paths";
import type { Secrets } from "./secrets";
import type { Ports } from "./state";

/** How a running OpenStack is reached, and what is in it. */
export interface OpenStack extends Contents {
  /** Keystone's address, with `/v3`. */
  readonly authUrl: string;
  readonly region: string;
  /** A file with mode 0600 for all clients of OpenStack. */
  readonly cloudsYaml: string;
  /** Names of the clouds in that file. */
  readonly clouds: typeof cloudNames;
  /** The password of the application credential: a secret. */
  readonly applicationCredentialSecret: string;
  /** The password of the project's user: a secret. */
  readonly userPassword: string;
  /** The password of the cloud's administrator: a secret. */
  readonly adminPassword: string;
}

/** What was made in it; undefined before a first start has finished. */
export async function readContents(paths: OpenStackPaths): Promise<Contents | undefined> {
  const text = await readIfThere(paths.contents);
  return text === undefined ? undefined : contentsSchema.safeParse(parseJson(text)).data;
}

/** Puts together what a caller needs. */
export function openStack(
  paths: OpenStackPaths,
  ports: Ports,
  secrets: Secrets,
  contents: Contents,
): OpenStack {
  return {
    ...contents,
    authUrl: authUrl(ports),
    region,
    cloudsYaml: paths.cloudsYaml,
    clouds: cloudNames,
    applicationCredentialSecret: secrets.applicationCredential,
    userPassword: secrets.user,
    adminPassword: secrets.admin,
  };
}
