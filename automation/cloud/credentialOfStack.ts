import { readFileSync } from "node:fs";
import type { GivenCredential } from "../../cloud/environment";
import type { OpenStackSettings, Settings } from "../../settings/settings";
import { stackSettings } from "../stackSettings";
import { UserError } from "../userError";

/**
 * What a stack's settings say of its cloud.
 *
 * @throws UserError where the settings are wrong, or the stack runs in no cloud
 */
export function openStackOf(stack: string): Settings & { readonly openstack: OpenStackSettings } {
  const { settings } = stackSettings(stack);
  const { openstack, target } = settings;
  if (target !== "openstack" || openstack === undefined) {
    throw new UserError(
      `the stack ${stack} runs on the target ${target}: there is no cloud to look at`,
    );
  }
  return { ...settings, openstack };
}

/**
 * What the settings say of the credential. Its secret is encrypted there, and is not read: it comes
 * from `OS_APPLICATION_CREDENTIAL_SECRET`, or all of it from where OpenStack's clients look.
 */
export function credentialOfStack(openstack: OpenStackSettings): GivenCredential {
  const { cloudsYaml, cloudsYamlEntry, authUrl, region, applicationCredentialId } = openstack;
  if (cloudsYaml !== undefined) {
    const text = readFileSync(cloudsYaml, "utf8");
    return { cloud: cloudsYamlEntry, cloudsYaml: { path: cloudsYaml, text } };
  }
  return applicationCredentialId === undefined
    ? {}
    : { explicit: { authUrl, region, applicationCredentialId } };
}
