import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value as JSON knows it; an unknown one is the string {@link unknown}. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** Names of nested keys. Arrays are whole: a secret in one makes the array secret. */
export type KeyPath = readonly string[];

/** What the engine and a provider send each other about a resource. */
export interface Properties {
  /** The values, with no wrapping left in them. */
  readonly value: JsonObject;
  /** Where the values are secret. */
  readonly secrets: readonly KeyPath[];
}

/** No properties at all. */
export const noProperties: Properties = { value: {}, secrets: [] };

// The marks of the engine's wire format.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Stands for a value that a preview cannot know yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const unknowns = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // of type bool
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // of type number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // of type array
  "030794c1-ac77-496b-92df-f27374a8bd58", // of type asset
  "e48ece36-62e2-4504-bad9-02848725956a", // of type archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // of type object
]);

/** Is this value itself unknown? */
export function isUnknown(value: Json | undefined): boolean {
  return typeof value === "string" && unknowns.has(value);
}

/** Is something in this value unknown? */
export function hasUnknown(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isObject(value)) return Object.values(value).some(hasUnknown);
  return isUnknown(value);
}

/** Is this a JSON object, neither null nor an array? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object without some of its keys. */
export function omit(object: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Labels as a selector: `app=web,tier=front`. */
export function selectorText(labels: JsonObject): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : ""}`)
    .join(",");
}

/** The value at a path of keys; undefined where something on the way is missing. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let found = value;
  for (const key of path) found = isObject(found) ? found[key] : undefined;
  return found;
}

/** The string at a path of keys; undefined where there is none. */
export function stringAt(value: Json | undefined, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The number at a path of keys; undefined where there is none. */
export function numberAt(value: Json | undefined, ...path: string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The objects of the list at a path of keys; none where there is no list. */
export function objectsAt(value: Json | undefined, ...path: string[]): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The object at a path of keys; an empty one where there is none. */
export function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** Takes the engine's wrapping off and remembers what was secret. */
export function unseal(struct: Struct | undefined): Properties {
  const secrets: KeyPath[] = [];
  const value = struct ? unwrap(struct.toJavaScript(), [], secrets) : {};
  return { value: isObject(value) ? value : {}, secrets };
}

function unwrap(value: unknown, path: KeyPath, secrets: KeyPath[]): Json {
  if (Array.isArray(value)) return value.map((item) => unwrap(item, path, secrets));
  if (!isObject(value)) return isScalar(value) ? value : null;
  const signature = value[signatureKey];
  if (signature === secretSignature || signature === outputSignature) {
    if (signature === secretSignature || value["secret"] === true) secrets.push(path);
    return "value" in value ? unwrap(value["value"], path, secrets) : unknown;
  }
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    object[key] = unwrap(item, [...path, key], secrets);
  }
  return object;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Puts the engine's wrapping on again; a secret whose place has gone is left out. */
export function seal({ value, secrets }: Properties): Struct {
  const sealed = secrets.reduce<Json>((whole, path) => wrapAt(whole, path), value);
  return Struct.fromJavaScript(isObject(sealed) ? sealed : {});
}

function wrapAt(value: Json, path: KeyPath): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (isObject(value) && value[signatureKey] === secretSignature) return value;
    return { [signatureKey]: secretSignature, value };
  }
  // A parent that is secret already hides all that is in it.
  if (!isObject(value) || value[signatureKey] === secretSignature) return value;
  const item = value[key];
  if (item === undefined) return value;
  return { ...value, [key]: wrapAt(item, rest) };
}

/** Is the place at `path`, or one that holds it, secret? */
export function isSecret(secrets: readonly KeyPath[], path: KeyPath): boolean {
  return secrets.some((secret) => secret.every((key, index) => path[index] === key));
}

/** All secret strings of four characters and more, for {@link redact}. */
export function secretStrings({ value, secrets }: Properties): string[] {
  const found = new Set<string>();
  const collect = (item: Json | undefined): void => {
    if (Array.isArray(item)) item.forEach(collect);
    else if (isObject(item)) Object.values(item).forEach(collect);
    else if (typeof item === "string" && item.length >= 4 && !isUnknown(item)) found.add(item);
  };
  for (const path of secrets) collect(at(value, ...path));
  return [...found].sort((a, b) => b.length - a.length);
}

/** Blots secret strings out of a text that is to be shown, plain ones and base64 ones. */
export function redact(text: string, strings: readonly string[]): string {
  return strings.reduce(
    (shown, secret) =>
      shown
        .replaceAll(secret, "[secret]")
        .replaceAll(Buffer.from(secret).toString("base64"), "[secret]"),
    text,
  );
}
