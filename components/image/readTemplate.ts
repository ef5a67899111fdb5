import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { TemplateFile } from "./templateHash";

/**
 * All files of the image's template, for `templateHash`.
 *
 * @param folder the template's folder: `packer/` of this repository
 * @throws the system's own error where it cannot be read
 */
export function readTemplate(folder: string): readonly TemplateFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join("/");
      return { name, content: readFileSync(file) };
    });
}
