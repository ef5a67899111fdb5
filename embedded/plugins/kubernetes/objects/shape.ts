import {
  isObject,
  omit,
  unknown,
  type Json,
  type JsonObject,
  type KeyPath,
} from "../../protocol/properties";

/** Is it a core Secret? Its data is secret whatever the program says. */
export function isSecretObject(object: JsonObject): boolean {
  return object["apiVersion"] === "v1" && object["kind"] === "Secret";
}

/** The places of a Secret's data. */
export const secretData: readonly KeyPath[] = [["data"], ["stringData"]];

/** The inputs as the API server reads them. */
export function toApi(inputs: JsonObject): JsonObject {
  // Some states hold the provider's own notes among the inputs.
  const own = Object.keys(inputs).filter((key) => key.startsWith("__"));
  const object = withoutNulls(omit(inputs, ...own));
  const shaped = isSecretObject(object) ? withDataOnly(object) : object;
  return object["kind"] === "CustomResourceDefinition"
    ? renameKeys(shaped, /^x_kubernetes_/, "_", "-")
    : shaped;
}

/** A live object as the SDK reads it; what managers own is of no use to a program. */
export function fromApi(live: JsonObject): JsonObject {
  const metadata = isObject(live["metadata"]) ? { ...live["metadata"] } : {};
  delete metadata["managedFields"];
  const object = { ...live, metadata };
  return live["kind"] === "CustomResourceDefinition"
    ? renameKeys(object, /^x-kubernetes-/, "-", "_")
    : object;
}

function withoutNulls(object: JsonObject): JsonObject {
  const clean = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(clean);
    return isObject(value) ? withoutNulls(value) : value;
  };
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, clean(value)]));
}

/** The server writes `stringData` into `data`; ownership is only kept of what is really there. */
function withDataOnly({ stringData, ...object }: JsonObject): JsonObject {
  if (!isObject(stringData)) return object;
  const data = isObject(object["data"]) ? { ...object["data"] } : {};
  for (const [key, value] of Object.entries(stringData)) {
    if (value === unknown) data[key] = unknown;
    else if (typeof value === "string") data[key] = Buffer.from(value).toString("base64");
  }
  return { ...object, data };
}

/** Gives a Secret's data back the form that the inputs have it in. */
export function likeInputs(reflected: JsonObject, inputs: JsonObject): JsonObject {
  const { stringData } = inputs;
  const { data, ...object } = reflected;
  if (!isObject(stringData) || !isObject(data)) return reflected;
  const plain: JsonObject = {};
  const encoded: JsonObject = {};
  for (const [key, value] of Object.entries(data)) {
    if (key in stringData && typeof value === "string") {
      plain[key] = Buffer.from(value, "base64").toString("utf8");
    } else encoded[key] = value;
  }
  const result: JsonObject = { ...object, stringData: plain };
  return Object.keys(encoded).length > 0 || "data" in inputs
    ? { ...result, data: encoded }
    : result;
}

/** TypeScript has no dashes in names: `x_kubernetes_map_type` is `x-kubernetes-map-type`. */
function renameKeys(object: JsonObject, which: RegExp, from: string, to: string): JsonObject {
  const renamed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(renamed);
    return isObject(value) ? renameKeys(value, which, from, to) : value;
  };
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      which.test(key) ? key.replaceAll(from, to) : key,
      renamed(value),
    ]),
  );
}

/** A dry run's object, where what the server makes up each time anew is unknown. */
export function foreseen(merged: JsonObject, inputs: JsonObject): JsonObject {
  const object = omit(fromApi(merged), "status");
  const metadata = isObject(object["metadata"]) ? { ...object["metadata"] } : {};
  for (const key of ["uid", "creationTimestamp", "resourceVersion"]) metadata[key] = unknown;
  if (object["kind"] !== "Service" || !isObject(object["spec"])) return { ...object, metadata };
  const spec = { ...object["spec"] };
  const given = isObject(inputs["spec"]) ? inputs["spec"] : {};
  for (const key of ["clusterIP", "clusterIPs"]) if (!(key in given)) spec[key] = unknown;
  return { ...object, metadata, spec };
}
