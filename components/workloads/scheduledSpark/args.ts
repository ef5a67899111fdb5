import type * as pulumi from "@pulumi/pulumi";
import type { PreemptibleNodesArgs } from "../preemptible";

/** What happens at the time of a run while the last one has not ended. */
export enum ScheduledConcurrency {
  /** Both run. */
  Allow = "Allow",
  /** The new one is left out. */
  Forbid = "Forbid",
  /** The last one is deleted. */
  Replace = "Replace",
}

/** A key of a Secret in the application's namespace. */
export interface SparkSecretKeyArgs {
  /** Name of the Secret. */
  secret: pulumi.Input<string>;
  /** Key of the Secret. */
  key: string;
}

/** Size of a driver's or an executor's pod. */
export interface SparkPodArgs {
  /** CPU that is reserved, in thousandths of a core, at least 100. Defaults to 1000. */
  cpuMillicores?: number;
  /** CPU that it may use, in thousandths of a core, not below `cpuMillicores`. Defaults to 1200, or `cpuMillicores` if that is more. */
  cpuLimitMillicores?: number;
  /** JVM heap, in MiB, at least 512. Defaults to 1024. */
  memoryMib?: number;
  /** Memory beside the heap, Python's too, in MiB, at least 384. Defaults to 512. */
  memoryOverheadMib?: number;
}

/** A Python application on Spark. */
export interface SparkJobArgs {
  /** Image with its tag, or with its digest. */
  image: string;
  /** Spark version in the image, such as `3.5.3`. */
  sparkVersion: string;
  /** What the driver runs, a `local://` path in the image. */
  mainApplicationFile: string;
  /** Arguments of the application, none of them a credential. Defaults to none. */
  arguments?: string[];
  /** Jars of the image, as `local://` paths. Defaults to none. */
  jars?: string[];
  /** Spark's configuration, none of it a credential. Defaults to none. */
  sparkConf?: Record<string, string>;
  /** Environment of driver and executors, none of it a credential. Defaults to none. */
  environment?: Record<string, string>;
  /** Environment of driver and executors out of Secrets. Defaults to none. */
  secretEnvironment?: Record<string, SparkSecretKeyArgs>;
  /** Size of the driver's pod. Each part has a default. */
  driver?: SparkPodArgs;
  /** Size of an executor's pod. Each part has a default. */
  executor?: SparkPodArgs;
  /** Number of executors, at least 1. Defaults to 1. */
  executors?: number;
  /** Tasks that one executor runs at once, at least 1. Defaults to 1. */
  executorCores?: number;
  /** How often a failed run is repeated at once; 0 for never. Defaults to 0: the next run is its own. */
  retries?: number;
  /** Executors on nodes that may be taken away. Without it all nodes are alike. */
  preemptible?: PreemptibleNodesArgs;
}

/** What `ScheduledSpark` is made from. */
export interface ScheduledSparkArgs {
  /** Kubernetes version of the cluster, as `major.minor`; checked against the application's Spark. */
  kubernetesVersion: string;
  /** Namespace to run in; one of `jobNamespaces`. */
  namespace: string;
  /** Namespaces that the Spark operator works in: `SparkOperatorArgs.jobNamespaces`. */
  jobNamespaces: string[];
  /** `SparkOperator.ready`: nothing is made before the operator's webhook answers. */
  operatorReady: pulumi.Input<string>;
  /** Chart version of the Spark operator, for the compatibility check. Defaults to the one in `charts.ts`. */
  sparkOperatorVersion?: string;
  /** When it runs: cron's five fields, `@daily` and the like, or `@every 1h30m`. */
  schedule: string;
  /** Time zone of the schedule, such as `Europe/Brussels`; operators before 2.2.0 have none. Defaults to that of the operator, UTC in its image. */
  timeZone?: string;
  /** What happens while the last run has not ended. Defaults to `Forbid`. */
  concurrency?: ScheduledConcurrency;
  /** Whether no further runs are started. Defaults to `false`. */
  suspend?: boolean;
  /** Successful runs that are kept. Defaults to 1. */
  successfulRunHistory?: number;
  /** Failed runs that are kept. Defaults to 1. */
  failedRunHistory?: number;
  /** What is run. */
  application: SparkJobArgs;
}
