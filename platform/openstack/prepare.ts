import * as pulumi from "@pulumi/pulumi";
import { tryBucket } from "../../cloud/bucket";
import type { ApplicationCredential, CloudAccess } from "../../cloud/access";
import { OpenStackClient } from "../../cloud/client";
import { findApplicationAccess } from "../../cloud/credentials";
import { OpenStackRefusal, OpenStackSilence } from "../../cloud/failures";
import { readInventory } from "../../cloud/inventory";
import { judgePreflight, type CloudWanted } from "../../cloud/preflight";
import type { OpenStackSettings, SecretKey } from "../../settings";
import type { CloudCredential } from "../sources";

/** What settings only name, as plain texts: nothing of the engine may be asked for them. */
export interface PlainSources {
  /** The value of a secret setting, in clear; undefined where it is not set. */
  readonly plainSecret: (key: SecretKey) => string | undefined;
  /** The content of a file that the settings name, by its absolute path. */
  readonly file: (path: string) => string;
}

/**
 * How a stack reaches its cloud, by what its settings say and by nothing else.
 *
 * @throws pulumi.RunError where that is no application credential
 */
export function reachCloud(
  { authUrl, region, applicationCredentialId, cloudsYaml, cloudsYamlEntry }: OpenStackSettings,
  { plainSecret, file }: PlainSources,
): CloudAccess<ApplicationCredential> & { readonly region: string } {
  const found =
    cloudsYaml === undefined
      ? findApplicationAccess({
          explicit: {
            authUrl,
            region,
            applicationCredentialId,
            applicationCredentialSecret: plainSecret("openstackSecret"),
          },
        })
      : findApplicationAccess({
          cloud: cloudsYamlEntry,
          cloudsYaml: { path: cloudsYaml, text: file(cloudsYaml) },
        });
  if ("problem" in found) throw new pulumi.RunError(found.problem);
  const where = region ?? found.access.region;
  if (where === undefined) {
    throw new pulumi.RunError(
      `openstack.region: is required, for clouds.${cloudsYamlEntry} of ${cloudsYaml} has no region_name`,
    );
  }
  return { ...found.access, region: where };
}

/**
 * What OpenStack's clients read from their environment and prefer to what they are told: the provider
 * would log in as somebody else than the settings say.
 */
const foreign = [
  "OS_CLOUD",
  "OS_TOKEN",
  "OS_AUTH_TOKEN",
  "OS_USERNAME",
  "OS_USER_ID",
  "OS_PASSWORD",
  "OS_PASSCODE",
] as const;

/**
 * Refuses an environment that would lead the provider to another cloud or project than the preflight
 * looks at.
 *
 * @throws pulumi.RunError with the variables' names
 */
export function refuseForeign(environment: Readonly<Record<string, string | undefined>>): void {
  const set = foreign.filter((name) => (environment[name] ?? "") !== "");
  if (set.length === 0) return;
  const are = set.length === 1 ? "is" : "are";
  throw new pulumi.RunError(
    `${set.join(", ")} ${are} set, which the provider would log in by, instead of the credential in the settings; start with: env ${set.map((name) => `-u ${name}`).join(" ")} pulumi up (preview, destroy and refresh too)`,
  );
}

/** The same for the program, where the secret is one of Pulumi's. */
export const asCredential = ({
  authUrl,
  region,
  credential: { applicationCredentialId, secret },
}: ReturnType<typeof reachCloud>): CloudCredential => ({
  authUrl,
  region,
  applicationCredentialId,
  applicationCredentialSecret: pulumi.secret(secret),
});

/**
 * Tries the bucket of etcd's backups, where there is one and an update is about to begin: a preview
 * makes nothing, not even an object.
 *
 * @returns why backups would fail; nothing where they would not
 */
export async function tryBackups(
  { etcdBackup }: OpenStackSettings,
  { plainSecret }: PlainSources,
): Promise<readonly string[]> {
  const accessKeyId = plainSecret("etcdBackupAccessKeyId");
  const secretAccessKey = plainSecret("etcdBackupSecretAccessKey");
  if (etcdBackup === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return [];
  }
  const problem = await tryBucket({ ...etcdBackup, accessKeyId, secretAccessKey });
  return problem === undefined ? [] : [`openstack.etcdBackup: ${problem}`];
}

/**
 * Looks whether a stack fits its cloud, before anything is made.
 *
 * @param further what else keeps the stack from being made
 * @returns what could not be judged
 * @throws pulumi.RunError with everything that is short or is not there
 */
export async function preflight(
  wanted: CloudWanted,
  access: CloudAccess,
  further: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    const client = await OpenStackClient.connect(access);
    const [found, others] = await Promise.all([readInventory(client, wanted.cluster), further()]);
    const { problems: judged, warnings } = judgePreflight(wanted, found);
    const problems = [...judged, ...others];
    if (problems.length === 0) return warnings;
    const lines = problems.map((problem) => `  ${problem}`);
    throw new pulumi.RunError(
      [`the stack does not fit its cloud, project ${found.project}:`, ...lines].join("\n"),
    );
  } catch (error) {
    if (error instanceof OpenStackRefusal || error instanceof OpenStackSilence) {
      throw new pulumi.RunError(error.message);
    }
    throw error;
  }
}
