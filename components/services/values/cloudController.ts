import { mebibytes, millicores } from "../../base/units";
import { ClusterEngine } from "../../openstack/engines";
import type { Values } from "../../base/helmRelease";

/** What the values of the chart openstack-cloud-controller-manager are made from. */
export interface CloudControllerValues {
  /** Name of the cluster: load balancers bear it, and their owner is known by it. */
  readonly clusterName: string;
  /** What the cluster is made with. */
  readonly engine: ClusterEngine;
  /** Whether Services of type LoadBalancer get one. */
  readonly loadBalancers: boolean;
  /** Name of the Secret with cloud.conf. */
  readonly secretName: string;
  /** Changes with the configuration. */
  readonly checksum: string;
}

/**
 * The label of control-plane nodes. RKE 1 has its own; the chart's default selects by the other, and
 * Helm takes a default away with `null` only.
 */
const nodeSelectors: Readonly<Record<ClusterEngine, Values>> = {
  [ClusterEngine.Rke]: {
    "node-role.kubernetes.io/control-plane": null,
    "node-role.kubernetes.io/controlplane": "true",
  },
  [ClusterEngine.Rke2]: { "node-role.kubernetes.io/control-plane": "true" },
};

/** The values of the chart openstack-cloud-controller-manager, none of them a credential. */
export function cloudControllerValues(args: CloudControllerValues): Values {
  return {
    cluster: { name: args.clusterName },
    secret: { enabled: true, create: false, name: args.secretName },
    commonAnnotations: { "checksum/cloud-conf": args.checksum },
    // Not `route`: the cluster's own network of pods carries their packets.
    enabledControllers: [
      "cloud-node",
      "cloud-node-lifecycle",
      ...(args.loadBalancers ? ["service"] : []),
    ],
    nodeSelector: nodeSelectors[args.engine],
    // It makes nodes usable, so it runs on those that are not yet, whatever keeps others away.
    tolerations: [{ operator: "Exists" }],
    priorityClassName: "system-cluster-critical",
    // The chart mounts folders of kubeadm's nodes, which these do not have.
    extraVolumes: [],
    extraVolumeMounts: [],
    resources: {
      requests: { cpu: millicores(50), memory: mebibytes(64) },
      limits: { memory: mebibytes(256) },
    },
  };
}
