import { objectAt, type JsonObject } from "../../protocol/properties";
import { describe, referenceOf, type Cluster } from "../cluster";
import { decodeYaml } from "../decodeYaml";
import { compare, essence } from "../objects/compare";
import { allByHand, conflicts } from "../objects/ownership";
import { toApi } from "../objects/shape";

/** The manager under which helm's objects are set right. */
const manager = "helm";
const atOnce = 8;

/** One rendered object that is not as the release wants it. */
export interface Drift {
  readonly object: JsonObject;
  /** For messages: object and fields. */
  readonly text: string;
}

/** The objects of a manifest, each with its namespace, none twice. */
export async function renderedObjects(
  cluster: Cluster,
  manifest: string,
  namespace: string,
): Promise<JsonObject[]> {
  const objects = decodeYaml(manifest).filter((object) => typeof object["kind"] === "string");
  return Promise.all(
    objects.map(async (object) => {
      const reference = referenceOf(object);
      const found = await cluster.namespaceOf({
        ...reference,
        namespace: reference.namespace ?? namespace,
      });
      if (found === undefined) return object;
      return { ...object, metadata: { ...objectAt(object, "metadata"), namespace: found } };
    }),
  );
}

/** The objects that a person has edited or deleted. */
export async function findDrift(
  cluster: Cluster,
  objects: readonly JsonObject[],
): Promise<Drift[]> {
  const found: Drift[] = [];
  for (let first = 0; first < objects.length; first += atOnce) {
    const some = objects.slice(first, first + atOnce);
    const drifts = await Promise.all(some.map((object) => driftOf(cluster, object)));
    found.push(...drifts.flatMap((drift) => drift ?? []));
  }
  return found;
}

async function driftOf(cluster: Cluster, rendered: JsonObject): Promise<Drift | undefined> {
  const object = toApi(rendered);
  const reference = referenceOf(object);
  const name = describe(reference);
  const live = await cluster.get(reference);
  if (!live) return { object, text: `${name} was deleted` };
  try {
    const wanted = await cluster.apply(object, { manager, dryRun: true });
    const paths = compare(essence(live), essence(wanted)).map(({ path }) => path);
    return paths.length > 0
      ? { object, text: `${name}: ${paths.slice(0, 4).join(", ")}` }
      : undefined;
  } catch (error) {
    const edits = conflicts(error).filter((conflict) => allByHand([conflict]));
    // What controllers have set is theirs, and what cannot be tried is not judged.
    if (edits.length === 0) return undefined;
    const fields = edits.map((edit) => `${edit.field.replace(/^\./, "")} by ${edit.manager}`);
    return { object, text: `${name}: ${fields.slice(0, 4).join(", ")}` };
  }
}

/**
 * Sets right what an upgrade has left as it was: helm compares the manifests of two revisions, and
 * of custom objects nothing else.
 *
 * @returns what could not be set right
 */
export async function mend(cluster: Cluster, drifts: readonly Drift[]): Promise<string[]> {
  const left: string[] = [];
  for (const { object, text } of drifts) {
    try {
      await cluster.apply(object, { manager, force: true });
    } catch (error) {
      left.push(`${text}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return left;
}

/** Names of the objects by kind, as the official plugin groups them. */
export function resourceNames(objects: readonly JsonObject[]): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const object of objects) {
    const { apiVersion, kind, namespace, name } = referenceOf(object);
    const [group] = apiVersion.includes("/") ? apiVersion.split("/") : [""];
    const key = `${group ? `${kind}.${group}` : kind}/${apiVersion}`;
    const names = grouped.get(key) ?? [];
    grouped.set(key, [...names, namespace === undefined ? name : `${namespace}/${name}`].sort());
  }
  return Object.fromEntries([...grouped].sort(([a], [b]) => a.localeCompare(b)));
}

/** The objects by name, for the release's output. */
export function manifestByName(objects: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(
    objects.map((object) => {
      const { apiVersion, kind, namespace, name } = referenceOf(object);
      const key = [namespace, kind.toLowerCase(), apiVersion, name].filter(Boolean).join("/");
      return [key, object];
    }),
  );
}
