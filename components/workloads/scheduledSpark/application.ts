import type * as pulumi from "@pulumi/pulumi";
import { onPreemptibleNodes } from "../preemptible";
import type { EnvironmentSource, PodSize, SparkApplication } from "../spark";
import type { SparkJobArgs, SparkPodArgs } from "./args";

/** What the application is given by the objects beside it. */
export interface ScheduledSparkParts {
  /** ServiceAccount of the driver. */
  readonly driver: pulumi.Input<string>;
  /** ServiceAccount of the executors. */
  readonly executor: pulumi.Input<string>;
  /** Labels of all objects. */
  readonly labels: Readonly<Record<string, string>>;
}

const defaultSize = { cpuMillicores: 1000, memoryMib: 1024, memoryOverheadMib: 512 };
const defaultCpuLimitMillicores = 1200;

/** A pod's size with the defaults in place of what was left out. */
export function scheduledPodSize(given: SparkPodArgs = {}): PodSize {
  const size = { ...defaultSize, ...given };
  const { cpuMillicores, cpuLimitMillicores } = size;
  return {
    ...size,
    cpuLimitMillicores: cpuLimitMillicores ?? Math.max(cpuMillicores, defaultCpuLimitMillicores),
  };
}

/** The application as Spark runs it each time. */
export function scheduledApplication(
  args: SparkJobArgs,
  { driver, executor, labels }: ScheduledSparkParts,
): SparkApplication {
  const environment: Record<string, EnvironmentSource> = {
    ...Object.fromEntries(
      Object.entries(args.environment ?? {}).map(([name, value]) => [name, { value }]),
    ),
    ...args.secretEnvironment,
  };
  const retries = args.retries ?? 0;
  const app: SparkApplication = {
    image: args.image,
    sparkVersion: args.sparkVersion,
    mainApplicationFile: args.mainApplicationFile,
    ...(args.arguments ? { arguments: args.arguments } : {}),
    jars: args.jars ?? [],
    files: [],
    sparkConf: args.sparkConf ?? {},
    restart: retries === 0 ? { policy: "Never" } : { policy: "OnFailure", failureRetries: retries },
    driver: { ...scheduledPodSize(args.driver), serviceAccount: driver, environment, labels },
    executor: {
      ...scheduledPodSize(args.executor),
      instances: args.executors ?? 1,
      cores: args.executorCores ?? 1,
      serviceAccount: executor,
      environment,
      labels,
    },
  };
  return args.preemptible ? onPreemptibleNodes(app, args.preemptible) : app;
}
