import { readFileSync } from "node:fs";
import path from "node:path";
import { catalogueProblems } from "./catalogue";
import { openEoInstances } from "./openeo/instances";
import { SettingsError, type Problem } from "./problem";
import { nodeAt, partOf, schemaNode, type SchemaNode } from "./schema";
import type { Settings } from "./settings";
import { isRecord } from "./source";
import { keyOf, Remedies } from "./wording";

/** A setting that names a file. */
interface NamedFile {
  readonly path: readonly PropertyKey[];
  readonly file: string;
  readonly node: SchemaNode;
}

/** The same settings, with absolute paths of the files that the program reads. */
export function withAbsoluteFiles<T>(settings: T, root: string): T;
export function withAbsoluteFiles(settings: unknown, root: string): unknown {
  return resolved(settings, schemaNode("existing"), root);
}

function resolved(value: unknown, node: SchemaNode | undefined, root: string): unknown {
  if (node === undefined) return value;
  if (node.file === true && typeof value === "string") return path.resolve(root, value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item) => resolved(item, node.items, root));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, resolved(part, partOf(node, key), root)]),
  );
}

/** Every file that the settings of what is deployed name. */
function namedFiles(settings: Settings): readonly NamedFile[] {
  const root = schemaNode("existing");
  const find = (value: unknown, at: readonly PropertyKey[], node?: SchemaNode): NamedFile[] => {
    if (node === undefined) return [];
    if (node.file === true && typeof value === "string") return [{ path: at, file: value, node }];
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value;
      return items.flatMap((item, index) => find(item, [...at, index], node.items));
    }
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([key, part]) =>
      find(part, [...at, key], partOf(node, key)),
    );
  };
  const openeos = openEoInstances(settings).map(({ at, openeo }) => ({ at, value: openeo }));
  return [{ at: ["openstack"], value: settings.openstack }, ...openeos].flatMap(({ at, value }) =>
    find(value, at, nodeAt(root, at)),
  );
}

/**
 * Reads every file that the settings name.
 *
 * @returns the content of one of them, by its absolute path
 * @param stack for the commands that mend it; left out: the selected one
 * @throws SettingsError with every file that cannot be read, and every catalogue that openEO could
 * not serve
 */
export function readFiles(settings: Settings, stack?: string): (file: string) => string {
  const remedies = new Remedies(stack);
  const problems: Problem[] = [];
  const contents = new Map<string, string>();
  for (const { path: at, file, node } of namedFiles(settings)) {
    try {
      contents.set(file, readFileSync(file, "utf8"));
    } catch (error) {
      const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
      problems.push({
        key: keyOf(at),
        given: file,
        message: `the file cannot be read (${why}); name one that is there`,
        remedy: remedies.set(at, node.examples?.[0]),
        kind: "wrong",
      });
    }
  }
  problems.push(...judgeCatalogs(settings, contents, stack));
  if (problems.length > 0) throw new SettingsError(problems);
  return (file) => {
    const content = contents.get(file);
    if (content === undefined) throw new Error(`cannot happen: no setting names ${file}`);
    return content;
  };
}

/** The files of one instance are judged together: an id is given once among them. */
function judgeCatalogs(
  settings: Settings,
  contents: ReadonlyMap<string, string>,
  stack?: string,
): readonly Problem[] {
  return openEoInstances(settings).flatMap(({ at, openeo }) => {
    const files = openeo.layerCatalogs.flatMap((name, index) => {
      const content = contents.get(name);
      const key = keyOf([...at, "layerCatalogs", index]);
      return content === undefined ? [] : [{ key, name: near(name), content }];
    });
    return catalogueProblems(files, stack);
  });
}

/** A file as people call it: by its path from here, if it is below. */
function near(file: string): string {
  const relative = path.relative(".", file);
  return relative.startsWith("..") ? file : relative;
}
