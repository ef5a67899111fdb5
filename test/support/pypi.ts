import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { Context } from "mocha";
import { extract } from "tar";
import { cacheRoot, place } from "../../tools/cache";
import { skip } from "./skip";

/** A source distribution of PyPI's. */
export interface SourceDistribution {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the archive. */
  readonly sha256: string;
}

/**
 * The unpacked sources of a distribution, kept in the cache; where pip cannot get them the suite is
 * skipped.
 *
 * @returns the folder that the archive holds
 */
export async function sourcesOrSkip(
  context: Context,
  { name, version, sha256 }: SourceDistribution,
): Promise<string> {
  const folder = path.join(cacheRoot(), "pypi", `${name}-${version}-${sha256.slice(0, 12)}`);
  const file = `${name.replaceAll("-", "_")}-${version}`;
  if (!existsSync(folder)) {
    let failed: string | undefined;
    await place(cacheRoot(), folder, async (temporary) => {
      const requirements = path.join(temporary, "requirements.txt");
      await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
      const what = ["--no-deps", "--no-binary", ":all:", "--dest", temporary, "-r", requirements];
      await execa("python3", ["-m", "pip", "download", "--quiet", ...what], { stdin: "ignore" });
      await extract({ file: path.join(temporary, `${file}.tar.gz`), cwd: temporary });
    }).catch((error: Error) => {
      failed = error.message.split("\n")[0];
    });
    if (failed !== undefined) skip(context, `PyPI's ${name} ${version} cannot be had: ${failed}`);
  }
  return path.join(folder, file);
}
