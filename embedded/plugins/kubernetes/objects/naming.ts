import { createHash, randomBytes } from "node:crypto";
import { isObject, objectAt, stringAt, type JsonObject } from "../../protocol/properties";
import type { Autonaming } from "../../protocol/provider";
import type { Urn } from "../../protocol/urn";

const autonamed = "pulumi.com/autonamed";

/** Was the name made up, so that a replacement can get another one? */
export function isAutonamed(object: JsonObject): boolean {
  return stringAt(object, "metadata", "annotations", autonamed) === "true";
}

export interface NamingRequest {
  readonly urn: Urn;
  readonly olds: JsonObject | undefined;
  readonly seed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

/**
 * Gives inputs without a name the former made-up name, or a new one: the resource's own name and
 * eight random digits, as the official plugin does.
 *
 * @throws where the stack's configuration forbids made-up names
 */
export function withName(inputs: JsonObject, request: NamingRequest): JsonObject {
  if (!isObject(inputs["metadata"] ?? {})) return inputs;
  const metadata = objectAt(inputs, "metadata");
  if (metadata["name"] !== undefined && metadata["name"] !== null && metadata["name"] !== "")
    return inputs;
  const name = chooseName(request);
  const annotations = { ...objectAt(metadata, "annotations"), [autonamed]: "true" };
  return { ...inputs, metadata: { ...metadata, name, annotations } };
}

function chooseName({ urn, olds, seed, autonaming }: NamingRequest): string {
  const former = olds && isAutonamed(olds) ? stringAt(olds, "metadata", "name") : undefined;
  if (former !== undefined) return former;
  if (autonaming?.mode === "disable") {
    throw new Error("the stack's configuration forbids made-up names; set metadata.name");
  }
  return autonaming?.name || `${urn.name}-${digits(urn, seed)}`;
}

/** Eight hexadecimal digits; the same for the same plan. */
export function digits(urn: Urn, seed: Uint8Array): string {
  const salt = seed.length > 0 ? seed : randomBytes(16);
  return createHash("sha256").update(salt).update(urn.text).digest("hex").slice(0, 8);
}
