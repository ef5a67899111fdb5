import type { PreemptibleNodesArgs } from "../../preemptible";

/** Where Spark writes the event logs of batch jobs, from which a history server shows them. */
export interface OpenEoEventLogArgs {
  /** Bucket, which has to exist, in the store of the results. Defaults to `spark-history`. */
  bucket?: string;
  /** Folder in the bucket. It has to exist, as an empty object whose name ends in `/` at least: Spark starts no job without. Defaults to `history_prod`. */
  folder?: string;
}

/** Results written through a mounted bucket, by the CSI driver `ru.yandex.s3.csi` of the cluster. */
export interface OpenEoFuseArgs {
  /** What mounts the bucket: `s3fs`, `geesefs` or `rclone`. Defaults to `s3fs`. */
  mounter?: string;
  /** Options of the mounter. Defaults to openEO's own: user and group of the image. */
  mountOptions?: string;
  /** StorageClass that the volumes name. Defaults to `csi-s3`. */
  storageClass?: string;
}

/** Batch jobs scheduled by Apache YuniKorn, which the cluster has to have. */
export interface OpenEoYunikornArgs {
  /** Queue below which each user has one: `root.default` becomes `root.default.<user>`. Defaults to `root.default`. */
  queue?: string;
  /** Seconds that a job may wait for all of its pods to find a place, at least 1. Defaults to 10800. */
  schedulingTimeoutSeconds?: number;
  /** Whether YuniKorn limits what a user runs at once; openEO then counts only what is not yet started. Defaults to `false`. */
  userSpecificQueues?: boolean;
}

/** Batch jobs: SparkApplications that the web application makes as it runs. */
export interface OpenEoBatchArgs {
  /** Whether the nodes have Earth-observation data at `/eodata`; the pods of jobs then mount it and other folders of the node, which takes the Pod Security level `privileged`. Defaults to `false`: the folders are empty ones of the pod. */
  eodata?: boolean;
  /** Batch jobs that a user may run at once; 0 for any number. Defaults to 0. */
  concurrentJobs?: number;
  /** Where event logs go. Each part has a default. */
  eventLog?: OpenEoEventLogArgs;
  /** Results through a mounted bucket. Without it jobs talk S3 themselves. */
  fuse?: OpenEoFuseArgs;
  /** Scheduling by YuniKorn. Without it by the cluster's own scheduler. */
  yunikorn?: OpenEoYunikornArgs;
  /** Nodes that may be taken away, for the executors of jobs and of the web application. Without it all nodes are alike. */
  preemptible?: PreemptibleNodesArgs;
  /** Content of the configuration of log4j 2 in the pods of jobs. Defaults to the image's own. */
  log4j2?: string;
  /** Content of a template of jobs, in Jinja, that replaces the one made here. Without it one is made of the other settings. */
  template?: string;
  /** Names of variables of the web application that jobs get too, none of them a credential: their values stand in the SparkApplication. Defaults to none. */
  propagatedEnvironment?: string[];
}

/** The job tracker: a CronJob that writes the states of batch jobs into the job registry. */
export interface OpenEoJobTrackerArgs {
  /** When it runs, in cron's five fields; in the time zone of the cluster's controllers. Defaults to every minute. */
  schedule?: string;
  /** Seconds after its time at which a run is no longer started, at least 10. Defaults to 60. */
  startingDeadlineSeconds?: number;
  /** Seconds after which a run is ended, at least 1: a run that hangs holds back all others. Defaults to 600. */
  activeDeadlineSeconds?: number;
  /** Ended runs that are kept. Defaults to 1. */
  successfulJobsHistory?: number;
  /** Failed runs that are kept. Defaults to 3. */
  failedJobsHistory?: number;
  /** CPU that is reserved, in thousandths of a core, at least 1. Defaults to 100. */
  cpuMillicores?: number;
  /** Memory that is reserved and may be used, in MiB, at least 128. Defaults to 1024. */
  memoryMib?: number;
}

/** openeo-lite: the web application without Spark, for the requests that need none. */
export interface OpenEoLiteArgs {
  /** Number of pods, at least 1. Defaults to 1. */
  replicas?: number;
  /** CPU that is reserved, in thousandths of a core, at least 1. Defaults to 250. */
  cpuMillicores?: number;
  /** Memory that is reserved and may be used, in MiB, at least 128. Defaults to 2048. */
  memoryMib?: number;
}
