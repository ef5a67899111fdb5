import type { V1Pod } from "@kubernetes/client-node";
import {
  annotations,
  containerName,
  environment,
  image,
  labels,
  localDirVariable,
  podSpec,
} from "./pod";
import { resources } from "./resources";
import { upon } from "./template";

type Properties = ReadonlyMap<string, string>;

/** What an executor is made from. */
export interface ExecutorArgs {
  /** The pod that asks for it, and that it goes with. */
  readonly driver: V1Pod;
  /** The application's settings, as the driver has them. */
  readonly properties: Properties;
  /** Counted from 1; never used twice by one driver. */
  readonly id: number;
  /** The template that the application asks for. */
  readonly template?: V1Pod;
}

const blockManagerPort = 7079;
const defaultInstances = 2;

/** How many executors a driver asks for at first: a simulated one never scales. */
export function wantedExecutors(properties: Properties): number {
  const number = (name: string) => {
    const value = properties.get(name);
    return value === undefined ? undefined : Number(value);
  };
  if (properties.get("spark.dynamicAllocation.enabled") !== "true") {
    return number("spark.executor.instances") ?? defaultInstances;
  }
  return Math.max(
    number("spark.dynamicAllocation.initialExecutors") ?? 0,
    number("spark.dynamicAllocation.minExecutors") ?? 0,
    number("spark.executor.instances") ?? 0,
  );
}

/** The pod of one executor. */
export function executorPod({ driver, properties, id, template }: ExecutorArgs): V1Pod {
  const { name = "", namespace = "", uid = "" } = driver.metadata ?? {};
  const appName = properties.get("spark.app.name") ?? name;
  const appId = properties.get("spark.app.id") ?? "";
  const url = `spark://CoarseGrainedScheduler@${properties.get("spark.driver.host")}:${properties.get("spark.driver.port")}`;
  const spec = podSpec(properties, "executor", {
    name: containerName.executor,
    image: image(properties, "executor"),
    args: ["executor"],
    env: [
      { name: "SPARK_USER", value: "root" },
      { name: "SPARK_DRIVER_URL", value: url },
      { name: "SPARK_EXECUTOR_CORES", value: properties.get("spark.executor.cores") ?? "1" },
      { name: "SPARK_EXECUTOR_MEMORY", value: properties.get("spark.executor.memory") ?? "1g" },
      { name: "SPARK_APPLICATION_ID", value: appId },
      { name: "SPARK_CONF_DIR", value: "/opt/spark/conf" },
      { name: "SPARK_EXECUTOR_ID", value: String(id) },
      { name: "SPARK_RESOURCE_PROFILE_ID", value: "0" },
      { name: "SPARK_EXECUTOR_POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
      localDirVariable,
      ...environment(properties, "executor"),
    ],
    ports: [{ name: "blockmanager", containerPort: blockManagerPort, protocol: "TCP" }],
    resources: resources(properties, "executor"),
  });
  const pod: V1Pod = {
    metadata: {
      name: `${namePrefix(properties, name)}-exec-${id}`,
      namespace,
      labels: {
        ...labels(properties, "executor", appId, appName),
        "spark-exec-id": String(id),
        "spark-exec-inactive": "false",
        "spark-exec-resourceprofile-id": "0",
      },
      annotations: annotations(properties, "executor"),
      ownerReferences: [{ apiVersion: "v1", kind: "Pod", name, uid, controller: true }],
    },
    spec,
  };
  const container = properties.get("spark.kubernetes.executor.podTemplateContainerName");
  return template ? upon(template, pod, container) : pod;
}

/** As given, else what the submission's other names begin with. */
function namePrefix(properties: Properties, driverName: string): string {
  const given = properties.get("spark.kubernetes.executor.podNamePrefix");
  const [, fromService] =
    /^(.+)-driver-svc\./.exec(properties.get("spark.driver.host") ?? "") ?? [];
  return given ?? fromService ?? driverName;
}
