import type * as pulumi from "@pulumi/pulumi";

/** What a node does in its cluster. */
export enum NodeRole {
  /** API server, controllers and scheduler. */
  Control = "control",
  /** A member of etcd, which holds the cluster's state. */
  Etcd = "etcd",
  /** Runs the workloads. */
  Worker = "worker",
}

/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** They are not placed there. */
  NoSchedule = "NoSchedule",
  /** They are placed there last. */
  PreferNoSchedule = "PreferNoSchedule",
  /** They are evicted too. */
  NoExecute = "NoExecute",
}

/** Whether the nodes of a pool stand on different hosts of the cloud. */
export enum AntiAffinity {
  /** They do, or cannot be made. */
  Hard = "anti-affinity",
  /** They do where there are enough hosts. */
  Soft = "soft-anti-affinity",
  /** The cloud's choice. */
  None = "none",
}

/** Keeps pods off the nodes of a pool. */
export interface NodeTaintArgs {
  /** Its key, such as `example.org/gpu`. */
  key: string;
  /** Its value. Defaults to none. */
  value?: string;
  /** What it does. */
  effect: TaintEffect;
}

/**
 * Nodes of one kind. What a node is made from is decided when it is made: another image, flavor, zone
 * or disk reaches new nodes, and those that `replaceNodes` names.
 */
export interface NodePoolArgs {
  /** What its nodes do. */
  roles: NodeRole[];
  /** How many nodes; growing and shrinking touches no other node. The last ones go first. */
  count: number;
  /** Name of their flavor in the cloud. */
  flavor: string;
  /** Id of their image. Defaults to the cluster's. */
  image?: pulumi.Input<string>;
  /** Size of a root volume in GiB, deleted with the node. Left out, they boot from the flavor's own disk. */
  rootVolumeGib?: number;
  /** Type of the root volume. Left out, the cloud's default. */
  volumeType?: string;
  /** Availability zones, taken in turn. Left out, the cloud's choice. */
  availabilityZones?: string[];
  /** Labels of the nodes in Kubernetes. Defaults to none beside `eo-platform/pool`. */
  labels?: Record<string, string>;
  /** Taints of the nodes in Kubernetes. Defaults to none. */
  taints?: NodeTaintArgs[];
  /** Whether they have a second port, on the network of Earth-observation data. It can be added, not taken off again. Defaults to `false`. */
  eodata?: boolean;
  /** Whether they stand on different hosts. Defaults to `Hard` with control plane or etcd, else `Soft`. */
  antiAffinity?: AntiAffinity;
}
