import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentSource, MountedFile, SparkApplication } from "../spark";
import type { OpenEoArgs } from "./args";

/** Port of the web application. */
export const webPort = 50001;

/** The keys of the Secrets which the application reads. */
export const secretKeys = {
  accessKeyId: "access-key-id",
  secretAccessKey: "secret-access-key",
  signedUrl: "signed-url-secret",
} as const;

/** The keys of the ConfigMaps which are mounted into the pods. */
export const fileKeys = { layerCatalog: "layercatalog.json", metrics: "prometheus.yaml" } as const;

/** What the application is given by the objects beside it. */
export interface OpenEoParts {
  /** The component's name, which its objects bear. */
  readonly name: string;
  /** ServiceAccount of the driver. */
  readonly driverAccount: pulumi.Input<string>;
  /** ServiceAccount of the executors. */
  readonly executorAccount: pulumi.Input<string>;
  /** Secret with the object store's credentials. */
  readonly s3Secret: pulumi.Input<string>;
  /** Secret with what signed URLs are signed with. */
  readonly signingSecret: pulumi.Input<string>;
  /** ConfigMap with the layer catalogue. */
  readonly layerCatalog: pulumi.Input<string>;
  /** ConfigMap with the JMX exporter's configuration, if there is one. */
  readonly metricsConfig?: pulumi.Input<string>;
}

const catalogPath = "/opt/layercatalog.json";
const metricsFolder = "/opt/prometheus_config";

const image = {
  mainApplicationFile:
    "local:///opt/openeo/lib64/python3.8/site-packages/openeogeotrellis/deploy/kube.py",
  jars: [
    "local:///opt/geotrellis-extensions-static.jar",
    "local:///opt/geotrellis-dependencies-static.jar",
    "local:///opt/openeo-logging-static.jar",
  ],
  files: [`local://${catalogPath}`, "local:///opt/log4j2.xml"],
  /** The group of the image's user. */
  group: 18585,
};

const defaultSize = { cpuMillicores: 1000, memoryMib: 4096, memoryOverheadMib: 2700 };
const defaultCpuLimitMillicores = 1200;

/** A pod's size with the defaults in place of what was left out. */
export function sizeOf(size: OpenEoArgs["driver"] = {}) {
  const cpuMillicores = size.cpuMillicores ?? defaultSize.cpuMillicores;
  return {
    cpuMillicores,
    cpuLimitMillicores:
      size.cpuLimitMillicores ?? Math.max(cpuMillicores, defaultCpuLimitMillicores),
    memoryMib: size.memoryMib ?? defaultSize.memoryMib,
    memoryOverheadMib: size.memoryOverheadMib ?? defaultSize.memoryOverheadMib,
  };
}

/** The metrics' port with the default in place of what was left out. */
export const metricsPort = (metrics: OpenEoArgs["metrics"]): number => metrics?.port ?? 8090;

/** Labels of all objects. */
export const labelsOf = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": "openeo",
  "app.kubernetes.io/managed-by": "eoplatform",
});

/** Labels by which the Service finds the driver's pod. */
export const driverLabels = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": `${name}-driver`,
});

/** The web application as Spark runs it. */
export function openEoApplication(args: OpenEoArgs, parts: OpenEoParts): SparkApplication {
  const { name } = parts;
  const store = storeEnvironment(args, parts.s3Secret);
  const metricsFile = metricsMount(parts.metricsConfig);
  return {
    image: `${args.image}:${args.imageVersion}`,
    sparkVersion: args.sparkVersion,
    mainApplicationFile: args.mainApplicationFile ?? image.mainApplicationFile,
    jars: args.jars ?? image.jars,
    files: image.files,
    sparkConf: {
      "spark.appMasterEnv.DRIVER_IMPLEMENTATION_PACKAGE": "openeogeotrellis",
      "spark.executorEnv.DRIVER_IMPLEMENTATION_PACKAGE": "openeogeotrellis",
      ...args.sparkConf,
    },
    // A service: whatever ends it, it is started again.
    restart: { policy: "Always" },
    driver: {
      ...sizeOf(args.driver),
      serviceAccount: parts.driverAccount,
      environment: { ...driverEnvironment(args, parts), ...store },
      labels: driverLabels(name),
      annotations: checksums(args),
      files: [
        {
          volume: "layercatalog",
          source: { configMap: parts.layerCatalog },
          key: fileKeys.layerCatalog,
          path: catalogPath,
        },
        ...metricsFile,
      ],
      ports: { webapp: webPort },
      fsGroup: image.group,
    },
    executor: {
      ...sizeOf(args.executor),
      instances: args.executor?.instances ?? 1,
      cores: args.executor?.cores ?? 1,
      serviceAccount: parts.executorAccount,
      environment: store,
      labels: { "app.kubernetes.io/name": `${name}-executor` },
      files: metricsFile,
      fsGroup: image.group,
    },
    ...(args.metrics ? { metrics: metricsOf(args.metrics, metricsFile) } : {}),
  };
}

function driverEnvironment(
  args: OpenEoArgs,
  parts: OpenEoParts,
): Record<string, EnvironmentSource> {
  const own = Object.entries(args.environment ?? {}).map(
    ([name, value]): [string, EnvironmentSource] => [name, { value }],
  );
  return {
    KUBE: { value: "true" },
    KUBE_OPENEO_API_PORT: { value: String(webPort) },
    OPENEO_CATALOG_FILES: { value: catalogPath },
    IMAGE_NAME: { value: `${args.image}:${args.imageVersion}` },
    POD_NAME: { field: "metadata.name" },
    POD_NAMESPACE: { field: "metadata.namespace" },
    // The web application listens on this address: with 127.0.0.1 no Service reaches it.
    SPARK_LOCAL_IP: { field: "status.podIP" },
    SIGNED_URL_SECRET: { secret: parts.signingSecret, key: secretKeys.signedUrl },
    ...Object.fromEntries(own),
  };
}

const storeEnvironment = (
  args: OpenEoArgs,
  secret: pulumi.Input<string>,
): Record<string, EnvironmentSource> => ({
  SWIFT_URL: { value: args.s3.endpoint },
  AWS_ACCESS_KEY_ID: { secret, key: secretKeys.accessKeyId },
  AWS_SECRET_ACCESS_KEY: { secret, key: secretKeys.secretAccessKey },
  ...(args.s3.region === undefined ? {} : { AWS_REGION: { value: args.s3.region } }),
});

const metricsMount = (configMap?: pulumi.Input<string>): MountedFile[] =>
  configMap === undefined
    ? []
    : [
        {
          volume: "prometheus-config",
          source: { configMap },
          key: fileKeys.metrics,
          path: `${metricsFolder}/${fileKeys.metrics}`,
        },
      ];

const metricsOf = (
  metrics: NonNullable<OpenEoArgs["metrics"]>,
  files: readonly MountedFile[],
): SparkApplication["metrics"] => ({
  jmxExporterJar: metrics.jmxExporterJar,
  driver: metrics.driver ?? true,
  executors: metrics.executors ?? true,
  port: metricsPort(metrics),
  ...(files[0] ? { configFile: files[0].path } : {}),
});

/** A mounted file does not change in a running pod: with its checksum, the pod changes with it. */
function checksums(args: OpenEoArgs): Record<string, string> {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const { configuration } = args.metrics ?? {};
  return {
    "checksum/layercatalog": sha256(args.layerCatalog),
    ...(configuration === undefined ? {} : { "checksum/prometheus-config": sha256(configuration) }),
  };
}
