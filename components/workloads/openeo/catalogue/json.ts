import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";

/** A place in a text. */
export interface Place {
  /** The line, from 1. */
  readonly line: number;
  /** The letter in it, from 1. */
  readonly column: number;
}

/** A text read as JSON: its value, or where and why it is none. */
export type Json =
  { readonly value: unknown } | { readonly reason: string; readonly place: Place | undefined };

/** Reads a text as JSON, strictly: no comments, no comma at the end of a list. */
export function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    // The engine's own message names no place for some mistakes, and reads otherwise in each version.
    if (text.trim() === "") return { reason: "the file is empty", place: undefined };
    if (text.startsWith("\uFEFF"))
      return { reason: "it starts with a byte order mark", place: top };
    const error = firstError(text);
    if (error === undefined) return { reason: "it cannot be parsed", place: undefined };
    return { reason: inWords(error), place: new Lines(text).placeOf(error.offset) };
  }
}

/** Tells the place of values in a text that is JSON. */
export class Places {
  readonly #lines: Lines;
  readonly #tree: Node | undefined;

  /** @param text what `readJson` takes for JSON */
  constructor(text: string) {
    this.#lines = new Lines(text);
    this.#tree = unlessTooDeep(() => parseTree(text));
  }

  /** The place of the value at a path; where its last step is missing, of what misses it. */
  of(path: readonly (string | number)[]): Place | undefined {
    if (this.#tree === undefined) return undefined;
    const node =
      findNodeAtLocation(this.#tree, [...path]) ??
      findNodeAtLocation(this.#tree, path.slice(0, -1));
    return node && this.#lines.placeOf(node.offset);
  }
}

/** Where the lines of a text start. */
class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  placeOf(offset: number): Place {
    const line = this.#starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 };
  }
}

const top: Place = { line: 1, column: 1 };

function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false };
  unlessTooDeep((): unknown => parse(text, errors, options));
  return errors.sort((a, b) => a.offset - b.offset)[0];
}

/** The parser calls itself for each level: thousands of nested lists are more than the stack holds. */
function unlessTooDeep<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `PropertyNameExpected` as `property name expected`. */
const inWords = ({ error }: ParseError): string =>
  printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
