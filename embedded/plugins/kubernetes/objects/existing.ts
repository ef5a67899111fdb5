import type { JsonObject } from "../../protocol/properties";
import type { Urn } from "../../protocol/urn";
import { describe, referenceOf } from "../cluster";
import type { Settings } from "../settings";
import { isManagedBy, wantsForce } from "./ownership";

/** A resource that sets some fields of an object which is somebody else's, such as `NodePatch`. */
export function isPatch({ type }: Urn): boolean {
  return type.endsWith("Patch");
}

/**
 * Why an object that is there already must not be created; undefined where it may be: it is what
 * an interrupted update of ours left, or the user wants it taken over.
 */
export function existsAlready(
  settings: Settings,
  urn: Urn,
  object: JsonObject,
  live: JsonObject,
  manager: string,
): string | undefined {
  if (settings.upsertExistingObjects || isPatch(urn) || wantsForce(object)) return undefined;
  if (isManagedBy(live, manager)) return undefined;
  return (
    `${describe(referenceOf(object))} is in the cluster already, and is not of this stack; ` +
    "give it another name, delete it, import it with `pulumi import`, keep a renamed resource by " +
    "an alias, or let the provider take it over with upsertExistingObjects"
  );
}
