import type * as pulumi from "@pulumi/pulumi";
import { ClusterCni } from "../openstack/engines";
import type { NodePoolArgs } from "./nodes/args";

/** How the API server is reached from outside. */
export enum ApiAccess {
  /** By a floating IP on a control-plane node; it moves to another one while that node is replaced. */
  FloatingIp = "FloatingIp",
  /** By a floating IP on a load balancer (Octavia) before all control-plane nodes. */
  LoadBalancer = "LoadBalancer",
}

/** The way to the nodes over SSH. */
export interface BastionArgs {
  /** Its address. */
  address: pulumi.Input<string>;
  /** User on it, with the nodes' key. Defaults to the nodes' user. */
  user?: string;
}

/** A bucket that etcd's snapshots are kept in. */
export interface EtcdBackupS3Args {
  /** Host of the object store without scheme, such as `s3.example.org`. */
  endpoint: string;
  /** The bucket, which must be there. */
  bucket: string;
  /** Folder in it. Defaults to the cluster's name. */
  folder?: string;
  /** Region that requests are signed for. Left out, the store's default. */
  region?: string;
  /** Access key id. */
  accessKeyId: pulumi.Input<string>;
  /** Secret access key. */
  secretAccessKey: pulumi.Input<string>;
}

/** Snapshots of etcd, which holds the cluster's state. */
export interface EtcdBackupArgs {
  /** Hours between two, 1 to 12. Defaults to 12. */
  intervalHours?: number;
  /** How many are kept, at least 1. Defaults to 14. */
  retention?: number;
  /** Where they are kept too. Without it they are on the nodes alone, and go with them; there is a warning. */
  s3?: EtcdBackupS3Args;
}

/** What a cluster of servers in an OpenStack is made from, whichever distribution it is of. */
export interface OpenStackClusterArgs {
  /** Its name: everything of it in the cloud begins with it. */
  cluster: string;
  /** Kubernetes version, as `major.minor`; the newest known patch of it is installed. */
  kubernetesVersion: string;
  /** Id of the nodes' network. */
  networkId: pulumi.Input<string>;
  /** Id of its subnet. */
  subnetId: pulumi.Input<string>;
  /** Range of that subnet. */
  nodeCidr: string;
  /** Known once the subnet has its way to the outside: an output of what makes it. Left out, nothing is waited for. */
  networkReady?: pulumi.Input<string>;
  /** Id of the network of Earth-observation data. Without it no pool can ask for it. */
  eodataNetworkId?: pulumi.Input<string>;
  /** Id of the security group of every node. */
  nodeSecurityGroupId: pulumi.Input<string>;
  /** Id of the security group of nodes with control plane or etcd. */
  controlSecurityGroupId: pulumi.Input<string>;
  /** Id of the security group of nodes that run workloads. */
  workerSecurityGroupId: pulumi.Input<string>;
  /** Name of the external network that the API's floating IP is of. */
  externalNetwork: string;
  /** Id of the image of pools that name none. */
  image: pulumi.Input<string>;
  /** Name of the key pair in the cloud that gets the nodes' user in. */
  keyPair: pulumi.Input<string>;
  /** Its private key, as OpenSSH writes it. */
  sshPrivateKey: pulumi.Input<string>;
  /** User of the nodes, as the image was built with. */
  sshUser: string;
  /** The way to the nodes over SSH. Without it they are reached directly. */
  bastion?: BastionArgs;
  /** The nodes, by pool. */
  pools: Record<string, NodePoolArgs>;
  /** Nodes, such as `workers-3`, that are made anew if anything they were made from has changed. Defaults to none. */
  replaceNodes?: string[];
  /** The network of pods. Defaults to `Canal`. */
  cni?: ClusterCni;
  /** Addresses of pods. Defaults to 10.42.0.0/16. */
  podCidr?: string;
  /** Addresses of Services. Defaults to 10.43.0.0/16. */
  serviceCidr?: string;
  /** How the API server is reached. Defaults to `FloatingIp`. */
  apiAccess?: ApiAccess;
  /** Host name that the API server's certificate is for too, beside its addresses. Left out, there is none. */
  apiHost?: string;
  /** Who may reach the API server's load balancer, as CIDRs. Defaults to whom the security group lets in. */
  adminCidrs?: string[];
  /** Snapshots of etcd. Defaults to two a day, on the nodes alone. */
  etcdBackup?: EtcdBackupArgs;
  /** Storage classes that the platform makes in it. Defaults to those of Cinder CSI, as openEO names them. */
  storageClasses?: string[];
  /** How long the nodes may take until they answer over SSH, in seconds, at least 1. Defaults to 900. */
  nodeTimeoutSeconds?: number;
}

/** What is taken where an argument is left out. */
const defaults = {
  cni: ClusterCni.Canal,
  podCidr: "10.42.0.0/16",
  serviceCidr: "10.43.0.0/16",
  apiAccess: ApiAccess.FloatingIp,
  intervalHours: 12,
  retention: 14,
  storageClasses: ["csi-cinder-sc-delete", "csi-cinder-sc-retain"],
  nodeTimeoutSeconds: 900,
};

/** Snapshots of etcd with every default filled in. */
export interface EtcdBackup {
  /** Hours between two. */
  readonly intervalHours: number;
  /** How many are kept. */
  readonly retention: number;
  /** Where they are kept too; none without it. */
  readonly s3?: EtcdBackupS3Args & { readonly folder: string };
}

/** The arguments with every default filled in. */
export interface ClusterPlan extends Omit<
  OpenStackClusterArgs,
  "cni" | "podCidr" | "serviceCidr" | "apiAccess" | "etcdBackup" | "replaceNodes"
> {
  /** The network of pods. */
  readonly cni: ClusterCni;
  /** Addresses of pods. */
  readonly podCidr: string;
  /** Addresses of Services. */
  readonly serviceCidr: string;
  /** How the API server is reached. */
  readonly apiAccess: ApiAccess;
  /** Nodes that are made anew. */
  readonly replaceNodes: readonly string[];
  /** Snapshots of etcd. */
  readonly etcdBackup: EtcdBackup;
  /** Storage classes that the platform makes. */
  readonly storageClasses: string[];
  /** How long the nodes may take, in seconds. */
  readonly nodeTimeoutSeconds: number;
}

/** Fills in the defaults. */
export function filledIn(args: OpenStackClusterArgs): ClusterPlan {
  const { s3, intervalHours, retention } = args.etcdBackup ?? {};
  return {
    ...args,
    cni: args.cni ?? defaults.cni,
    podCidr: args.podCidr ?? defaults.podCidr,
    serviceCidr: args.serviceCidr ?? defaults.serviceCidr,
    apiAccess: args.apiAccess ?? defaults.apiAccess,
    replaceNodes: args.replaceNodes ?? [],
    etcdBackup: {
      intervalHours: intervalHours ?? defaults.intervalHours,
      retention: retention ?? defaults.retention,
      ...(s3 === undefined ? {} : { s3: { ...s3, folder: s3.folder ?? args.cluster } }),
    },
    storageClasses: args.storageClasses ?? defaults.storageClasses,
    nodeTimeoutSeconds: args.nodeTimeoutSeconds ?? defaults.nodeTimeoutSeconds,
  };
}
