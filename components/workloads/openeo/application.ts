import type * as pulumi from "@pulumi/pulumi";
import { onPreemptibleNodes } from "../preemptible";
import type { MountedFile, PodSize, SparkApplication, SparkMetrics } from "../spark";
import type { OpenEoArgs } from "./args";
import { executorEnvironment, storeConf, webPort, type Environment } from "./environment";
import { paths } from "./files";
import type { OpenEoMetricsArgs } from "./featureArgs";
import { imageUser, jmxExporterJar, sitePackages, type ImageContent } from "./images";
import { driverLabels, executorLabels } from "./labels";

/** What the application is given by the objects beside it. */
export interface OpenEoParts {
  /** The component's name, which its objects bear. */
  readonly name: string;
  /** What the image holds. */
  readonly image: ImageContent;
  /** ServiceAccount of the driver. */
  readonly driverAccount: pulumi.Input<string>;
  /** ServiceAccount of the executors. */
  readonly executorAccount: pulumi.Input<string>;
  /** The driver's environment. */
  readonly environment: Environment;
  /** The keys of the stores, which executors read too. */
  readonly storeKeys: Environment;
  /** Paths of the layer catalogue. */
  readonly catalogs: readonly string[];
  /** The driver's files. */
  readonly driverFiles: readonly MountedFile[];
  /** The executors' files. */
  readonly executorFiles: readonly MountedFile[];
  /** Annotations that change with what the driver reads at its start. */
  readonly checksums: Readonly<Record<string, pulumi.Input<string>>>;
}

const defaultSize = { cpuMillicores: 1000, memoryMib: 4096, memoryOverheadMib: 2700 };
const defaultCpuLimitMillicores = 1200;

/** A pod's size with the defaults in place of what was left out. */
export function sizeOf(size: OpenEoArgs["driver"] = {}): PodSize {
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
export const metricsPort = (metrics?: OpenEoMetricsArgs): number => metrics?.port ?? 8090;

/** The web application as Spark runs it. */
export function openEoApplication(args: OpenEoArgs, parts: OpenEoParts): SparkApplication {
  const { image } = parts;
  const { preemptible } = args.batch ?? {};
  const app: SparkApplication = {
    image: `${args.image}:${args.imageVersion}`,
    sparkVersion: image.sparkVersion,
    mainApplicationFile:
      args.mainApplicationFile ??
      `local://${sitePackages(image.pythonVersion)}/openeogeotrellis/deploy/kube.py`,
    jars: image.jars,
    files: [...parts.catalogs, ...(args.log4j2 === undefined ? [] : [paths.log4j2])].map(
      (path) => `local://${path}`,
    ),
    sparkConf: {
      "spark.appMasterEnv.DRIVER_IMPLEMENTATION_PACKAGE": "openeogeotrellis",
      "spark.executorEnv.DRIVER_IMPLEMENTATION_PACKAGE": "openeogeotrellis",
      ...storeConf(args),
      ...args.sparkConf,
    },
    // A service: whatever ends it, it is started again.
    restart: { ...args.restart, policy: args.restart?.policy ?? "Always" },
    ...(args.timeToLiveSeconds === undefined ? {} : { timeToLiveSeconds: args.timeToLiveSeconds }),
    ...(args.dynamicAllocation ? { dynamicAllocation: args.dynamicAllocation } : {}),
    driver: driverPod(args, parts),
    executor: executorPod(args, parts),
    ...(args.metrics ? { metrics: metricsOf(args.metrics) } : {}),
  };
  return preemptible === undefined ? app : onPreemptibleNodes(app, preemptible);
}

const driverPod = (args: OpenEoArgs, parts: OpenEoParts): SparkApplication["driver"] => ({
  ...sizeOf(args.driver),
  ...javaOptions(args, args.driver?.javaOptions),
  serviceAccount: parts.driverAccount,
  environment: parts.environment,
  labels: driverLabels(parts.name),
  annotations: parts.checksums,
  files: parts.driverFiles,
  ports: { webapp: webPort },
  fsGroup: imageUser,
});

const executorPod = (args: OpenEoArgs, parts: OpenEoParts): SparkApplication["executor"] => ({
  ...sizeOf(args.executor),
  ...javaOptions(args, args.executor?.javaOptions),
  instances: args.executor?.instances ?? 1,
  cores: args.executor?.cores ?? 1,
  serviceAccount: parts.executorAccount,
  environment: { ...executorEnvironment(args, parts.image), ...parts.storeKeys },
  labels: executorLabels(parts.name),
  files: parts.executorFiles,
  fsGroup: imageUser,
});

/** Files of one's own are read only where the JVM is told of them. */
function javaOptions(args: OpenEoArgs, own: string | undefined): { javaOptions?: string } {
  const options = [
    ...(args.log4j2 === undefined ? [] : [`-Dlog4j2.configurationFile=file:${paths.log4j2}`]),
    // Read by CustomizableHttpRangeReaderProvider of openeo-geotrellis-extensions.
    ...(args.httpCredentials === undefined
      ? []
      : [`-Dhttp.credentials.file=${paths.httpCredentials}`]),
    ...(own === undefined ? [] : [own]),
  ];
  return options.length === 0 ? {} : { javaOptions: options.join(" ") };
}

const metricsOf = (metrics: OpenEoMetricsArgs): SparkMetrics => ({
  jmxExporterJar: metrics.jmxExporterJar ?? jmxExporterJar,
  driver: metrics.driver ?? true,
  executors: metrics.executors ?? true,
  port: metricsPort(metrics),
  ...(metrics.configuration === undefined ? {} : { configFile: paths.metrics }),
});
