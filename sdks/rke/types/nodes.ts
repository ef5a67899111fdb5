/** The host through which RKE reaches the nodes and the API. */
export interface ClusterBastionHost {
  address: string;
  user: string;
  /** Whether proxies of the environment are passed by. */
  ignoreProxyEnvVars?: boolean;
  /** SSH port, as text. Default: `22`. */
  port?: string;
  sshAgentAuth?: boolean;
  sshCert?: string;
  sshCertPath?: string;
  /** Private key, as text. */
  sshKey?: string;
  sshKeyPath?: string;
}

/** A node as RKE knows it. */
export interface ClusterControlPlaneHost {
  address?: string;
  nodeName?: string;
}

/** A server that becomes a node. */
export interface ClusterNode {
  /** Where RKE reaches it by SSH: address or DNS name. RKE knows the node by it. */
  address: string;
  /** Of `controlplane`, `etcd` and `worker`; at least one. */
  roles: string[];
  /** Who logs in; must be able to call Docker. */
  user: string;
  /** Default: `/var/run/docker.sock`. */
  dockerSocket?: string;
  /** Name of the Node object. Default: `address`. */
  hostnameOverride?: string;
  /** Where other nodes reach it. Default: `address`. */
  internalAddress?: string;
  labels?: Record<string, string>;
  /** Name of the machine at docker-machine. */
  nodeName?: string;
  /** SSH port, as text. Default: `22`. */
  port?: string;
  /** @deprecated `roles` takes its place. */
  rolesDeprecated?: string;
  sshAgentAuth?: boolean;
  sshCert?: string;
  sshCertPath?: string;
  /** Private key, as text. */
  sshKey?: string;
  /** File of the private key. Default: that of the cluster. */
  sshKeyPath?: string;
  taints?: ClusterNodeTaint[];
}

/** A taint of a node. */
export interface ClusterNodeTaint {
  key: string;
  value: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. Default: `NoSchedule`. */
  effect?: string;
}

/** A registry that nodes log in to. */
export interface ClusterPrivateRegistry {
  url: string;
  /** Whether system images come from here. */
  isDefault?: boolean;
  password?: string;
  user?: string;
}

/** How nodes are taken when their components change. */
export interface ClusterUpgradeStrategy {
  /** Whether a node is drained before. */
  drain?: boolean;
  drainInput?: ClusterUpgradeStrategyDrainInput;
  /** How many control plane nodes at a time, as number or percentage. Default: `1`. */
  maxUnavailableControlplane?: string;
  /** How many workers at a time, as number or percentage. Default: `10%`. */
  maxUnavailableWorker?: string;
}

/** How a node is drained before its components change. */
export interface ClusterUpgradeStrategyDrainInput {
  /** Whether pods with `emptyDir` volumes may go. */
  deleteLocalData?: boolean;
  /** Whether pods without a controller may go. */
  force?: boolean;
  /** Seconds that pods have to end; -1: as they say themselves. */
  gracePeriod?: number;
  /** Whether pods of DaemonSets may stay. */
  ignoreDaemonSets?: boolean;
  /** Seconds until the drain is given up, 1 to 10800. */
  timeout?: number;
}

// The same under a former or another name.
export type ClusterEtcdHost = ClusterControlPlaneHost;
export type ClusterInactiveHost = ClusterControlPlaneHost;
export type ClusterWorkerHost = ClusterControlPlaneHost;
