import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { SparkApplication } from "./model";
import { sparkApplicationSpec } from "./spec";

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
