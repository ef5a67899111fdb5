import { isObject, omit, type Json, type JsonObject } from "../../protocol/properties";
import { referenceOf, type Cluster } from "../cluster";
import { keysOf } from "./compare";

/**
 * What the user wants left alone is applied with the value that it has in the cluster: so whoever
 * changes it keeps it.
 */
export async function respectIgnored(
  cluster: Cluster,
  object: JsonObject,
  ignoreChanges: readonly string[],
): Promise<JsonObject> {
  if (ignoreChanges.length === 0) return object;
  const live = await cluster.get(referenceOf(object));
  if (!live) return object;
  return ignoreChanges.reduce<JsonObject>((result, path) => {
    const keys = keysOf(path);
    const taken = keys ? take(result, live, keys) : result;
    return isObject(taken) ? taken : result;
  }, object);
}

function take(
  value: Json | undefined,
  live: Json | undefined,
  [key, ...rest]: string[],
): Json | undefined {
  if (key === undefined) return live;
  if (Array.isArray(value) && Array.isArray(live)) {
    return value.map((item, index) =>
      String(index) === key ? (take(item, live[index], rest) ?? item) : item,
    );
  }
  if (!isObject(value) || !isObject(live)) return value;
  // What neither has is not to be made up.
  if (!(key in value)) return value;
  const taken = take(value[key], live[key], rest);
  return taken === undefined ? omit(value, key) : { ...value, [key]: taken };
}
