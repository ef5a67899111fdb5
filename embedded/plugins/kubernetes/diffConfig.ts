import { isDeepStrictEqual } from "node:util";
import { isUnknown, type JsonObject } from "../protocol/properties";
import type { ConfigRequest, DiffResult, PropertyChange } from "../protocol/provider";
import { activeCluster } from "./connection";

/** What says which cluster is meant. */
const choosing = ["kubeconfig", "context", "cluster"];
const identifier = "clusterIdentifier";

/**
 * Another cluster means other objects: the provider, and with it all that it has made, is replaced. As
 * the official plugin has it (v4.32, `DiffConfig`):
 *
 * - another `clusterIdentifier` is another cluster, the same one is the same, whatever else changes;
 * - without one, or where it comes or goes, a kubeconfig, context or cluster that is not known yet
 *   counts as another, and so does another entry of the cluster in the kubeconfig.
 *
 * @throws where a kubeconfig cannot be read
 */
export function diffConfig(request: ConfigRequest): DiffResult {
  const [olds, news] = [request.olds.value, request.news.value];
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = keys.filter((key) => !isDeepStrictEqual(olds[key], news[key]));
  const replacing = new Set(changed.length === 0 ? [] : replacingKeys(olds, news, changed));
  const changes = changed.map((key): [string, PropertyChange] => [
    key,
    { kind: "update", replace: replacing.has(key), inputDiff: true },
  ]);
  return { changes: new Map(changes), deleteBeforeReplace: false };
}

function replacingKeys(olds: JsonObject, news: JsonObject, changed: string[]): string[] {
  const [before, after] = [olds[identifier] ?? undefined, news[identifier] ?? undefined];
  const identified = before !== undefined && after !== undefined;
  const other = identified && changed.includes(identifier) ? [identifier] : [];
  const late = choosing.find((key) => isUnknown(news[key]));
  const chosen = late === undefined ? otherCluster(olds, news, changed) : [late];
  return identified && other.length === 0 ? [] : [...other, ...chosen];
}

function otherCluster(olds: JsonObject, news: JsonObject, changed: string[]): string[] {
  const [before, after] = [activeCluster(olds), activeCluster(news)];
  if (before === undefined || after === undefined || isDeepStrictEqual(before, after)) return [];
  return choosing.filter((key) => changed.includes(key));
}
