import { mebibytes, millicores } from "../../base/units";
import { controlPlaneLabel } from "../../openstack/engines";
import type { Values } from "../../base/helmRelease";

/** What the values of the chart openstack-cloud-controller-manager are made from. */
export interface CloudControllerValues {
  /** Name of the cluster: load balancers bear it, and their owner is known by it. */
  readonly clusterName: string;
  /** Whether Services of type LoadBalancer get one. */
  readonly loadBalancers: boolean;
  /** Name of the Secret with cloud.conf. */
  readonly secretName: string;
  /** Changes with the configuration. */
  readonly checksum: string;
}

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
    // The chart's default asks for the same label with no value; Helm merges the two by key.
    nodeSelector: controlPlaneLabel,
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
