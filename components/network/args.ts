import type * as pulumi from "@pulumi/pulumi";
import type { ClusterCni, ClusterEngine } from "../openstack/engines";

/** Where requests from the world come in. */
export enum ClusterIngress {
  /** Through load balancers of the cloud, which reach node ports; nodes take nothing from the world. */
  LoadBalancer = "LoadBalancer",
  /** At ports 80 and 443 of the workers themselves. */
  Workers = "Workers",
}

/** The server through which nodes are reached by SSH. */
export interface ClusterBastionArgs {
  /** Id of its image. With another one the server is built anew; address and port stay. */
  image: pulumi.Input<string>;
  /** Name of its flavor. */
  flavor: string;
  /** Name of the key pair that its user takes. */
  keyPair: pulumi.Input<string>;
  /** Size of a root volume in GiB, at least 1. Left out, it has the disk of its flavor. */
  rootVolumeGib?: number;
  /** Type of the root volume. Left out, the cloud's default. */
  volumeType?: string;
  /** Availability zone. Left out, the cloud chooses. */
  availabilityZone?: string;
}

/** What `ClusterNetwork` is made from. */
export interface ClusterNetworkArgs {
  /** Name of the cluster, at most 20 lower-case letters, digits and hyphens: what is made in the cloud is named `<cluster>-…` and marked with it. */
  cluster: string;
  /** What the cluster is made with: decides which ports are open. */
  engine: ClusterEngine;
  /** Network of its pods: decides which ports are open. */
  cni: ClusterCni;
  /** Name of the network that floating IPs are taken from. */
  externalNetwork: string;
  /** IPv4 ranges that may reach SSH on the bastion and the Kubernetes API, at least one, such as `203.0.113.7/32`; none wider than /8. */
  adminCidrs: string[];
  /** Range of the nodes, which is the subnet. Another one replaces it. Defaults to `10.8.0.0/20`. */
  cidr?: string;
  /** Range of the pods, /8 to /24. Defaults to `10.42.0.0/16`. */
  podCidr?: string;
  /** Range of the Services, /12 to /24. Defaults to `10.43.0.0/16`. */
  serviceCidr?: string;
  /** Ranges of other networks that nodes and pods reach, which must not be overlapped, such as eodata's. Defaults to none. */
  reservedCidrs?: string[];
  /** Most nodes that the ranges have to hold, at least 1. Defaults to 32. */
  maxNodes?: number;
  /** Name servers of the nodes. Defaults to none, which leaves it to the cloud; on some clouds nodes have none then. */
  dnsServers?: string[];
  /** Name of an existing network that nodes may have a second port in. Left out, there is none. */
  eodataNetwork?: string;
  /** Where requests from the world come in. Defaults to `LoadBalancer`. */
  ingress?: ClusterIngress;
  /** Whether a load balancer of the cloud stands before the Kubernetes API: it comes from the subnet. Defaults to `false`. */
  apiLoadBalancer?: boolean;
  /** The bastion; RKE needs it to reach nodes. Left out, there is none, and no node takes SSH. */
  bastion?: ClusterBastionArgs;
}

/** What is taken where the arguments say nothing. */
export const networkDefaults = {
  /** 4,096 addresses. */
  cidr: "10.8.0.0/20",
  /** RKE's and RKE 2's own (rancher/rke `cluster/defaults.go`; docs.rke2.io, server configuration). */
  podCidr: "10.42.0.0/16",
  /** RKE's and RKE 2's own. */
  serviceCidr: "10.43.0.0/16",
  maxNodes: 32,
  ingress: ClusterIngress.LoadBalancer,
} as const;
