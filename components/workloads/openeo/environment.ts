import * as pulumi from "@pulumi/pulumi";
import { s3aConf } from "../../services/objectStore/s3a";
import type { EnvironmentSource } from "../spark";
import type { OpenEoArgs } from "./args";
import { loginVariables } from "./backendConfig";
import { paths } from "./files";
import type { OpenEoJobRegistryArgs, OpenEoZooKeeperArgs } from "./featureArgs";
import { sitePackages } from "./images";
import { s3aKeys, storeVariables } from "./secretVariables";

/** Port of the web application. */
export const webPort = 50001;

/** Environment of a pod, by name. */
export type Environment = Readonly<Record<string, EnvironmentSource>>;

/** What the environment says beside the arguments. */
export interface EnvironmentParts {
  /** Python's version in the image. */
  readonly pythonVersion: string;
  /** The layer catalogue's files in the pod. */
  readonly catalogs: readonly string[];
  /** Whether the pod has a `backendconfig.py`. */
  readonly hasBackendConfig: boolean;
}

/**
 * Where nothing is: the image takes hosts of its makers for what it is not told, and each of them
 * would cost a time-out, and tell them of this instance.
 */
const nowhere = {
  zooKeeper: "localhost:2181",
  elasticsearch: "http://localhost:9200",
  vault: "http://localhost:8200",
} as const;

const plain = (values: Readonly<Record<string, pulumi.Input<string> | undefined>>): Environment =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, EnvironmentSource][] =>
      value === undefined ? [] : [[name, { value }]],
    ),
  );

/** Environment of the driver, without what comes from Secrets. */
export function driverEnvironment(args: OpenEoArgs, parts: EnvironmentParts): Environment {
  return {
    ...executorEnvironment(args, parts),
    ...plain({
      KUBE: "true",
      KUBE_OPENEO_API_PORT: String(webPort),
      IMAGE_NAME: `${args.image}:${args.imageVersion}`,
      OPENEO_CATALOG_FILES: parts.catalogs.join(","),
      OPENEO_BACKEND_CONFIG: parts.hasBackendConfig ? paths.backendConfig : undefined,
      [loginVariables.user]: args.login?.basicUser,
      LOGGING_ES_HOSTS: nowhere.elasticsearch,
      VAULT_ADDR: nowhere.vault,
      ...zooKeeper(args.zooKeeper),
      ...jobRegistry(args.jobRegistry),
    }),
    // The web application listens on this address: with 127.0.0.1 no Service reaches it.
    SPARK_LOCAL_IP: { field: "status.podIP" },
    // Whoever knows these hosts better says so.
    ...plain(args.extraEnv ?? {}),
  };
}

/** Environment of the executors, without what comes from Secrets. */
export function executorEnvironment(
  args: OpenEoArgs,
  { pythonVersion }: Pick<EnvironmentParts, "pythonVersion">,
): Environment {
  return {
    ...plain({ PYTHONPATH: sitePackages(pythonVersion) }),
    POD_NAME: { field: "metadata.name" },
    POD_NAMESPACE: { field: "metadata.namespace" },
    ...plain(stores(args)),
    ...plain(args.extraEnv ?? {}),
  };
}

/** Whether a variable says that what it names is not there. */
export const isNowhere = (source: EnvironmentSource): boolean =>
  "value" in source && Object.values<unknown>(nowhere).includes(source.value);

/** The variables that `extraEnv` may set although the component does: stand-ins for nothing. */
export const replaceable: readonly string[] = ["LOGGING_ES_HOSTS", "VAULT_ADDR"];

/** The results' store is asked through boto3, that of the input data through GDAL: two sets. */
function stores({ s3, inputData }: OpenEoArgs) {
  const input = pulumi.output(inputData?.endpoint ?? s3.endpoint);
  // One variable for both stores.
  const region = inputData?.region ?? s3.region;
  return {
    SWIFT_URL: s3.endpoint,
    SWIFT_BUCKET: s3.bucket,
    AWS_ENDPOINT_URL_S3: input,
    // GDAL wants the host alone, and the scheme as a word.
    AWS_S3_ENDPOINT: input.apply((url) => new URL(url).host),
    AWS_HTTPS: input.apply((url) => (url.startsWith("https:") ? "YES" : "NO")),
    AWS_VIRTUAL_HOSTING: "FALSE",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

/** What Spark is told of the results' store, in the web application and in batch jobs. */
export const storeWays = ({ s3 }: OpenEoArgs) => s3aConf(s3.region);

/** Spark's own access to the results' store, with the keys of the environment. */
export const storeConf = (args: OpenEoArgs) => ({
  ...storeWays(args),
  "spark.hadoop.fs.s3a.endpoint": args.s3.endpoint,
  ...s3aKeys("SWIFT_SECRET_ACCESS_KEY" in storeVariables(args)),
});

function zooKeeper(args: OpenEoZooKeeperArgs | undefined) {
  if (args === undefined) return { ZOOKEEPERNODES: nowhere.zooKeeper };
  return {
    ZOOKEEPERNODES: pulumi.all(args.nodes).apply((nodes) => nodes.join(",")),
    BATCH_JOBS_ZOOKEEPER_ROOT_PATH: args.batchJobsPath ?? "/openeo/jobs",
    ZOOKEEPER_USERNAME: args.username,
  };
}

const jobRegistry = (args: OpenEoJobRegistryArgs | undefined) =>
  args === undefined ? {} : { OPENEO_EJR_API: args.api, OPENEO_EJR_BACKEND_ID: args.backendId };
