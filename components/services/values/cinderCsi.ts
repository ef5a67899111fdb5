import { mebibytes, millicores } from "../../base/units";
import type { Values } from "../../base/helmRelease";

/** What the values of the chart openstack-cinder-csi are made from. */
export interface CinderCsiValues {
  /** Name of the cluster: every volume bears it in its metadata. */
  readonly clusterName: string;
  /** Whether volumes belong to a zone, and pods follow them. */
  readonly topology: boolean;
  /** Folder of the kubelet on each node. */
  readonly kubeletDir: string;
  /** Number of controller pods, of which one works. */
  readonly replicas: number;
  /** Name of the Secret with cloud.conf. */
  readonly secretName: string;
  /** Changes with the configuration. */
  readonly checksum: string;
}

/** The values of the chart openstack-cinder-csi, none of them a credential. */
export function cinderCsiValues(args: CinderCsiValues): Values {
  return {
    clusterID: args.clusterName,
    secret: {
      enabled: true,
      create: false,
      hostMount: false,
      filename: "cloud.conf",
      name: args.secretName,
    },
    commonAnnotations: { "checksum/cloud-conf": args.checksum },
    // The chart's own can have neither a volume type nor a zone.
    storageClass: { enabled: false },
    priorityClassName: "system-node-critical",
    csi: {
      // The chart wants a text.
      provisioner: { topology: String(args.topology) },
      plugin: {
        controllerPlugin: { replicas: args.replicas },
        nodePlugin: { kubeletDir: args.kubeletDir },
        resources: {
          requests: { cpu: millicores(20), memory: mebibytes(48) },
          limits: { memory: mebibytes(256) },
        },
      },
    },
  };
}
