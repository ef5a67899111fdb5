import type { CatalogueProblem } from "./problem";
import type { CatalogueFile } from "./read";

/**
 * What one ConfigMap holds at most, in bytes of all its values; names do not count.
 *
 * Source: `ValidateConfigMap` in Kubernetes' pkg/apis/core/validation, `MaxSecretSize` in its API.
 */
export const configMapLimitBytes = 1_048_576;

/**
 * The files that no ConfigMap holds. Each file has a ConfigMap of its own, so that their sum has no
 * limit.
 */
export function oversized(files: readonly CatalogueFile[]): readonly CatalogueProblem[] {
  return files.flatMap(({ name, content }) => {
    const bytes = Buffer.byteLength(content, "utf8");
    if (bytes <= configMapLimitBytes) return [];
    const message = `has ${bytes} bytes, and a ConfigMap holds ${configMapLimitBytes}; take it into the image, or split it into several files`;
    return [{ file: name, path: [], message }];
  });
}
