import type * as pulumi from "@pulumi/pulumi";
import type { OpenEoBatchArgs, OpenEoJobTrackerArgs, OpenEoLiteArgs } from "./batch/args";
import type {
  OpenEoInputDataArgs,
  OpenEoJobRegistryArgs,
  OpenEoLoginArgs,
  OpenEoMetricsArgs,
  OpenEoRouteArgs,
  OpenEoS3Args,
  OpenEoZooKeeperArgs,
} from "./featureArgs";

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
  /** Further options of the JVM, as on a command line. Defaults to none. */
  javaOptions?: string;
}

/** Size and number of the web application's executor pods. */
export interface OpenEoExecutorArgs {
  /** Number of executors, at least 1; of no meaning under dynamic allocation. Defaults to 1. */
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
  /** Further options of the JVM, as on a command line. Defaults to none. */
  javaOptions?: string;
}

/** Executors that come and go with the work. */
export interface OpenEoDynamicAllocationArgs {
  /** Executors at the start, within the other two. */
  initialExecutors: number;
  /** Executors at least, not below 0. */
  minExecutors: number;
  /** Executors at most, at least 1. */
  maxExecutors: number;
}

/** When the web application is started again. */
export enum OpenEoRestartPolicy {
  /** Whatever ended it. */
  Always = "Always",
  /** When it failed. */
  OnFailure = "OnFailure",
  /** Never. */
  Never = "Never",
}

/** What the operator does when the web application ends, or could not be submitted. */
export interface OpenEoRestartArgs {
  /** When it is started again. Defaults to `Always`. */
  policy?: OpenEoRestartPolicy;
  /** How often a failed run is repeated, of `OnFailure` only. Defaults to 3. */
  failureRetries?: number;
  /** Seconds between two runs. Defaults to 10. */
  failureRetryIntervalSeconds?: number;
  /** How often it is tried to submit it. Defaults to 5. */
  submissionFailureRetries?: number;
  /** Seconds between two such tries. Defaults to 20. */
  submissionFailureRetryIntervalSeconds?: number;
}

/** A file of the layer catalogue. */
export interface OpenEoCatalogFile {
  /** Its name in the pods, such as `sentinel.json`; no other file has it. */
  name: string;
  /** Its content: a JSON list of STAC collections. */
  content: string;
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
  /** Tag of the image. `images.ts` lists the releases of which the next three need not be given. */
  imageVersion: string;
  /** Spark version in the image, such as `3.5.3`. Defaults to that of a known release, and is required of others. */
  sparkVersion?: string;
  /** Python version in the image, such as `3.8`. Defaults to that of a known release, and is required of others. */
  pythonVersion?: string;
  /** Jars of the image, as `local://` paths. Defaults to those of the release. */
  jars?: string[];
  /** What the driver runs, a `local://` path in the image. Defaults to openEO's `kube.py`. */
  mainApplicationFile?: string;
  /** What users see as the name of this openEO. Defaults to the component's name. */
  title?: string;
  /** What users see as its description. Defaults to the title. */
  description?: string;
  /** Files of the layer catalogue, up to about 1 MiB each. Defaults to none: then `imageCatalogs` names at least one. */
  layerCatalogs?: OpenEoCatalogFile[];
  /** Files of the layer catalogue that the image brings, as absolute paths. Defaults to none. */
  imageCatalogs?: string[];
  /** The object store of the results. */
  s3: OpenEoS3Args;
  /** The object store of the input data. Defaults to that of the results. */
  inputData?: OpenEoInputDataArgs;
  /** Who may log in. Defaults to nobody; left out with `backendConfig`, which says it then. */
  login?: OpenEoLoginArgs;
  /** The Elastic job registry. Without it jobs are forgotten with the driver. */
  jobRegistry?: OpenEoJobRegistryArgs;
  /** ZooKeeper. Without it there are no user-defined processes. */
  zooKeeper?: OpenEoZooKeeperArgs;
  /** The way from outside. Without it there is none. */
  route?: OpenEoRouteArgs;
  /** Content of a `backendconfig.py` of your own. Defaults to one that is made of `title`, `description` and `login`. */
  backendConfig?: string;
  /** Content of the web application's `log4j2.xml`. Defaults to the image's logging. */
  log4j2?: string;
  /** Content of `http_credentials.json`, for input data behind a login; kept as a secret in any case. Defaults to none. */
  httpCredentials?: pulumi.Input<string>;
  /** Size of the driver pod. Each part has a default. */
  driver?: OpenEoDriverArgs;
  /** Size and number of the executor pods. Each part has a default. */
  executor?: OpenEoExecutorArgs;
  /** Executors that come and go. Without it there are `executor.instances`. */
  dynamicAllocation?: OpenEoDynamicAllocationArgs;
  /** What happens when the web application ends. Each part has a default. */
  restart?: OpenEoRestartArgs;
  /** Seconds after its end at which the operator deletes it. Defaults to never. */
  timeToLiveSeconds?: number;
  /** Metrics of driver and executors. Without it there are none. */
  metrics?: OpenEoMetricsArgs;
  /** Batch jobs. Each part has a default. */
  batch?: OpenEoBatchArgs;
  /** The job tracker. Without it there is none. */
  jobTracker?: OpenEoJobTrackerArgs;
  /** openeo-lite. Without it there is none. */
  lite?: OpenEoLiteArgs;
  /** Further Spark configuration; none of it a credential. Defaults to none. */
  sparkConf?: Record<string, string>;
  /** Further environment of driver and executors; none of it a credential, or set by another argument. Defaults to none. */
  extraEnv?: Record<string, string>;
  /** Further environment of the driver that is secret; it goes through a Secret. Defaults to none. */
  secretEnv?: Record<string, pulumi.Input<string>>;
}
