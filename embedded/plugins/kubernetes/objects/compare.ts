import { isDeepStrictEqual } from "node:util";
import {
  isObject,
  isUnknown,
  objectAt,
  omit,
  type Json,
  type JsonObject,
} from "../../protocol/properties";

/** How one place differs. */
export interface Difference {
  /** Pulumi's notation: `spec.ports[0].port`, `metadata.annotations["a.b/c"]`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** What must happen to `before` to become `after`; an unknown value counts as an update. */
export function compare(
  before: Json | undefined,
  after: Json | undefined,
  path = "",
): Difference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => compare(before[key], after[key], join(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const places = [...Array(Math.max(before.length, after.length)).keys()];
    return places.flatMap((index) => compare(before[index], after[index], `${path}[${index}]`));
  }
  if (isUnknown(after) || !isDeepStrictEqual(before, after)) return [{ path, kind: "update" }];
  return [];
}

/** A path with one key more. */
export function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The keys of a path; undefined for one with wildcards. */
export function keysOf(path: string): string[] | undefined {
  const keys = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  if (keys.some(([key]) => key === "*") || path.includes("[*]")) return undefined;
  return keys.map(([, quoted, index, plain]) => quoted ?? index ?? plain ?? "");
}

// What the server keeps for itself, and what others report.
const bookkeeping = ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"];

/** An object without what changes by itself: bookkeeping and status. */
export function essence(object: JsonObject): JsonObject {
  const metadata = omit(objectAt(object, "metadata"), ...bookkeeping);
  return { ...omit(object, "status"), metadata };
}

/** What Kubernetes' lists of objects are keyed by, the first that all elements have. */
const listKeys = ["name", "key", "mountPath", "containerPort", "port", "type", "ip"];

/**
 * The inputs as they would have to be written for the object to be as it is: where `live` differs
 * from `wanted`, which the server made of the inputs, its value is taken; elsewhere the inputs'
 * own spelling stays (`1000m` and `1` are the same CPU).
 */
export function reflect(
  input: Json,
  live: Json | undefined,
  wanted: Json | undefined,
): Json | undefined {
  if (isDeepStrictEqual(live, wanted)) return input;
  if (isObject(input) && isObject(live)) {
    const result: JsonObject = {};
    for (const [key, value] of Object.entries(input)) {
      const found = reflect(value, live[key], isObject(wanted) ? wanted[key] : undefined);
      if (found !== undefined) result[key] = found;
    }
    return result;
  }
  if (Array.isArray(input) && Array.isArray(live)) {
    return reflectList(input, live, Array.isArray(wanted) ? wanted : []);
  }
  return live;
}

function reflectList(input: Json[], live: Json[], wanted: Json[]): Json[] {
  const key = listKeys.find((name) =>
    [input, live].every((list) => list.every((item) => isObject(item) && name in item)),
  );
  if (key === undefined) return live;
  const find = (list: Json[], item: Json) =>
    list.find(
      (other) => isObject(other) && isObject(item) && isDeepStrictEqual(other[key], item[key]),
    );
  return input.flatMap((item) => {
    const found = find(live, item);
    const reflected = found === undefined ? undefined : reflect(item, found, find(wanted, item));
    return reflected === undefined ? [] : [reflected];
  });
}
