import type { Refusals } from "../../base/refusal";
import type { OpenEoArgs } from "./args";
import { catalogFiles } from "./files";
import { describeInFile, oversized, readCatalogue } from "./catalogue";

/** Refuses a layer catalogue that openEO could not serve. */
export function refuseCatalogs(refusals: Refusals, args: OpenEoArgs): void {
  const { layerCatalogs = [], imageCatalogs = [] } = args;
  refusals.require(
    layerCatalogs.length + imageCatalogs.length > 0,
    "layerCatalogs",
    "is empty, and so is imageCatalogs; an openEO without collections serves nothing",
  );
  imageCatalogs.forEach((path, index) =>
    refusals.require(
      /^\/[^,\s]+$/.test(path),
      `imageCatalogs[${index}]`,
      `"${path}" must be an absolute path in the image, without comma and blank`,
    ),
  );
  const mountedPaths = catalogFiles(args).map(({ path }) => path);
  imageCatalogs.forEach((path, index) =>
    refusals.require(
      !mountedPaths.includes(path),
      `imageCatalogs[${index}]`,
      `"${path}" is where a file of layerCatalogs is mounted, which hides the image's; leave one out`,
    ),
  );
  const problems = [...oversized(layerCatalogs), ...readCatalogue(layerCatalogs).problems];
  for (const file of new Set(problems.map((problem) => problem.file))) {
    const own = problems.filter((problem) => problem.file === file);
    refusals.require(
      false,
      `layerCatalogs[${layerCatalogs.findIndex(({ name }) => name === file)}]`,
      `${file}: ${own.map(describeInFile).join("\n    ")}`,
    );
  }
}
