import { createHash } from "node:crypto";
import { objectAt, objectsAt, stringAt, type JsonObject } from "../../protocol/properties";
import type { Urn } from "../../protocol/urn";
import { ApiError, hasStatus, type Cause } from "../api";
import { describe, referenceOf, type ApplyOptions, type Cluster } from "../cluster";
import { saysImmutable } from "./replacement";

/**
 * The field manager of a resource: of its own, so that two stacks, or two resources of one, which
 * describe the same object are told so; and always the same, so that an update which was
 * interrupted finds its own work again.
 */
export function fieldManager({ text }: Urn): string {
  return `pulumi-kubernetes-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}

/** A field that somebody else has set to another value. */
export interface Conflict {
  readonly field: string;
  readonly manager: string;
}

// A person's edits are drift; a controller's are its work.
const byHand = /^(kubectl($|-)|before-first-apply$|pulumi-kubernetes$|pulumi-resource-kubernetes$)/;

/** The fields that somebody else manages. */
export function conflicts(error: unknown): Conflict[] {
  if (!(error instanceof ApiError) || error.status !== 409) return [];
  return error.causes
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ field, message }: Cause) => ({
      field,
      manager: /conflict with "([^"]+)"/.exec(message)?.[1] ?? "an unnamed manager",
    }));
}

/** Are these all edits by a person at a terminal? */
export function allByHand(found: readonly Conflict[]): boolean {
  return found.length > 0 && found.every(({ manager }) => byHand.test(manager));
}

/** Others manage fields that the program sets too. */
export class ConflictError extends Error {
  constructor(object: JsonObject, ownManager: string, found: readonly Conflict[]) {
    const fields = found.map(({ field, manager }) => `${field} is managed by "${manager}"`);
    super(
      `${describe(referenceOf(object))}: conflict of field managers: ${fields.join("; ")}; ` +
        `ours is "${ownManager}"; leave these fields out of the program (or name them in ` +
        `ignoreChanges), or take them with the annotation pulumi.com/patchForce: "true"`,
    );
  }
}

/** What an apply made, and whose edits it took back. */
export interface Applied {
  readonly object: JsonObject;
  readonly overridden: readonly Conflict[];
}

/**
 * Applies an object. Edits by a person are taken back; what other programs manage is theirs.
 *
 * @throws ConflictError where another program manages a field; what else the server refuses
 */
export async function applyOver(
  cluster: Cluster,
  object: JsonObject,
  options: ApplyOptions,
): Promise<Applied> {
  const forced = options.force === true || wantsForce(object);
  try {
    return { object: await cluster.apply(object, { ...options, force: forced }), overridden: [] };
  } catch (error) {
    const found = conflicts(error);
    if (found.length === 0) return replaceLists(cluster, object, options, error);
    if (!allByHand(found)) throw new ConflictError(object, options.manager, found);
    return { object: await cluster.apply(object, { ...options, force: true }), overridden: found };
  }
}

/**
 * A person may have changed the key of a list's element, such as the number of a Service's port:
 * merging adds ours to theirs, and the server refuses the two. Then the lists are set as a whole.
 *
 * @throws the server's own error where no person has had a hand in the object
 */
async function replaceLists(
  cluster: Cluster,
  object: JsonObject,
  options: ApplyOptions,
  error: unknown,
): Promise<Applied> {
  const problem = error instanceof Error ? error : new Error(String(error));
  if (!hasStatus(error, 422) || saysImmutable(error)) throw problem;
  const live = await cluster.get(referenceOf(object));
  const editors = live ? managersOf(live).filter((manager) => byHand.test(manager)) : [];
  if (!live || !isManagedBy(live, options.manager) || editors.length === 0) throw problem;
  // What is wrong with the program itself is refused here as well, with the same words.
  const patched = await cluster.mergePatch(object, options);
  const overridden = editors.map((manager) => ({ field: "", manager }));
  if (options.dryRun) return { object: patched, overridden };
  await cluster.apply(object, { ...options, force: true });
  return { object: await forgetUpdates(cluster, object, options.manager), overridden };
}

/** The fields are owned by having been applied; that they were also patched must not keep them. */
async function forgetUpdates(
  cluster: Cluster,
  object: JsonObject,
  manager: string,
): Promise<JsonObject> {
  const live = (await cluster.get(referenceOf(object))) ?? object;
  const managedFields = objectsAt(live, "metadata", "managedFields").filter(
    (entry) => entry["manager"] !== manager || entry["operation"] !== "Update",
  );
  const { apiVersion = "", kind = "" } = live;
  const { name = "", namespace = "" } = objectAt(live, "metadata");
  const metadata: JsonObject = { name, ...(namespace ? { namespace } : {}), managedFields };
  return cluster.mergePatch({ apiVersion, kind, metadata }, { manager });
}

/** Does the object itself ask for other managers' fields? */
export function wantsForce(object: JsonObject): boolean {
  return stringAt(object, "metadata", "annotations", "pulumi.com/patchForce") === "true";
}

/** Has this manager had a hand in the object? */
export function isManagedBy(live: JsonObject, manager: string): boolean {
  return managersOf(live).includes(manager);
}

function managersOf(live: JsonObject): string[] {
  return objectsAt(live, "metadata", "managedFields").flatMap(
    (entry) => stringAt(entry, "manager") ?? [],
  );
}
