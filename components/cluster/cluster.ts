import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** What every cluster offers, whoever makes it: all that services and workloads need to know of it. */
export interface Cluster {
  /** Access to the cluster as its administrator; secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** What makes objects in the cluster. */
  readonly provider: k8s.Provider;
  /** The Kubernetes that runs, as the cluster's maker writes it, such as `v1.31.2-rancher2-1`. */
  readonly kubernetesVersion: pulumi.Output<string>;
  /** Names of the nodes of each pool. Empty where somebody else made the nodes. */
  readonly pools: pulumi.Output<Record<string, string[]>>;
  /** Storage classes that workloads can count on. */
  readonly storageClasses: pulumi.Output<string[]>;
  /** Host of the API server, without port; empty where only the kubeconfig's file knows. */
  readonly apiAddress: pulumi.Output<string>;
}
