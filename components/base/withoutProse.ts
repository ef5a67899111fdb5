/** Keys of a schema whose content is data, not schema: there a description is a value like any other. */
const data = new Set(["default", "enum", "example", "examples"]);

/**
 * A CRD's specification without the descriptions in its schemas. They are three quarters of a large
 * CRD, the engine keeps each several times and writes them out with every step, and they change
 * nothing that the API server does; only `kubectl explain` shows them.
 */
export function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
      // A property that is called description has a schema, which is no text.
      if (key === "description" && typeof value === "string") return [];
      return [[key, data.has(key) ? value : withoutProse(value)]];
    }),
  );
}
