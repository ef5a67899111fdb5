import { partOf, type SchemaNode } from "./schema";

/** What a stack says, before it is understood. Keys stand without their namespace. */
export interface SettingsSource {
  /** The plain values: as the engine gives them (texts, objects as JSON) or as YAML has them. */
  readonly plain: Readonly<Record<string, unknown>>;
  /** The keys whose value is, or holds, a secret. The values themselves stay outside. */
  readonly secretKeys: readonly string[];
  /** Folder of `Pulumi.yaml`, absolute: what relative paths stand on. */
  readonly root: string;
  /** Name of the stack, for the commands that mend problems. Left out: the selected one. */
  readonly stack?: string;
  /** An address of this machine that the world can reach, to propose it. Left out: there is none. */
  readonly address?: string;
  /** The day, as `YYYY-MM-DD`, for warnings about ends of life. Left out: no such warnings. */
  readonly today?: string;
}

/** Whether it is an object with keys, no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Gives a value the type that the schema wants, where the way there is plain: the engine turns
 * everything into text, YAML turns `1.36` into a number. What does not fit stays as it is.
 */
export function asSchemaWants(value: unknown, node: SchemaNode | undefined): unknown {
  switch (node?.type) {
    case "string":
      return typeof value === "number" ? String(value) : value;
    case "integer":
      return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : value;
    case "array": {
      const list = fromJson(value);
      return Array.isArray(list) ? list.map((item) => asSchemaWants(item, node.items)) : list;
    }
    case "object": {
      const object = fromJson(value);
      if (!isRecord(object)) return object;
      return Object.fromEntries(
        Object.entries(object).map(([key, part]) => [key, asSchemaWants(part, partOf(node, key))]),
      );
    }
    case undefined:
      return value;
  }
}

function fromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" ? parsed : value;
  } catch {
    return value;
  }
}
