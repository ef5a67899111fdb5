import { schemaNode, type SchemaNode } from "./schema";
import { secretKeys, secretSettings } from "./secrets";
import { targets, type Target } from "./target";
import { keyOf } from "./wording";

/** One setting, as the documentation tells of it. */
export interface SettingReference {
  /** Its key: `openeo.executor.instances`. */
  readonly key: string;
  readonly description: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** Its default: one for all targets, or one a target; `undefined` where there is none. */
  readonly defaults: Readonly<Record<Target, unknown>>;
  /** The targets that it is required for. */
  readonly required: readonly Target[];
  readonly secret: boolean;
}

/** Every setting that holds a value of its own, in the order of the schema; secrets last. */
export function settingsReference(): readonly SettingReference[] {
  const plain = leaves(schemaNode("local"), []).map((path) => plainReference(path));
  const secret = secretKeys.map((key) => ({
    key,
    description: secretSettings[key].description,
    allowed: "a text",
    defaults: ofTargets(() => undefined),
    required: [],
    secret: true,
  }));
  return [...plain, ...secret];
}

function leaves(node: SchemaNode, path: readonly string[]): readonly (readonly string[])[] {
  if (node.type !== "object") return [path];
  return Object.entries(node.properties ?? {}).flatMap(([key, part]) =>
    leaves(part, [...path, key]),
  );
}

function plainReference(path: readonly string[]): SettingReference {
  const found = (target: Target) => lookUp(schemaNode(target), path);
  const { node } = found("local");
  return {
    key: keyOf(path),
    description: node.description ?? "",
    allowed: node.allowed ?? node.type ?? "",
    defaults: ofTargets((target) => found(target).node.default),
    required: targets.filter((target) => found(target).required),
    secret: false,
  };
}

function lookUp(
  root: SchemaNode,
  path: readonly string[],
): { node: SchemaNode; required: boolean } {
  let node = root;
  let required = false;
  for (const key of path) {
    required = node.required?.includes(key) ?? false;
    node = node.properties?.[key] ?? {};
  }
  return { node, required };
}

const ofTargets = <T>(value: (target: Target) => T): Readonly<Record<Target, T>> => ({
  local: value("local"),
  minikube: value("minikube"),
  existing: value("existing"),
  openstack: value("openstack"),
});

/** A key of `config:` in `Pulumi.yaml`. */
export interface ProjectConfigKey {
  readonly type?: string;
  readonly description: string;
  readonly secret?: true;
  readonly default: unknown;
}

/**
 * What `config:` in `Pulumi.yaml` has to say. The engine demands a value of every key that has no
 * default, and refuses a typed secret that has one; so all have an empty default, and secrets no type.
 */
export function projectConfig(): Readonly<Record<string, ProjectConfigKey>> {
  const plain = Object.entries(schemaNode("local").properties ?? {}).map(([key, node]) => {
    const type = node.type ?? "string";
    const { description = "" } = node;
    return [key, { type, description, default: type === "object" ? {} : "" }] as const;
  });
  const secret = secretKeys.map((key) => {
    const { description } = secretSettings[key];
    return [key, { secret: true, description, default: "" }] as const;
  });
  return Object.fromEntries<ProjectConfigKey>([...plain, ...secret]);
}

/** A JSON Schema of stack files (`Pulumi.<stack>.yaml`), for editors. */
export function stackFileSchema(): object {
  const { properties = {} } = schemaNode("existing");
  const own = Object.entries(properties).map(([key, node]): [string, object] => [
    `eoplatform:${key}`,
    bare(node),
  ]);
  const secrets = secretKeys.map((key): [string, object] => [
    `eoplatform:${key}`,
    {
      description: `${secretSettings[key].description} Set it with pulumi config set --secret.`,
      type: "object",
      properties: { secure: { type: "string" } },
      required: ["secure"],
      additionalProperties: false,
    },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Settings of a stack of eoplatform",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries([...own, ...secrets]),
        // Providers' own settings stand beside ours.
        patternProperties: { "^(?!eoplatform:)[^:]+:": {} },
        additionalProperties: false,
      },
      encryptionsalt: { type: "string" },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
    },
  };
}

/** What hangs on the target, no schema can tell: the defaults of one target would mislead. */
const leftOut = [
  "default",
  "required",
  "allowed",
  "file",
  "properties",
  "items",
  "additionalProperties",
  "description",
];

function bare(node: SchemaNode): object {
  const kept = Object.entries(node).filter(([keyword]) => !leftOut.includes(keyword));
  const hint = node.allowed === undefined ? "" : ` Allowed: ${node.allowed}.`;
  const parts = Object.entries(node.properties ?? {}).map(([key, part]): [string, object] => [
    key,
    bare(part),
  ]);
  return {
    ...Object.fromEntries(kept),
    description: `${node.description ?? ""}${hint}`,
    ...(parts.length > 0 ? { properties: Object.fromEntries(parts) } : {}),
    ...(node.items === undefined ? {} : { items: bare(node.items) }),
    ...(node.additionalProperties === undefined
      ? {}
      : { additionalProperties: node.additionalProperties && bare(node.additionalProperties) }),
  };
}
