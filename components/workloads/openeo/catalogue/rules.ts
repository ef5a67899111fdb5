import { dataSourceType } from "./dataSource";
import { isList, isObject, valueAt } from "./shapes";

/** What is wrong with a collection. */
export interface Finding {
  /** Where in it. */
  readonly path: readonly (string | number)[];
  /** What it must be there. */
  readonly message: string;
}

const source = ["_vito", "data_source"];
const virtual = "virtual:merge-by-common-name";

/** What the parts of one collection must have in common for the driver to load it. */
export function partsOfOne(collection: unknown): readonly Finding[] {
  const type = dataSourceType(collection);
  const missing = (path: readonly string[]) => valueAt(collection, path) === undefined;
  const findings: Finding[] = [];
  const need = (holds: boolean, path: readonly (string | number)[], message: string) => {
    if (!holds) findings.push({ path, message });
  };
  const id = valueAt(collection, ["id"]);
  if (type === "sentinel-hub") {
    const dataset = [...source, "dataset_id"];
    // The user names the dataset of this one.
    need(id === "PLANETSCOPE" || !missing(dataset), dataset, "a text");
  }
  if (type === "file-s3" || type === "file-s5p") {
    for (const name of ["x", "y"]) {
      const step = ["cube:dimensions", name, "step"];
      need(!missing(step), deepest(collection, step), `given, with a step: ${type} is read by it`);
    }
  }
  if (type === "file-s5p") {
    const url = [...source, "load_stac_feature_flags", "url"];
    const known = !missing(url) || !missing([...source, "opensearch_endpoint"]);
    need(known, deepest(collection, url), "given, with the address of a STAC collection in url");
  }
  if (type === "testing" && typeof id === "string") {
    const [, columns, rows] = /(\d+)x(\d+)/.exec(id) ?? [];
    const size = columns !== undefined && Number(columns) === Number(rows);
    need(size, ["id"], "a name with the size of a tile, such as TestCollection-4x4");
  }
  return [...findings, ...unnamedRasterBands(collection)];
}

/** The client library takes names from `raster:bands` where there are no other bands. */
function unnamedRasterBands(collection: unknown): readonly Finding[] {
  const summaries = valueAt(collection, ["summaries"]);
  if (!isObject(summaries) || isFilled(summaries["bands"]) || isFilled(summaries["eo:bands"])) {
    return [];
  }
  const bands = summaries["raster:bands"];
  return (isList(bands) ? bands : []).flatMap((band, index) =>
    isObject(band) && typeof band["name"] === "string"
      ? []
      : [{ path: ["summaries", "raster:bands", index], message: "an object with name" }],
  );
}

const isFilled = (value: unknown) => isList(value) && value.length > 0;

/**
 * What collections with one `common_name` must have in common. The backend merges them into one more
 * collection of this name when it starts, and does not start where it cannot.
 */
export function commonNames(collections: readonly unknown[]): readonly (readonly Finding[])[] {
  const described = new Map<unknown, Set<unknown>>();
  for (const collection of collections) {
    const name = valueAt(collection, ["common_name"]);
    const names = described.get(name) ?? new Set();
    for (const band of listAt(collection, ["summaries", "eo:bands"])) {
      names.add(valueAt(band, ["name"]));
    }
    described.set(name, names);
  }
  return collections.map((collection) => {
    const name = valueAt(collection, ["common_name"]);
    const isPlaceholder = dataSourceType(collection) === virtual;
    const isOwn = name === valueAt(collection, ["id"]);
    if (isPlaceholder && !isOwn) {
      return [
        { path: ["common_name"], message: "the collection's own id: it describes the merged one" },
      ];
    }
    if (typeof name !== "string") return [];
    const clash = {
      path: ["common_name"],
      message: "another name than the id: the merged collection has it",
    };
    const undescribed = bandPaths(collection).filter(({ band }) => !described.get(name)?.has(band));
    return [
      ...(isOwn && !isPlaceholder ? [clash] : []),
      ...undescribed.map(({ path }) => ({
        path,
        message: `described in summaries.eo:bands too: collections with a common_name are merged by it`,
      })),
    ];
  });
}

function bandPaths(collection: unknown) {
  const dimensions = valueAt(collection, ["cube:dimensions"]);
  return Object.entries(isObject(dimensions) ? dimensions : {}).flatMap(([name, dimension]) =>
    valueAt(dimension, ["type"]) === "bands"
      ? listAt(dimension, ["values"]).map((band, index) => ({
          band,
          path: ["cube:dimensions", name, "values", index],
        }))
      : [],
  );
}

function listAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, path);
  return isList(found) ? found : [];
}

/** The part of a path that is there, and one step more. */
function deepest(value: unknown, path: readonly string[]): readonly string[] {
  const missing = path.findIndex((_, at) => valueAt(value, path.slice(0, at + 1)) === undefined);
  return missing < 0 ? path : path.slice(0, missing + 1);
}
