import { collectionSchema } from "./collection";
import { nameProblems } from "./fileNames";
import { Places, readJson } from "./json";
import { inOneLine, shown, type CatalogueProblem } from "./problem";
import { commonNames, partsOfOne, type Finding } from "./rules";
import { isList, isObject, valueAt } from "./shapes";

/** A file of a layer catalogue. */
export interface CatalogueFile {
  /** Its path, for messages; the last part is its name where it is mounted. */
  readonly name: string;
  /** What is in it. */
  readonly content: string;
}

/** A collection of a layer catalogue. */
export interface CatalogueCollection {
  /** Its id, which `load_collection` takes. */
  readonly id: string;
  /** Name of the file that has it. */
  readonly file: string;
}

/** A layer catalogue of one or several files. */
export interface Catalogue {
  /** The collections that have an id, in the order of files and lists. */
  readonly collections: readonly CatalogueCollection[];
  /** All that is wrong, in the order of files and lines; none: the backend can serve it. */
  readonly problems: readonly CatalogueProblem[];
}

interface Entry {
  readonly file: string;
  readonly index: number;
  readonly value: unknown;
}

interface Document {
  readonly file: CatalogueFile;
  readonly entries: readonly Entry[];
  readonly problems: readonly CatalogueProblem[];
}

/** Reads a layer catalogue and judges it as openEO's driver would; does not judge its size. */
export function readCatalogue(files: readonly CatalogueFile[]): Catalogue {
  const once = files.filter(({ name }, at) => files.findIndex((file) => file.name === name) === at);
  const documents = once.map(readDocument);
  const entries = documents.flatMap((document) => document.entries);
  const ofEntries = entryProblems(entries);
  return {
    collections: entries.flatMap(({ file, value }) => {
      const id = valueAt(value, ["id"]);
      return typeof id === "string" ? [{ id, file }] : [];
    }),
    problems: [
      ...nameProblems(files),
      ...documents.flatMap(({ file, problems }) => [
        ...problems,
        ...placed(
          file,
          ofEntries.filter((problem) => problem.file === file.name),
        ),
      ]),
    ],
  };
}

function readDocument(file: CatalogueFile): Document {
  const json = readJson(file.content);
  const refuse = (message: string, place: object = {}): Document => ({
    file,
    entries: [],
    problems: [{ file: file.name, path: [], message, ...place }],
  });
  if (!("value" in json)) return refuse(`is no JSON: ${json.reason}`, json.place);
  const { value } = json;
  if (!isList(value)) {
    return refuse(`must be a list of collections (given: ${shown(value) ?? "a text"})`);
  }
  const entries = value.map((item, index) => ({ file: file.name, index, value: item }));
  return { file, entries, problems: [] };
}

/** What is wrong with the collections, each by itself and among the others. */
function entryProblems(entries: readonly Entry[]): readonly CatalogueProblem[] {
  const shared = commonNames(entries.map(({ value }) => value));
  const first = new Map<string, Entry>();
  return entries.flatMap((entry, at) => {
    const { value } = entry;
    const issues = collectionSchema.safeParse(value).error?.issues ?? [];
    const own = issues.map(({ path, message }) => ({ path: path.map(step), message }));
    const rules = isObject(value) ? [...partsOfOne(value), ...(shared[at] ?? [])] : [];
    const demands = unique([...own, ...rules]).map((finding) => demanded(entry, finding));
    return [...demands, ...duplicate(entry, first)];
  });
}

const step = (key: PropertyKey): string | number => (typeof key === "number" ? key : String(key));

/** One finding a place: what the schema says comes before what follows from it. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ path }) => {
    const key = JSON.stringify(path);
    return seen.has(key) ? false : seen.add(key);
  });
}

function demanded(entry: Entry, { path, message }: Finding): CatalogueProblem {
  const value = valueAt(entry.value, path);
  const given = value === undefined ? undefined : shown(value);
  const demand = `must be ${message}${given === undefined ? "" : ` (given: ${given})`}`;
  return problemOf(entry, path, value === undefined ? `is missing; it ${demand}` : demand);
}

function duplicate(entry: Entry, first: Map<string, Entry>): readonly CatalogueProblem[] {
  const id = valueAt(entry.value, ["id"]);
  if (typeof id !== "string") return [];
  const other = first.get(id);
  first.set(id, other ?? entry);
  if (other === undefined) return [];
  const where = `collection [${other.index}] of ${inOneLine(other.file)}`;
  return [problemOf(entry, ["id"], `is the id of ${where} too; an id is given once`)];
}

function problemOf(
  { file, index, value }: Entry,
  path: readonly (string | number)[],
  message: string,
): CatalogueProblem {
  const id = valueAt(value, ["id"]);
  const collection = typeof id === "string" && id !== "" ? id : `[${index}]`;
  return { file, collection, path: [index, ...path], message };
}

/** The same problems with their lines, in their order. */
function placed(
  { content }: CatalogueFile,
  problems: readonly CatalogueProblem[],
): readonly CatalogueProblem[] {
  if (problems.length === 0) return [];
  const places = new Places(content);
  return problems
    .map((problem) => ({ ...problem, ...places.of(problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
