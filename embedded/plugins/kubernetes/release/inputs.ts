import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
  isObject,
  numberAt,
  objectAt,
  stringAt,
  type Json,
  type JsonObject,
} from "../../protocol/properties";
import type { CheckRequest } from "../../protocol/provider";
import { digits } from "../objects/naming";

/** What a release is made of; the names are those of `kubernetes.helm.v3.Release`. */
export interface ReleaseInputs {
  readonly name: string;
  readonly namespace: string;
  readonly chart: ChartSource;
  readonly values: JsonObject;
  /** In seconds. */
  readonly timeout: number;
  /** The switches that are on. */
  readonly flags: ReadonlySet<Flag>;
  /** Revisions to keep; undefined: helm's own choice. */
  readonly maxHistory: number | undefined;
  readonly description: string | undefined;
  readonly postrender: string | undefined;
  readonly keyring: string | undefined;
}

/** Where a chart comes from. */
export interface ChartSource {
  /** A folder, an archive, an `oci://` address, or a name in the repository. */
  readonly chart: string;
  readonly version: string | undefined;
  readonly repo: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
}

const flags = [
  "atomic",
  "cleanupOnFail",
  "createNamespace",
  "dependencyUpdate",
  "devel",
  "disableCRDHooks",
  "disableOpenapiValidation",
  "disableWebhooks",
  "forceUpdate",
  "lint",
  "renderSubchartNotes",
  "resetValues",
  "reuseValues",
  "skipAwait",
  "skipCrds",
  "takeOwnership",
  "verify",
  "waitForJobs",
] as const;
type Flag = (typeof flags)[number];

/** The official plugin's; in seconds. */
const defaultTimeout = 300;

/** Reads the inputs that a check has completed. */
export function releaseInputs(value: JsonObject): ReleaseInputs {
  const text = (...path: string[]) => stringAt(value, ...path) || undefined;
  return {
    name: text("name") ?? "",
    namespace: text("namespace") ?? "",
    chart: {
      chart: text("chart") ?? "",
      version: text("version"),
      repo: text("repositoryOpts", "repo"),
      username: text("repositoryOpts", "username"),
      password: text("repositoryOpts", "password"),
      caFile: text("repositoryOpts", "caFile"),
      certFile: text("repositoryOpts", "certFile"),
      keyFile: text("repositoryOpts", "keyFile"),
    },
    values: objectAt(value, "values"),
    timeout: numberAt(value, "timeout") ?? defaultTimeout,
    flags: new Set(flags.filter((flag) => value[flag] === true)),
    maxHistory: numberAt(value, "maxHistory"),
    description: text("description"),
    postrender: text("postrender"),
    keyring: text("keyring"),
  };
}

// What the SDK sends beside the arguments, and what is output only.
const notInputs = [
  "compat",
  "manifest",
  "resourceNames",
  "status",
  "allowNullValues",
  "valueYamlFiles",
];

/**
 * The program's arguments with name, namespace and timeout filled in, and values from files under
 * those of the program.
 */
export function completeInputs(
  { urn, olds, news, seed }: CheckRequest,
  defaultNamespace: string,
): JsonObject {
  const entries = Object.entries(news.value).filter(
    ([key, value]) => value !== null && !notInputs.includes(key),
  );
  const given: JsonObject = Object.fromEntries(entries);
  const files = valueFiles(news.value["valueYamlFiles"]);
  const values = [...files, objectAt(given, "values")].reduce(merge, {});
  const former = olds ? stringAt(olds.value, "name") : undefined;
  return {
    timeout: defaultTimeout,
    ...given,
    ...("values" in given && !isObject(given["values"]) ? {} : { values }),
    name: given["name"] || former || `${urn.name}-${digits(urn, seed)}`,
    namespace: given["namespace"] || defaultNamespace,
  };
}

/** Assets: files, or texts the program has made. */
function valueFiles(assets: Json | undefined): JsonObject[] {
  if (!Array.isArray(assets)) return [];
  return assets.filter(isObject).map((asset) => {
    const file = stringAt(asset, "path");
    const text = file ? readFileSync(file, "utf8") : (stringAt(asset, "text") ?? "");
    const value: unknown = parse(text);
    return isObject(value) ? value : {};
  });
}

function merge(under: JsonObject, over: JsonObject): JsonObject {
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return result;
}
