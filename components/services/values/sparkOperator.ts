import type { Values } from "../../base/helmRelease";
import type { NamespacesKey } from "../../compatibility";
import { mebibytes, millicores } from "../../base/units";

/** What the values of the spark-operator chart are made from. */
export interface SparkOperatorValues {
  /** The name that the chart's version has for the job namespaces. */
  readonly namespacesKey: NamespacesKey;
  /** Every namespace that jobs run in: the webhook and the RBAC rules cover these and no other. */
  readonly jobNamespaces: readonly string[];
  /** How many submissions run at once. */
  readonly submissionWorkers: number;
  /** Whether applications may name another scheduler. Off if left out. */
  readonly batchScheduler?: boolean;
  /** Image tag; the chart's own if left out. */
  readonly imageTag?: string;
}

/** What the controller takes when it submits nothing, in MiB. */
const idleControllerMib = 256;

/** What one submission takes, in MiB: a JVM with 128 MiB of heap, and what a JVM needs beside it. */
const submissionMib = 320;

/** The controller's memory limit: short of it, the kernel kills a submission ("signal: killed"). */
export const controllerMemoryMib = (submissionWorkers: number): number =>
  idleControllerMib + submissionWorkers * submissionMib;

/** The values of the spark-operator chart. */
export function sparkOperatorValues(args: SparkOperatorValues): Values {
  const image: Values = args.imageTag === undefined ? {} : { image: { tag: args.imageTag } };
  const controllerResources: Values = {
    requests: { cpu: millicores(100), memory: mebibytes(idleControllerMib + submissionMib) },
    limits: { memory: mebibytes(controllerMemoryMib(args.submissionWorkers)) },
  };
  const namespaces = [...args.jobNamespaces];
  switch (args.namespacesKey) {
    case "sparkJobNamespace":
      // An empty name means all namespaces: the one that is meant is always named.
      return firstGeneration({ sparkJobNamespace: namespaces[0] ?? "" });
    case "sparkJobNamespaces":
      return firstGeneration({ sparkJobNamespaces: namespaces });
    case "spark.jobNamespaces":
      return {
        ...image,
        spark: { jobNamespaces: namespaces },
        controller: {
          workers: args.submissionWorkers,
          resources: controllerResources,
          ...(args.batchScheduler === true ? { batchScheduler: { enable: true } } : {}),
        },
        webhook: { enable: true, resources: webhookResources },
      };
  }

  /** Chart 1.x: one process that submits and serves the webhook, which is off unless asked for. */
  function firstGeneration(jobNamespaces: Values): Values {
    return {
      ...image,
      ...jobNamespaces,
      controllerThreads: args.submissionWorkers,
      resources: controllerResources,
      webhook: { enable: true },
    };
  }
}

const webhookResources: Values = {
  requests: { cpu: millicores(50), memory: mebibytes(64) },
  limits: { memory: mebibytes(256) },
};
