import { stringAt, type JsonObject } from "../../protocol/properties";
import { ApiError, hasStatus, Unreachable } from "../api";
import { referenceOf, UnknownKind, type ApplyOptions, type Cluster } from "../cluster";
import { applyOver, type Conflict } from "./ownership";
import { saysImmutable } from "./replacement";

/** What the API server says to an object, without anything being changed. */
export type Plan =
  /** It would take it: this is what it would make of it, and what it has now. */
  | {
      readonly kind: "merged";
      readonly live: JsonObject | undefined;
      readonly merged: JsonObject;
      readonly overridden: readonly Conflict[];
    }
  /** It would take it as another object only. */
  | { readonly kind: "immutable"; readonly live: JsonObject | undefined; readonly error: ApiError }
  /** It cannot tell yet, for something that comes first is not there. */
  | { readonly kind: "untried"; readonly why: string };

/**
 * Tries an object by a dry run.
 *
 * @throws what the API server refuses, in its own words
 */
export async function tryOut(
  cluster: Cluster,
  object: JsonObject,
  options: ApplyOptions,
): Promise<Plan> {
  for (let attempt = 1; ; attempt++) {
    const plan = await tryOnce(cluster, object, options);
    // What a controller writes between the two looks is no change of ours.
    if (plan.kind !== "merged" || sameVersion(plan) || attempt === attempts) return plan;
  }
}

const attempts = 4;

function sameVersion({ live, merged }: Extract<Plan, { kind: "merged" }>): boolean {
  const [before, after] = [live, merged].map((one) => stringAt(one, "metadata", "resourceVersion"));
  return before === undefined || before === after;
}

async function tryOnce(cluster: Cluster, object: JsonObject, options: ApplyOptions): Promise<Plan> {
  let live: JsonObject | undefined;
  try {
    live = await cluster.get(referenceOf(object));
    const applied = await applyOver(cluster, object, { ...options, dryRun: true });
    return { kind: "merged", live, merged: applied.object, overridden: applied.overridden };
  } catch (error) {
    if (saysImmutable(error)) return { kind: "immutable", live, error };
    const why = obstacle(error);
    if (why === undefined) throw error;
    return { kind: "untried", why };
  }
}

/** Why a dry run could not be made, where that says nothing about the object. */
function obstacle(error: unknown): string | undefined {
  if (error instanceof UnknownKind || error instanceof Unreachable) return error.message;
  if (!(error instanceof ApiError)) return undefined;
  const { message } = error;
  // Namespace and ServiceAccount come with the same update, rights too.
  if (hasStatus(error, 404) || hasStatus(error, 403)) return message;
  if (hasStatus(error, 400) && message.includes("does not support dry run")) return message;
  // A webhook that is not ready yet comes with the same update as well.
  if (error.status >= 500 && message.includes("failed calling webhook")) return message;
  return undefined;
}
