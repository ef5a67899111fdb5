import { parseAllDocuments, type Tags } from "yaml";
import { isObject, type JsonObject } from "../protocol/properties";

// Kubernetes reads YAML 1.1, but dates and binaries as the strings they are.
const strings = new Set(["tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:binary"]);

/**
 * The objects of a stream of YAML documents; a list's items stand for themselves.
 *
 * @throws with line and column where it is not YAML
 */
export function decodeYaml(text: string): JsonObject[] {
  const customTags = (tags: Tags) =>
    tags.filter((tag) => typeof tag === "string" || !strings.has(tag.tag));
  const documents = parseAllDocuments(text, { version: "1.1", customTags });
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem) throw new Error(problem.message);
    const value: unknown = document.toJS();
    if (!isObject(value)) return [];
    const { kind, items } = value;
    const list = typeof kind === "string" && kind.endsWith("List") && Array.isArray(items);
    return list ? items.filter(isObject) : [value];
  });
}
