/** One thing that is wrong with a layer catalogue. */
export interface CatalogueProblem {
  /** Name of the file. */
  readonly file: string;
  /** Line in the file, from 1; left out where the problem is the file as a whole. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** The collection's id, or its place such as `[3]` where it has none; left out outside of one. */
  readonly collection?: string;
  /**
   * Place in the document, from its top: `[0, "extent", "spatial"]`. Its last step may be a key that
   * is missing.
   */
  readonly path: readonly (string | number)[];
  /** What is wrong and what is allowed; lower case, no full stop, one line. */
  readonly message: string;
}

/**
 * A problem as one line, without its file: `12:9: SENTINEL2_L2A: extent.spatial.bbox[0]: must be …`.
 */
export function describeInFile(problem: CatalogueProblem): string {
  const { line, column, collection, path, message } = problem;
  const place = line === undefined || column === undefined ? [] : [`${line}:${column}`];
  const inner = collection === undefined ? path : path.slice(1);
  const owner = collection === undefined ? [] : [inOneLine(collection)];
  const where = inner.length === 0 ? [] : [pathText(inner)];
  return [...place, ...owner, ...where, message].join(": ");
}

/** A problem as one line: `catalogues/a.json:12:9: SENTINEL2_L2A: license: must be a text`. */
export function describeProblem(problem: CatalogueProblem): string {
  const separator = problem.line === undefined ? ": " : ":";
  return `${inOneLine(problem.file)}${separator}${describeInFile(problem)}`;
}

/** A path as text: `cube:dimensions.bands.values[2]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!/^[\w:-]+$/.test(step)) return `${text}["${inOneLine(step)}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** What was given, short enough for one line; `undefined` where it is long, or may be a secret. */
export function shown(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const parts = list.length > 6 ? [undefined] : list.map(shownScalar);
    return parts.includes(undefined) ? `a list of ${list.length}` : `[${parts.join(", ")}]`;
  }
  return typeof value === "object" && value !== null ? "an object" : shownScalar(value);
}

function shownScalar(value: unknown): string | undefined {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (typeof value !== "string" || value.length > 40 || /:\/\/[^/]*@/.test(value)) return undefined;
  return `"${inOneLine(value)}"`;
}

/** A text without what would break the line. */
export const inOneLine = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\u2028\u2029]/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
