import type { CatalogueProblem } from "./problem";
import type { CatalogueFile } from "./read";

/** The last part of a file's path: its name where it is mounted. */
export const baseName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/**
 * What is wrong with the files' names: the driver tells a format by the ending and takes paths with
 * commas between them, a ConfigMap's keys are letters, digits, `.`, `_` and `-`, and all files are put
 * into one folder.
 */
export function nameProblems(files: readonly CatalogueFile[]): readonly CatalogueProblem[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ name }) => {
    const base = baseName(name);
    const other = seen.get(base);
    seen.set(base, other ?? name);
    const problem = (message: string) => [{ file: name, path: [], message }];
    if (!/^[A-Za-z0-9._-]{1,248}\.json$/.test(base)) {
      return problem("must be named with letters, digits, `.`, `_` and `-`, and end in .json");
    }
    if (other === name) return problem("is named twice");
    return other === undefined ? [] : problem(`must be named otherwise than ${other}`);
  });
}
