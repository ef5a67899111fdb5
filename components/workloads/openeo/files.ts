import { createHash } from "node:crypto";
import type { FileSource, MountedFile } from "../spark";
import type { OpenEoArgs } from "./args";
import { backendConfig } from "./backendConfig";
import { imageContent } from "./images";

/** A file that openEO reads and that is no secret. */
export interface ConfigFile {
  /** What it is for: names the ConfigMap, the volume and the checksum. */
  readonly role: string;
  /** Its name in the ConfigMap. */
  readonly key: string;
  /** Its path in the pods. */
  readonly path: string;
  /** What is in it. */
  readonly content: string;
  /** Who reads it beside the driver: its executors, or batch jobs and the parts beside. */
  readonly sharedWith: "executors" | "jobs";
}

/** Where the image and we agree to have files. */
export const paths = {
  catalogs: "/opt",
  /** The image's own default. */
  onlyCatalog: "/opt/layercatalog.json",
  log4j2: "/opt/log4j2.xml",
  backendConfig: "/opt/backend_config/backendconfig.py",
  httpCredentials: "/opt/http_credentials/http_credentials.json",
  metrics: "/opt/prometheus_config/prometheus.yaml",
} as const;

/** Role and key of the file with HTTP credentials, the one that is a Secret. */
export const httpCredentials = {
  role: "http-credentials",
  key: "http_credentials.json",
  path: paths.httpCredentials,
} as const;

const catalogRole = "layercatalog";

/** The files of the layer catalogue: each in a ConfigMap of its own, as each may be up to 1 MiB. */
export function catalogFiles({ layerCatalogs = [] }: OpenEoArgs): ConfigFile[] {
  if (layerCatalogs.length === 1 && layerCatalogs[0] !== undefined) {
    const { content } = layerCatalogs[0];
    const path = paths.onlyCatalog;
    return [{ role: catalogRole, key: "layercatalog.json", path, content, sharedWith: "jobs" }];
  }
  return layerCatalogs.map(({ name, content }, index) => ({
    role: `${catalogRole}-${index + 1}`,
    key: name,
    path: `${paths.catalogs}/${name}`,
    content,
    sharedWith: "jobs",
  }));
}

/** All files of an instance that are no secret. */
export function configFiles(name: string, args: OpenEoArgs): readonly ConfigFile[] {
  const files = catalogFiles(args);
  const file = (
    role: string,
    path: string,
    content: string | undefined,
    sharedWith: "executors" | "jobs",
  ) => {
    const key = path.split("/").at(-1) ?? role;
    if (content !== undefined) files.push({ role, key, path, content, sharedWith });
  };
  file("backend-config", paths.backendConfig, backendConfigOf(name, args), "jobs");
  file("log4j2", paths.log4j2, args.log4j2, "executors");
  file("prometheus-config", paths.metrics, args.metrics?.configuration, "executors");
  return files;
}

/** The given one, else the one made of the settings; none for an image that reads none. */
function backendConfigOf(name: string, args: OpenEoArgs): string | undefined {
  if (args.backendConfig !== undefined) return args.backendConfig;
  if (imageContent(args)?.readsBackendConfig === false) return undefined;
  const { title = name, description = title, login = {} } = args;
  return backendConfig({
    id: name,
    title,
    description,
    login,
    hasZooKeeper: args.zooKeeper !== undefined,
    registryId: args.jobRegistry?.backendId,
  });
}

/** The paths of the layer catalogue in the driver's pod: the mounted ones, then the image's own. */
export const catalogPaths = (files: readonly ConfigFile[], args: OpenEoArgs): readonly string[] => [
  ...files.filter(({ role }) => role.startsWith(catalogRole)).map(({ path }) => path),
  ...(args.imageCatalogs ?? []),
];

/** The file as the pods see it, from the object that holds it. */
export const mounted = (
  { role, key, path }: Pick<ConfigFile, "role" | "key" | "path">,
  source: FileSource,
): MountedFile => ({ volume: role, source, key, path });

/** A mounted file does not change in a running pod: with its checksum, the pod changes with it. */
export const checksums = (files: readonly ConfigFile[]): Record<string, string> =>
  Object.fromEntries(
    files.map(({ role, content }) => [
      `checksum/${role}`,
      createHash("sha256").update(content).digest("hex"),
    ]),
  );
