import { readTemplate } from "../../components/image/readTemplate";
import type { GivenCredential } from "../../cloud/environment";
import type { CloudWanted } from "../../cloud/preflight";
import { cloudWanted } from "../../platform/openstack/wanted";
import { findPacker } from "../../tools/packer";
import { template } from "../nodeImage/imageOfStack";
import { credentialOfStack, openStackOf } from "./credentialOfStack";

/** What the preflight of a stack looks at. */
export interface CloudOfStack {
  /** What the settings say of the credential. */
  readonly credential: GivenCredential;
  readonly wanted: CloudWanted;
}

/**
 * What a stack is about to have in its cloud, by its settings.
 *
 * @throws UserError where the settings are wrong, or the stack runs in no cloud
 */
export async function cloudOfStack(stack: string): Promise<CloudOfStack> {
  const settings = openStackOf(stack);
  return {
    credential: credentialOfStack(settings.openstack),
    wanted: cloudWanted(stack, settings, settings.openstack, {
      template: () => readTemplate(template),
      packer: settings.openstack.image.build ? (await findPacker())?.version : undefined,
    }),
  };
}
