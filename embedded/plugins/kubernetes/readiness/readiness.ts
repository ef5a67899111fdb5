import type { JsonObject } from "../../protocol/properties";
import type { Reference } from "../cluster";

/** Is an object ready for those that depend on it? */
export type Readiness =
  | { readonly state: "ready" }
  /** Not yet: what is missing. */
  | { readonly state: "waiting"; readonly message: string }
  /** Never, unless it is changed: why. */
  | { readonly state: "failed"; readonly message: string };

/** Looks at other objects, for those whose readiness lies there. */
export interface Surroundings {
  list(
    kind: Pick<Reference, "apiVersion" | "kind" | "namespace">,
    selector: { labels?: string; fields?: string },
  ): Promise<JsonObject[]>;
  get(reference: Reference): Promise<JsonObject | undefined>;
  /** How long it has been waited for, in milliseconds. */
  readonly waitedMs: number;
}

/** Judges the object as it is now. */
export type Judge = (live: JsonObject, around: Surroundings) => Readiness | Promise<Readiness>;

export const ready: Readiness = { state: "ready" };

export function waiting(message: string): Readiness {
  return { state: "waiting", message };
}

export function failed(message: string): Readiness {
  return { state: "failed", message };
}
