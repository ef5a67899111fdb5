import { createHash } from "node:crypto";

/** One file of the image's template. */
export interface TemplateFile {
  /** Its path inside the template's folder, with `/` between folders: `scripts/20-docker.sh`. */
  readonly name: string;
  /** What is in it. */
  readonly content: string | Uint8Array;
}

const sha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex");

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * The checksum of what an image is made from: 64 hexadecimal digits, the same for the same names,
 * contents and inputs in any order. Where it differs, the image has to be built anew.
 *
 * Without inputs it is what these commands print in the folder, so that nobody has to trust this
 * function: `find . -type f | sed 's|^[.]/||' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
 *
 * @param files all files of the template's folder
 * @param inputs the variables' values that decide what is in the image, such as its Kubernetes
 */
export function templateHash(
  files: readonly TemplateFile[],
  inputs: Readonly<Record<string, string>> = {},
): string {
  const listed = files
    .map(({ name, content }) => ({ name, line: `${sha256(content)}  ${name}\n` }))
    .sort((a, b) => byBytes(a.name, b.name))
    .map(({ line }) => line);
  const given = Object.entries(inputs)
    .sort(([a], [b]) => byBytes(a, b))
    .map((entry) => `${JSON.stringify(entry)}\n`);
  return sha256([...listed, ...given].join(""));
}
