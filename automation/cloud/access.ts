import { homedir } from "node:os";
import { OpenStackClient } from "../../cloud/client";
import { findAccess } from "../../cloud/credentials";
import { credentialSources, type GivenCredential } from "../../cloud/environment";
import { OpenStackRefusal, OpenStackSilence } from "../../cloud/failures";
import type { ApplicationCredential, CloudAccess } from "../../cloud/access";
import { findApplicationAccess } from "../../cloud/credentials";
import { UserError } from "../userError";

const sourcesOf = (given: GivenCredential) =>
  credentialSources(given, { env: process.env, folder: process.cwd(), home: homedir() });

/**
 * A client of a cloud, by any credential, and what the user should know of it.
 *
 * @throws UserError where there is no credential, or the cloud does not take it
 */
export async function connect(
  given: GivenCredential,
): Promise<{ readonly client: OpenStackClient; readonly notes: readonly string[] }> {
  const found = findAccess(sourcesOf(given));
  if ("problem" in found) throw new UserError(found.problem);
  const client = await told(() => OpenStackClient.connect(found.access));
  return { client, notes: found.notes };
}

/**
 * How a cloud is reached by an application credential.
 *
 * @throws UserError where there is none
 */
export function applicationAccess(given: GivenCredential): CloudAccess<ApplicationCredential> {
  const found = findApplicationAccess(sourcesOf(given));
  if ("problem" in found) throw new UserError(found.problem);
  return found.access;
}

/** What a cloud says is told to the user as it is. */
export async function told<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OpenStackRefusal || error instanceof OpenStackSilence) {
      throw new UserError(error.message);
    }
    throw error;
  }
}
