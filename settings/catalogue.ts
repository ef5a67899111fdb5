import {
  describeInFile,
  oversized,
  readCatalogue,
  type CatalogueFile,
} from "../components/workloads/openeo/catalogue";
import type { Problem } from "./problem";

/** A file of the layer catalogue, and the setting that names it. */
export interface NamedCatalogueFile extends CatalogueFile {
  /** The setting: `openeo.layerCatalogs[0]`. */
  readonly key: string;
}

/**
 * What is wrong with the files of a layer catalogue: one problem a file, which lists all that is wrong
 * in it, a line each.
 *
 * @param stack for the command that mends it; left out: the selected one
 */
export function catalogueProblems(
  files: readonly NamedCatalogueFile[],
  stack = "STACK",
): readonly Problem[] {
  const tooLarge = oversized(files);
  const problems = [...tooLarge, ...readCatalogue(files).problems];
  return [...new Map(files.map(({ name, key }) => [name, key]))].flatMap(([name, key]) => {
    const own = problems.filter(({ file }) => file === name);
    if (own.length === 0) return [];
    const count = own.length === 1 ? "1 problem" : `${own.length} problems`;
    const lines = own.map((problem) => `\n      ${describeInFile(problem)}`);
    const remedy = tooLarge.some(({ file }) => file === name)
      ? `./eo openeo image build ${stack}${instanceFlag(key)}`
      : `edit ${name}, then ./eo check ${stack}`;
    const message = `${name} has ${count}:${lines.join("")}`;
    return [{ key, message, remedy, kind: "wrong" as const }];
  });
}

/** Names the openEO whose catalogue it is, where it is not the first. */
function instanceFlag(key: string): string {
  const name = /^openeoInstances\.([^.]+)/.exec(key)?.[1];
  return name === undefined ? "" : ` --instance ${name}`;
}
