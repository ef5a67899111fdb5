import { z } from "zod";
import {
  address,
  anyText,
  dependent,
  flag,
  isObject,
  list,
  object,
  text,
  textLike,
} from "./shapes";

const files = { data_glob: text, date_regex: text };

/**
 * Where the driver can take data from, and what it cannot do without.
 *
 * Source: `openeogeotrellis/layercatalog.py` of Open-EO/openeo-geopyspark-driver, commit 9baf2e10
 * (2026-08). Of `creo` it says itself that its reader is gone; older images have it.
 */
const sources: Readonly<Record<string, z.ZodRawShape>> = {
  "file-s2": {},
  "file-s1-coherence": {},
  "file-oscars": {},
  cgls_oscars: {},
  "file-probav": {},
  "file-s3": {},
  "file-s5p": {},
  "file-cgls2": files,
  "file-agera5": files,
  "file-glob": files,
  "file-globspatialonly": { data_glob: text },
  geotiff: { glob_pattern: text, date_regex: text },
  "sentinel-hub": { endpoint: address },
  "creodias-s1-backscatter": {},
  stac: { url: text },
  accumulo: { data_id: text },
  creo: { mission: text, level: text },
  testing: {},
  merged_by_common_name: { merged_collections: list(text, "a list of collection ids") },
  "virtual:merge-by-common-name": {},
};

/** The driver takes the other types in any case. */
const inThisCase: readonly string[] = ["merged_by_common_name", "virtual:merge-by-common-name"];

/** The types of data sources that the driver knows. */
export const dataSourceTypes: readonly string[] = Object.keys(sources);

/** The type of a collection's data source as the driver reads it. */
export function dataSourceType(collection: unknown): string | undefined {
  const own = isObject(collection) ? collection["_vito"] : undefined;
  const source = isObject(own) ? own["data_source"] : undefined;
  return knownType(source);
}

function knownType(source: unknown): string | undefined {
  const given = isObject(source) ? source["type"] : undefined;
  if (typeof given !== "string") return undefined;
  const type = given.toLowerCase();
  const inOtherCase = type !== given && inThisCase.includes(type);
  return Object.hasOwn(sources, type) && !inOtherCase ? type : undefined;
}

const allowed = `one of ${dataSourceTypes.join(", ")}`;
const type = z
  .string({ error: allowed })
  .refine((given) => knownType({ type: given }) !== undefined, { error: allowed });

/** Keys of every data source. The driver finds out what is left out of `opensearch_*`. */
const common = {
  type,
  opensearch_collection_id: anyText.optional(),
  opensearch_endpoint: textLike(/^$|^https?:\/\/\S+$/, "an http:// or https:// address").optional(),
  "provider:backend": text.optional(),
  is_utm: flag.optional(),
  sar_backscatter_compatible: flag.optional(),
};

const schemas = new Map(
  Object.entries(sources).map(([name, own]) => [name, schema({ ...common, ...own })]),
);
const untyped = schema(common);

function schema(shape: z.ZodRawShape): z.ZodType {
  return object(shape, "an object with type");
}

/** Where the data of a collection come from. */
export const dataSource = dependent((value) => schemas.get(knownType(value) ?? "") ?? untyped);
