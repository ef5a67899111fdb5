import type * as pulumi from "@pulumi/pulumi";

/** Where the credentials of the object store come from. */
export enum S3Credentials {
  /** Made by the component and kept in the stack's state: for a store that is told its keys. */
  Generated = "generated",
  /** Given in `accessKeyId` and `secretAccessKey`. */
  Given = "given",
}

/** The object store that holds batch results. */
export interface OpenEoS3Args {
  /** Its URL, such as `https://s3.example.org`. */
  endpoint: pulumi.Input<string>;
  /** Its region. Left out by default. */
  region?: pulumi.Input<string>;
  /** Where the credentials come from; decides which resources exist. */
  credentials: S3Credentials;
  /** Access key id, a secret; with `given`, and only then. */
  accessKeyId?: pulumi.Input<string>;
  /** Secret access key, a secret; with `given`, and only then. */
  secretAccessKey?: pulumi.Input<string>;
}

/** Size of the web application's driver pod. */
export interface OpenEoDriverArgs {
  /** CPU that is reserved, in thousandths of a core, at least 100. Defaults to 1000. */
  cpuMillicores?: number;
  /** CPU that it may use, in thousandths of a core, not below `cpuMillicores`. Defaults to 1200, or `cpuMillicores` if that is more. */
  cpuLimitMillicores?: number;
  /** JVM heap, in MiB, at least 512. Defaults to 4096. */
  memoryMib?: number;
  /** Memory beside the heap, Python's too, in MiB, at least 384. Defaults to 2700. */
  memoryOverheadMib?: number;
}

/** Size and number of the web application's executor pods. */
export interface OpenEoExecutorArgs {
  /** Number of executors, at least 1. Defaults to 1. */
  instances?: number;
  /** Tasks that one executor runs at once, at least 1. Defaults to 1. */
  cores?: number;
  /** CPU that is reserved, in thousandths of a core, at least 100. Defaults to 1000. */
  cpuMillicores?: number;
  /** CPU that it may use, in thousandths of a core, not below `cpuMillicores`. Defaults to 1200, or `cpuMillicores` if that is more. */
  cpuLimitMillicores?: number;
  /** JVM heap, in MiB, at least 512. Defaults to 4096. */
  memoryMib?: number;
  /** Memory beside the heap, Python's too, in MiB, at least 384. Defaults to 2700. */
  memoryOverheadMib?: number;
}

/** Metrics of the JVMs in Prometheus' format. */
export interface OpenEoMetricsArgs {
  /** Path of the JMX exporter's jar in the image. */
  jmxExporterJar: string;
  /** Whether the driver serves its metrics. Defaults to `true`. */
  driver?: boolean;
  /** Whether the executors serve theirs. Defaults to `true`. */
  executors?: boolean;
  /** Port that they are served on, 1024 to 49151. Defaults to 8090. */
  port?: number;
  /** Content of the exporter's configuration, as YAML. Defaults to the operator's own. */
  configuration?: string;
}

/** What `OpenEo` is made from. */
export interface OpenEoArgs {
  /** Kubernetes version of the cluster, as `major.minor`, such as `1.36`; checked against `sparkVersion`. */
  kubernetesVersion: string;
  /** Namespace to run in; one of `jobNamespaces`. */
  namespace: string;
  /** Namespaces that the Spark operator works in: `SparkOperatorArgs.jobNamespaces`. */
  jobNamespaces: string[];
  /** `SparkOperator.ready`: nothing is made before the operator's webhook answers. */
  operatorReady: pulumi.Input<string>;
  /** Chart version of the Spark operator, for the compatibility check. Defaults to the one in `charts.ts`. */
  sparkOperatorVersion?: string;
  /** Image without a tag. */
  image: string;
  /** Tag of the image. */
  imageVersion: string;
  /** Spark version in the image, such as `3.5.3`. */
  sparkVersion: string;
  /** What the driver runs, a `local://` path in the image. Defaults to openEO's `kube.py` under Python 3.8. */
  mainApplicationFile?: string;
  /** Jars of the image, as `local://` paths. Defaults to the three of openEO's image. */
  jars?: string[];
  /** Layer catalogue: the content of a JSON file, a list of collections that each have an `id`. */
  layerCatalog: string;
  /** The object store that holds batch results. */
  s3: OpenEoS3Args;
  /** Host name of the Ingress. Without it there is none. */
  host?: string;
  /** Class of the Ingress. Defaults to `traefik`. */
  ingressClassName?: pulumi.Input<string>;
  /** Size of the driver pod. Each part has a default. */
  driver?: OpenEoDriverArgs;
  /** Size and number of the executor pods. Each part has a default. */
  executor?: OpenEoExecutorArgs;
  /** Metrics of driver and executors. Without it there are none. */
  metrics?: OpenEoMetricsArgs;
  /** Further Spark configuration; keys and values are strings, none of them a credential. Defaults to none. */
  sparkConf?: Record<string, string>;
  /** Further environment of the driver, none of it a credential. Defaults to none. */
  environment?: Record<string, string>;
}
