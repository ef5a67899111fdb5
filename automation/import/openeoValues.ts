import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { isRecord } from "../../settings/source";
import type { Answer } from "../graph";
import { root } from "../stackFile";
import { UserError } from "../userError";
import { assemble } from "./assemble";
import { remarks, stackFilePart } from "./describe";
import type { FilePart, Values } from "./part";
import { partsOf } from "./translate";

/** What `./eo import openeo-values` takes. */
export interface ImportOptions {
  /** Folder that texts of the chart are written to, as files. */
  readonly out?: string;
  /** Whether files that are there may be replaced. */
  readonly force?: boolean;
  /** Name of the stack, for the commands. */
  readonly stack?: string;
}

/**
 * Translates values of the public chart `sparkapplication` to settings of openEO.
 *
 * @param file the values, as given to `helm --values`
 * @returns the part of a stack file, and every key that is not in it with the reason
 * @throws UserError where the file cannot be read or is no such values, or a file is in the way
 */
export async function importOpenEoValues(
  file: string,
  { out, force = false, stack }: ImportOptions,
): Promise<Answer> {
  const parts = partsOf(valuesIn(await textOf(file), file));
  const files = parts.flatMap((one) => (one.part === "file" ? [one] : []));
  const imported = assemble(parts, out === undefined ? undefined : pathIn(out), stack);
  const written = out === undefined ? [] : await write(files, out, force);
  return { text: stackFilePart(imported), notes: [...written, ...remarks(imported, stack)] };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`${file} cannot be read (${why})`);
  }
}

/**
 * The chart's values in a text. No message repeats a part of it: it may be a secret.
 *
 * @throws UserError where there are none
 */
export function valuesIn(text: string, file: string): Values {
  const values = parsed(text, file) ?? {};
  if (!isRecord(values)) throw new UserError(`${file} holds no values: they are an object`);
  if (typeof values["apiVersion"] === "string" && typeof values["kind"] === "string") {
    throw new UserError(
      `${file} holds a Kubernetes object, no values of the chart sparkapplication (of a job tracker: set openeo.jobTracker.enabled)`,
    );
  }
  return values;
}

function parsed(text: string, file: string): unknown {
  const lines = new LineCounter();
  try {
    const options = { merge: true, prettyErrors: false, logLevel: "silent" } as const;
    const document = parseDocument(text, { ...options, lineCounter: lines });
    const [error] = document.errors;
    if (error === undefined) return document.toJS();
    const { line, col } = lines.linePos(error.pos[0]);
    throw new UserError(`${file} is no YAML: line ${line}, column ${col}: ${error.code}`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is no YAML: it is too deep, or its aliases lead to too much`);
  }
}

/** How the settings name a file in a folder: from the folder of Pulumi.yaml, where that is near. */
const pathIn =
  (folder: string) =>
  ({ name }: FilePart): string => {
    const whole = path.resolve(folder, name);
    return whole.startsWith(`${root}${path.sep}`) ? path.relative(root, whole) : whole;
  };

async function write(
  files: readonly FilePart[],
  folder: string,
  force: boolean,
): Promise<readonly string[]> {
  const targets = files.map(({ name, content }) => ({ file: path.join(folder, name), content }));
  const there = targets.filter(({ file }) => existsSync(file)).map(({ file }) => file);
  if (there.length > 0 && !force) {
    throw new UserError(`nothing is written: ${there.join(", ")} is there; --force replaces it`);
  }
  try {
    if (targets.length > 0) await mkdir(folder, { recursive: true });
    for (const { file, content } of targets) {
      await writeFile(file, content, { flag: force ? "w" : "wx" });
    }
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`${folder} cannot be written to (${why})`);
  }
  return targets.map(({ file }) => `wrote ${file}`);
}
