import { readFileSync } from "node:fs";
import { SettingsError } from "./problem";
import type { Settings } from "./settings";
import { Remedies } from "./wording";

/**
 * The content of the layer catalogue that the settings name.
 *
 * @param stack for the command that mends it; left out: the selected one
 * @throws SettingsError where the file cannot be read
 */
export function readLayerCatalog(settings: Settings, stack?: string): string {
  const file = settings.openeo.layerCatalog;
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const path = ["openeo", "layerCatalog"];
    throw new SettingsError([
      {
        key: path.join("."),
        given: file,
        message: `the file cannot be read (${why}); name one that is there`,
        remedy: new Remedies(stack).set(path, "catalogues/example.json"),
        kind: "wrong",
      },
    ]);
  }
}
