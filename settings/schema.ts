import { z } from "zod";
import { clusterFields } from "./cluster";
import { objectStoreSchema } from "./objectStore";
import { openeoServicesSchema } from "./openeoServices";
import { instancesSchema, openeoSchema } from "./openeo";
import { openstackSchema } from "./openstack";
import { volumeProvisionerField } from "./openeo/batch";
import { sparkOperatorSchema } from "./sparkOperator";
import { targetSchema, type Target } from "./target";
import { traefikSchema } from "./traefik";

/** All plain settings of a stack, with the defaults of a target. */
export const settingsSchema = (target: Target) =>
  z.strictObject({
    target: targetSchema,
    ...clusterFields(target),
    openstack: openstackSchema(target),
    sparkOperator: sparkOperatorSchema(target)
      .prefault({})
      .meta({
        description: "The Spark operator with its webhook, CRDs and the namespaces of jobs.",
        allowed: "an object",
        examples: [{ enabled: true }],
      }),
    traefik: traefikSchema(target)
      .prefault({})
      .meta({
        description: "Traefik, the way into the cluster.",
        allowed: "an object",
        examples: [{ enabled: true }],
      }),
    objectStore: objectStoreSchema(target)
      .prefault({})
      .meta({
        description: "An S3-compatible object store, for where there is none.",
        allowed: "an object",
        examples: [{ enabled: true }],
      }),
    openeo: openeoSchema(target).meta({
      description: "openEO, a SparkApplication that runs for good. Some of its parts are required.",
      allowed: "an object",
      examples: [{ enabled: false }],
    }),
    openeoServices: openeoServicesSchema(target).meta({
      description:
        "Services beside openEO, each off unless enabled: web editor, aggregator, job registry, workspaces API.",
      allowed: "an object",
      examples: [{}],
    }),
    openeoInstances: instancesSchema(target),
    batchVolumeProvisioner: volumeProvisionerField(target),
  });

/** What the schema gives: every default filled in, paths as they were written. */
export type PlainSettings = z.output<ReturnType<typeof settingsSchema>>;

/** The parts of a JSON Schema that are used here. */
export interface SchemaNode {
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  /** Of an object with names of the user's own: what stands under each. `false`: there are none. */
  readonly additionalProperties?: SchemaNode | false;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  /** What is allowed, in words; ours, beside the keywords of JSON Schema. */
  readonly allowed?: string;
  /** Whether it is a file that the program reads; ours too. */
  readonly file?: boolean;
}

const nodes = new Map<Target, SchemaNode>();

/** The plain settings as a JSON Schema. */
export function schemaNode(target: Target): SchemaNode {
  let node = nodes.get(target);
  if (node === undefined) {
    // Zod's own type of a JSON Schema is wider than what it makes of this schema.
    node = z.toJSONSchema(settingsSchema(target), { io: "input" }) as SchemaNode;
    nodes.set(target, node);
  }
  return node;
}

/** The part of a schema that a path leads to; `undefined` where it has none. */
export function nodeAt(node: SchemaNode, path: readonly PropertyKey[]): SchemaNode | undefined {
  let at: SchemaNode | undefined = node;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = typeof step === "number" ? at.items : partOf(at, String(step));
  }
  return at;
}

/** What stands under a key of an object. */
export function partOf(node: SchemaNode, key: string): SchemaNode | undefined {
  const { properties = {}, additionalProperties } = node;
  if (Object.hasOwn(properties, key)) return properties[key];
  return additionalProperties === false ? undefined : additionalProperties;
}
