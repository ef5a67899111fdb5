import type * as pulumi from "@pulumi/pulumi";
import { isReleaseName, releaseNameRule } from "../../base/names";
import { Refusals, requireNamespace, requireTimeout } from "../../base/refusal";
import { isWholeFrom } from "../../base/units";
import { clusterNameRule, isClusterName } from "../../openstack/marks";
import { requireCloudProvider } from "../cloudProviderCharts";
import {
  requireAccess,
  type CloudConfSections,
  type OpenStackAccessArgs,
} from "../openstackAccess";

/** The class of claims that name none. */
export enum CinderDefaultClass {
  /** Volumes go when their claim goes. */
  Delete = "csi-cinder-sc-delete",
  /** Volumes stay when their claim goes. */
  Retain = "csi-cinder-sc-retain",
  /** No one: another component's class is the default. */
  None = "none",
}

/** What `CinderCsi` is made from. */
export interface CinderCsiArgs {
  /** Kubernetes version of the cluster, as `major.minor`, such as `1.31`; the chart is the one for it. */
  kubernetesVersion: string;
  /** Name of the cluster, of at most 20 letters; every volume bears it in its metadata. */
  clusterName: string;
  /** How the cloud is reached. */
  access: OpenStackAccessArgs;
  /** Output of what takes the taint off new nodes, such as `ready` of a `CloudController`; the driver, whose pods find no node before, comes after it. Defaults to none: the nodes are usable. */
  cloudController?: pulumi.Input<string>;
  /** Which class claims without a class get: `csi-cinder-sc-delete`, `csi-cinder-sc-retain` or, as `none`, no one. Defaults to `csi-cinder-sc-delete`. */
  defaultStorageClass?: CinderDefaultClass;
  /** Volume type of the volumes, such as `ssd`. Defaults to the cloud's default type. Another type takes the class away and makes it anew; volumes stay as they are. */
  volumeType?: string;
  /** Zone of the volumes, where Cinder's zones are not named as Nova's. Defaults to the zone of the pod. */
  volumeZone?: string;
  /** Whether volumes belong to a zone and pods follow them there; off where the cloud has one zone. Defaults to `true`. */
  topology?: boolean;
  /** Whether servers of each zone can attach volumes of every zone (`cross_az_attach` of Nova). Defaults to `false`. */
  ignoreVolumeZone?: boolean;
  /** Most volumes of one node, at least 1, where the hypervisor takes fewer than 256. Defaults to the driver's 256. */
  volumesPerNode?: number;
  /** Whether to make the VolumeSnapshotClass `csi-cinder-snapclass`. The cluster must have the CRDs of `snapshot.storage.k8s.io` and a snapshot controller: RKE 2 has, RKE 1 has not. Defaults to `false`. */
  snapshotClass?: boolean;
  /** Folder of the kubelet on each node. Defaults to `/var/lib/kubelet`. */
  kubeletDir?: string;
  /** Number of controller pods, of which one works, at least 1. Defaults to 1. */
  replicas?: number;
  /** Namespace, which must be there and take privileged pods. Defaults to `kube-system`. */
  namespace?: string;
  /** Where charts are taken from instead: a folder, or an `http(s)://` or `oci://` address. Defaults to the public repository. */
  chartMirror?: string;
  /** How long it may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
}

/** What is taken where an argument is left out. */
export const defaults = {
  namespace: "kube-system",
  defaultStorageClass: CinderDefaultClass.Delete,
  topology: true,
  ignoreVolumeZone: false,
  kubeletDir: "/var/lib/kubelet",
  replicas: 1,
  timeoutSeconds: 300,
};

/** The sections of cloud.conf that the driver reads, beside `[Global]`. */
export function sectionsOf(args: CinderCsiArgs): CloudConfSections {
  const { volumesPerNode, ignoreVolumeZone = defaults.ignoreVolumeZone } = args;
  return {
    BlockStorage: {
      "ignore-volume-az": ignoreVolumeZone,
      ...(volumesPerNode === undefined ? {} : { "node-volume-attach-limit": volumesPerNode }),
    },
  };
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
export function check(name: string, args: CinderCsiArgs): void {
  const refusals = new Refusals(`CinderCsi ${name}`);
  const { clusterName, kubeletDir = defaults.kubeletDir } = args;
  refusals.require(isReleaseName(name), "name", `"${name}" names the release: ${releaseNameRule}`);
  requireCloudProvider(refusals, args.kubernetesVersion);
  refusals.require(
    isClusterName(clusterName),
    "clusterName",
    `"${clusterName}" is no cluster's name: ${clusterNameRule}`,
  );
  requireAccess(refusals, "access", args.access);
  const counts = {
    replicas: args.replicas ?? defaults.replicas,
    volumesPerNode: args.volumesPerNode ?? 1,
  };
  for (const [key, count] of Object.entries(counts)) {
    refusals.require(
      isWholeFrom(1, count),
      key,
      `must be a whole number, at least 1, got ${count}`,
    );
  }
  refusals.require(kubeletDir.startsWith("/"), "kubeletDir", `"${kubeletDir}" is no absolute path`);
  requireNamespace(refusals, "namespace", args.namespace ?? defaults.namespace);
  requireTimeout(refusals, args.timeoutSeconds ?? defaults.timeoutSeconds);
  refusals.throwIfAny();
}
