import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./stackFile";

/** A variable of the image's template. */
export interface ImageVariable {
  readonly name: string;
  readonly description: string;
  /** Its default as the template writes it; `undefined` where it must be given. */
  readonly fallback: string | undefined;
}

/**
 * The variables in a file of the template.
 *
 * @param hcl the file, in Packer's own format (`packer fmt`): a block's end stands at the margin
 */
export function imageVariables(hcl: string): readonly ImageVariable[] {
  const blocks = hcl.matchAll(/^variable "(\w+)" \{\n([\s\S]*?)^\}/gm);
  return [...blocks].map(([, name = "", body = ""]) => ({
    name,
    description: /^ {2}description += "(.*)"$/m.exec(body)?.[1] ?? "",
    fallback: /^ {2}default +=\s(.*)$/m.exec(body)?.[1],
  }));
}

/** The variables as Markdown. */
export function imageVariablesTable(): string {
  const hcl = readFileSync(path.join(root, "packer/variables.pkr.hcl"), "utf8");
  const rows = imageVariables(hcl).map(
    ({ name, description, fallback }) =>
      `| \`${name}\` | ${fallback === undefined ? "" : `\`${fallback}\``} | ${description} |`,
  );
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}
