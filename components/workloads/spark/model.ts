import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Where an environment variable gets its value from. */
export type EnvironmentSource =
  /** A value that anyone may read. */
  | { readonly value: pulumi.Input<string> }
  /** A key of a Secret in the application's namespace. */
  | { readonly secret: pulumi.Input<string>; readonly key: string }
  /** A field of the pod, such as `status.podIP`. */
  | { readonly field: string };

/** The object that a file comes from, by its name. */
export type FileSource =
  { readonly configMap: pulumi.Input<string> } | { readonly secret: pulumi.Input<string> };

/** A key of a ConfigMap or Secret, seen as a file in the pod; the operator's webhook mounts it. */
export interface MountedFile {
  /** Name of the volume, a DNS-1123 label; one for each object. */
  readonly volume: string;
  /** The object. */
  readonly source: FileSource;
  /** Key of the object. */
  readonly key: string;
  /** Path of the file in the pod. It does not change while the pod runs. */
  readonly path: string;
}

/** A pod's size. */
export interface PodSize {
  /** CPU that is reserved, in thousandths of a core. */
  readonly cpuMillicores: number;
  /** CPU that it may use, in thousandths of a core. */
  readonly cpuLimitMillicores: number;
  /** JVM heap, in MiB. */
  readonly memoryMib: number;
  /** Memory beside the heap, in MiB. */
  readonly memoryOverheadMib: number;
}

/** A driver's or an executor's pod. */
export interface SparkPod extends PodSize {
  /** The ServiceAccount that it runs as. */
  readonly serviceAccount: pulumi.Input<string>;
  /** Its environment, by name. */
  readonly environment: Readonly<Record<string, EnvironmentSource>>;
  /** Its labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its annotations. */
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Files of ConfigMaps and Secrets in it. */
  readonly files?: readonly MountedFile[];
  /** Ports that it listens on, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Group that owns its volumes. */
  readonly fsGroup?: number;
  /** Options of its JVM, as on a command line. */
  readonly javaOptions?: string;
  /** Labels of the nodes that it may run on; the operator's webhook sets it, as the two below. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Nodes and pods that it is drawn to, or kept from. */
  readonly affinity?: k8s.types.input.core.v1.Affinity;
  /** Taints of nodes that it bears. */
  readonly tolerations?: readonly k8s.types.input.core.v1.Toleration[];
  /** Seconds that it has between the word to end and its end. Kubernetes' 30 if left out. */
  readonly terminationGraceSeconds?: number;
}

/** Executors: pods of one shape. */
export interface SparkExecutors extends SparkPod {
  /** How many. */
  readonly instances: number;
  /** Tasks that one runs at once. */
  readonly cores: number;
}

/** Metrics of the JVMs, served in Prometheus' format by an agent that the image brings. */
export interface SparkMetrics {
  /** Path of the JMX exporter's jar in the image. */
  readonly jmxExporterJar: string;
  /** Whether the driver serves its metrics. */
  readonly driver: boolean;
  /** Whether the executors serve theirs. */
  readonly executors: boolean;
  /** Port that they are served on, 1024 to 49151. */
  readonly port: number;
  /** Path of the exporter's configuration in the pod; the operator's own if left out. */
  readonly configFile?: string;
}

/** What the operator does when the application ends, or could not be submitted. */
export interface SparkRestart {
  /** `Always` for a service, `OnFailure` or `Never` for a job. */
  readonly policy: "Always" | "OnFailure" | "Never";
  /** How often a failed run is repeated. Default: 3. */
  readonly failureRetries?: number;
  /** Seconds between two runs. Default: 10. */
  readonly failureRetryIntervalSeconds?: number;
  /** How often it is tried to submit it. Default: 5. */
  readonly submissionFailureRetries?: number;
  /** Seconds between two such tries. Default: 20. */
  readonly submissionFailureRetryIntervalSeconds?: number;
}

/** Executors that come and go with the work. */
export interface DynamicAllocation {
  /** How many there are at first. */
  readonly initialExecutors: number;
  /** How many there are at least. */
  readonly minExecutors: number;
  /** How many there are at most. */
  readonly maxExecutors: number;
}

/** A Python application that Spark runs in the cluster. */
export interface SparkApplication {
  /** Image with its tag. */
  readonly image: string;
  /** Spark's version in the image. */
  readonly sparkVersion: string;
  /** What is run, such as `local:///opt/app/main.py`. */
  readonly mainApplicationFile: string;
  /** Its arguments, none of them a credential; none if left out. */
  readonly arguments?: readonly string[];
  /** Jars that the image brings, as `local://` URLs. */
  readonly jars: readonly string[];
  /** Files that the image or a mount brings, as `local://` URLs. */
  readonly files: readonly string[];
  /** Spark's configuration: strings, none of them a credential. */
  readonly sparkConf: Readonly<Record<string, pulumi.Input<string>>>;
  /** What happens when it ends. */
  readonly restart: SparkRestart;
  /** Seconds after its end at which the operator deletes it; never if left out. */
  readonly timeToLiveSeconds?: number;
  /** Executors that come and go; `executor.instances` of them if left out. */
  readonly dynamicAllocation?: DynamicAllocation;
  /** The driver's pod. */
  readonly driver: SparkPod;
  /** The executors' pods. */
  readonly executor: SparkExecutors;
  /** Metrics; none if left out. */
  readonly metrics?: SparkMetrics;
}
