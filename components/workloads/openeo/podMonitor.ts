import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labelsOf } from "./labels";

/** Name which the Spark operator gives the port of the JMX exporter. */
export const metricsPortName = "jmx-exporter";

/** Makes the PodMonitor of the driver's and the executors' metrics. */
export const makePodMonitor = (
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource =>
  new k8s.apiextensions.CustomResource(
    `${name}-podmonitor`,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name, namespace, labels: { ...labelsOf(name), ...labels } },
      spec: {
        namespaceSelector: { matchNames: [namespace] },
        selector: {
          matchLabels: { "sparkoperator.k8s.io/app-name": name },
          // Of the pods with that name only these two kinds run Spark.
          matchExpressions: [{ key: "spark-role", operator: "In", values: ["driver", "executor"] }],
        },
        podMetricsEndpoints: [
          {
            port: metricsPortName,
            relabelings: [
              // An ended pod keeps its address for a while, which another may have by then.
              { sourceLabels: ["__meta_kubernetes_pod_phase"], regex: "Running", action: "keep" },
            ],
          },
        ],
      },
    },
    opts,
  );
