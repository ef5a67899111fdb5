import { millicores, sparkMebibytes } from "../../base/units";
import type { SparkApplication, SparkMetrics, SparkPod, SparkRestart } from "./model";
import { environmentOf, volumeMountsOf, volumesOf } from "./pods";

/** The operator retries nothing that it is given no numbers for. */
const restartPolicy = (restart: SparkRestart) =>
  restart.policy === "Never"
    ? { type: restart.policy }
    : {
        type: restart.policy,
        onFailureRetries: restart.failureRetries ?? 3,
        onFailureRetryInterval: restart.failureRetryIntervalSeconds ?? 10,
        onSubmissionFailureRetries: restart.submissionFailureRetries ?? 5,
        onSubmissionFailureRetryInterval: restart.submissionFailureRetryIntervalSeconds ?? 20,
      };

/** The `spec` of a SparkApplication (`sparkoperator.k8s.io/v1beta2`). */
export function sparkApplicationSpec(app: SparkApplication) {
  const volumes = volumesOf([...(app.driver.files ?? []), ...(app.executor.files ?? [])]);
  return {
    type: "Python",
    pythonVersion: "3",
    mode: "cluster",
    image: app.image,
    imagePullPolicy: "IfNotPresent",
    sparkVersion: app.sparkVersion,
    mainApplicationFile: app.mainApplicationFile,
    ...(app.arguments ? { arguments: app.arguments } : {}),
    deps: { jars: app.jars, ...(app.files.length > 0 ? { files: app.files } : {}) },
    sparkConf: app.sparkConf,
    restartPolicy: restartPolicy(app.restart),
    ...(app.timeToLiveSeconds === undefined ? {} : { timeToLiveSeconds: app.timeToLiveSeconds }),
    ...(app.dynamicAllocation
      ? { dynamicAllocation: { enabled: true, ...app.dynamicAllocation } }
      : {}),
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
  const { annotations, files = [], ports, javaOptions } = pod;
  return {
    coreRequest: millicores(pod.cpuMillicores),
    coreLimit: millicores(pod.cpuLimitMillicores),
    memory: sparkMebibytes(pod.memoryMib),
    memoryOverhead: sparkMebibytes(pod.memoryOverheadMib),
    serviceAccount: pod.serviceAccount,
    labels: pod.labels,
    ...(javaOptions === undefined ? {} : { javaOptions }),
    ...(annotations ? { annotations } : {}),
    env: environmentOf(pod.environment),
    ...(files.length > 0 ? { volumeMounts: volumeMountsOf(files) } : {}),
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
    ...placement(pod),
  };
}

/** Where it runs, and how long it may take to leave. */
function placement(pod: SparkPod) {
  const { nodeSelector, affinity, tolerations, terminationGraceSeconds } = pod;
  return {
    ...(nodeSelector ? { nodeSelector } : {}),
    ...(affinity ? { affinity } : {}),
    ...(tolerations ? { tolerations } : {}),
    ...(terminationGraceSeconds === undefined
      ? {}
      : { terminationGracePeriodSeconds: terminationGraceSeconds }),
  };
}
