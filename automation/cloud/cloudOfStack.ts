import type { GivenCredential } from "../../cloud/environment";
import type { CloudWanted } from "../../cloud/preflight";
import { openStackOf } from "./credentialOfStack";
import { UserError } from "../userError";

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
export function cloudOfStack(stack: string): CloudOfStack {
  openStackOf(stack);
  throw new UserError(`the settings of ${stack} say nothing of a cluster in OpenStack`);
}
