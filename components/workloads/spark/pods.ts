import type { EnvironmentSource, MountedFile } from "./model";

/** The `env` of a container. */
export const environmentOf = (environment: Readonly<Record<string, EnvironmentSource>>) =>
  Object.entries(environment).map(([name, source]) => environmentVariable(name, source));

function environmentVariable(name: string, source: EnvironmentSource) {
  if ("value" in source) return { name, value: source.value };
  if ("field" in source) return { name, valueFrom: { fieldRef: { fieldPath: source.field } } };
  return { name, valueFrom: { secretKeyRef: { name: source.secret, key: source.key } } };
}

/** The `volumes` of a pod that sees these files: one for each object. */
export function volumesOf(files: readonly MountedFile[]) {
  const byName = new Map(files.map((file) => [file.volume, file]));
  return [...byName.values()].map(({ volume, source }) => ({
    name: volume,
    ...("secret" in source
      ? { secret: { secretName: source.secret } }
      : { configMap: { name: source.configMap } }),
  }));
}

/** The `volumeMounts` of a container that sees these files. */
export const volumeMountsOf = (files: readonly MountedFile[]) =>
  files.map(({ volume, key, path }) => ({
    name: volume,
    mountPath: path,
    subPath: key,
    readOnly: true,
  }));
