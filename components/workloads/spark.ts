import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { dns1035Rule, isDns1035Label } from "../base/names";
import type { Refusals } from "../base/refusal";
import { isWholeFrom, millicores, sparkMebibytes } from "../base/units";

/** Where an environment variable gets its value from. */
export type EnvironmentSource =
  /** A value that anyone may read. */
  | { readonly value: pulumi.Input<string> }
  /** A key of a Secret in the application's namespace. */
  | { readonly secret: pulumi.Input<string>; readonly key: string }
  /** A field of the pod, such as `status.podIP`. */
  | { readonly field: string };

/** A ConfigMap of which one key is seen as a file in the pod; the operator's webhook mounts it. */
export interface MountedFile {
  /** Name of the volume, a DNS-1123 label. */
  readonly volume: string;
  /** Name of the ConfigMap. */
  readonly configMap: pulumi.Input<string>;
  /** Key of the ConfigMap. */
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
  readonly annotations?: Readonly<Record<string, string>>;
  /** Files of ConfigMaps in it. */
  readonly files?: readonly MountedFile[];
  /** Ports that it listens on, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Group that owns its volumes. */
  readonly fsGroup?: number;
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

/** A Python application that Spark runs in the cluster. */
export interface SparkApplication {
  /** Image with its tag. */
  readonly image: string;
  /** Spark's version in the image. */
  readonly sparkVersion: string;
  /** What is run, such as `local:///opt/app/main.py`. */
  readonly mainApplicationFile: string;
  /** Jars that the image brings, as `local://` URLs. */
  readonly jars: readonly string[];
  /** Files that the image or a mount brings, as `local://` URLs. */
  readonly files: readonly string[];
  /** Spark's configuration: strings, none of them a credential. */
  readonly sparkConf: Readonly<Record<string, string>>;
  /** `Always` for a service, `OnFailure` or `Never` for a job. */
  readonly restart: "Always" | "OnFailure" | "Never";
  /** The driver's pod. */
  readonly driver: SparkPod;
  /** The executors' pods. */
  readonly executor: SparkExecutors;
  /** Metrics; none if left out. */
  readonly metrics?: SparkMetrics;
}

/** Seconds between two runs, and between two tries to submit. Without them nothing is retried. */
const retries = {
  onFailureRetries: 3,
  onFailureRetryInterval: 10,
  onSubmissionFailureRetries: 5,
  onSubmissionFailureRetryInterval: 20,
};

/** The `spec` of a SparkApplication (`sparkoperator.k8s.io/v1beta2`). */
export function sparkApplicationSpec(app: SparkApplication) {
  const files = new Map(
    [...(app.driver.files ?? []), ...(app.executor.files ?? [])].map((file) => [file.volume, file]),
  );
  const volumes = [...files.values()].map(({ volume, configMap }) => ({
    name: volume,
    configMap: { name: configMap },
  }));
  return {
    type: "Python",
    pythonVersion: "3",
    mode: "cluster",
    image: app.image,
    imagePullPolicy: "IfNotPresent",
    sparkVersion: app.sparkVersion,
    mainApplicationFile: app.mainApplicationFile,
    deps: { jars: app.jars, files: app.files },
    sparkConf: app.sparkConf,
    restartPolicy: { type: app.restart, ...(app.restart === "Never" ? {} : retries) },
    ...(volumes.length > 0 ? { volumes } : {}),
    ...(app.metrics ? { monitoring: monitoring(app.metrics) } : {}),
    driver: podSpec(app.driver),
    executor: {
      instances: app.executor.instances,
      cores: app.executor.cores,
      ...podSpec(app.executor),
    },
  };
}

/** `configFile` is a path; `configuration` would be the file's content, and loses against it. */
const monitoring = (metrics: SparkMetrics) => ({
  exposeDriverMetrics: metrics.driver,
  exposeExecutorMetrics: metrics.executors,
  prometheus: {
    jmxExporterJar: metrics.jmxExporterJar,
    port: metrics.port,
    ...(metrics.configFile === undefined ? {} : { configFile: metrics.configFile }),
  },
});

function podSpec(pod: SparkPod) {
  const { annotations, files = [], ports } = pod;
  return {
    coreRequest: millicores(pod.cpuMillicores),
    coreLimit: millicores(pod.cpuLimitMillicores),
    memory: sparkMebibytes(pod.memoryMib),
    memoryOverhead: sparkMebibytes(pod.memoryOverheadMib),
    serviceAccount: pod.serviceAccount,
    labels: pod.labels,
    ...(annotations ? { annotations } : {}),
    env: Object.entries(pod.environment).map(([name, source]) => environmentVariable(name, source)),
    ...(files.length > 0
      ? {
          volumeMounts: files.map(({ volume, key, path }) => ({
            name: volume,
            mountPath: path,
            subPath: key,
            readOnly: true,
          })),
        }
      : {}),
    ...(ports
      ? {
          ports: Object.entries(ports).map(([name, containerPort]) => ({
            name,
            containerPort,
            protocol: "TCP",
          })),
        }
      : {}),
    ...(pod.fsGroup === undefined ? {} : { podSecurityContext: { fsGroup: pod.fsGroup } }),
  };
}

function environmentVariable(name: string, source: EnvironmentSource) {
  if ("value" in source) return { name, value: source.value };
  if ("field" in source) return { name, valueFrom: { fieldRef: { fieldPath: source.field } } };
  return { name, valueFrom: { secretKeyRef: { name: source.secret, key: source.key } } };
}

/**
 * Registers a SparkApplication. A change of its spec makes the operator submit it anew.
 *
 * @param name the resource's name in the program
 * @param metadata the object's name, a DNS-1035 label, its namespace and labels
 */
export const submit = (
  name: string,
  metadata: { name: string; namespace: string; labels: Readonly<Record<string, string>> },
  app: SparkApplication,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource =>
  new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: "sparkoperator.k8s.io/v1beta2",
      kind: "SparkApplication",
      metadata,
      spec: sparkApplicationSpec(app),
    },
    opts,
  );

/** Names that hold a credential, but not those that only say where credentials come from. */
const credentialName =
  /(secret|password|passwd|token|credentials?|access[._-]?key|api[._-]?key)(?!.*\.(provider|enabled|path)s?$)/i;

/** Refuses names under which a credential would lie open in the cluster's API. */
export function refuseCredentials(
  refusals: Refusals,
  propertyPath: string,
  values: Readonly<Record<string, string>>,
): void {
  for (const key of Object.keys(values)) {
    refusals.require(
      !credentialName.test(key),
      `${propertyPath}.${key}`,
      "looks like a credential, which anyone who may read the object could read here; " +
        "put it into a Secret that the image reads from its environment",
    );
  }
}

/** Refuses a name that the operator's webhook would refuse, later and in fewer words. */
export function refuseApplicationName(refusals: Refusals, name: string): void {
  refusals.require(
    isDns1035Label(name),
    "name",
    `"${name}" names a SparkApplication: ${dns1035Rule}`,
  );
}

/** Refuses sizes that Spark or Kubernetes would refuse, or that no Python application fits in. */
export function refuseSize(refusals: Refusals, propertyPath: string, size: PodSize): void {
  const atLeast = (least: number, key: keyof PodSize, unit: string) =>
    refusals.require(
      isWholeFrom(least, size[key]),
      `${propertyPath}.${key}`,
      `must be a whole number of ${unit}, at least ${least}, got ${size[key]}`,
    );
  atLeast(100, "cpuMillicores", "thousandths of a core");
  atLeast(size.cpuMillicores, "cpuLimitMillicores", "thousandths of a core");
  atLeast(512, "memoryMib", "MiB");
  atLeast(384, "memoryOverheadMib", "MiB");
}
