import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A level of Kubernetes' Pod Security Standards. */
export type PodSecurity = "restricted" | "baseline" | "privileged";

/**
 * Makes a namespace in which pods keep to a Pod Security level.
 *
 * @param name the resource's name in the program
 * @param namespace the namespace's name in the cluster
 * @param security the level that the API server enforces; what goes beyond is refused
 */
export function makeNamespace(
  name: string,
  namespace: string,
  security: PodSecurity,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  const labels = {
    "app.kubernetes.io/managed-by": "eoplatform",
    "pod-security.kubernetes.io/enforce": security,
  };
  return new k8s.core.v1.Namespace(name, { metadata: { name: namespace, labels } }, opts);
}
