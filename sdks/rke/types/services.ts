/** Settings of Kubernetes' components. */
export interface ClusterServices {
  etcd?: ClusterServicesEtcd;
  kubeApi?: ClusterServicesKubeApi;
  kubeController?: ClusterServicesKubeController;
  kubelet?: ClusterServicesKubelet;
  kubeproxy?: ClusterServicesKubeproxy;
  scheduler?: ClusterServicesScheduler;
}

/** Settings of etcd. */
export interface ClusterServicesEtcd {
  backupConfig?: ClusterServicesEtcdBackupConfig;
  caCert?: string;
  cert?: string;
  /** Interval of the older way, such as `12h`. */
  creation?: string;
  /** An etcd that is there already, with `caCert`, `cert`, `key` and `path`. */
  externalUrls?: string[];
  extraArgs?: Record<string, string>;
  extraBinds?: string[];
  extraEnvs?: string[];
  /** Group that etcd runs as. */
  gid?: number;
  image?: string;
  key?: string;
  path?: string;
  /** How long the older way keeps snapshots, such as `72h`. */
  retention?: string;
  /** Older way to regular snapshots; `backupConfig` is the newer one. */
  snapshot?: boolean;
  /** User that etcd runs as. */
  uid?: number;
}

/** Regular snapshots of etcd. */
export interface ClusterServicesEtcdBackupConfig {
  enabled?: boolean;
  /** Hours between two snapshots. */
  intervalHours?: number;
  /** How many snapshots are kept. */
  retention?: number;
  s3BackupConfig?: ClusterServicesEtcdBackupConfigS3BackupConfig;
  /** Whether names of snapshots do without colons. */
  safeTimestamp?: boolean;
  /** Seconds until a snapshot is given up. */
  timeout?: number;
}

/** The S3 bucket that snapshots go to. */
export interface ClusterServicesEtcdBackupConfigS3BackupConfig {
  accessKey?: string;
  bucketName?: string;
  /** CA certificate of the store, as PEM text. */
  customCa?: string;
  /** Host of the store, without scheme. */
  endpoint?: string;
  /** Prefix of the keys. */
  folder?: string;
  region?: string;
  secretKey?: string;
}

/** Settings of the API server. */
export interface ClusterServicesKubeApi {
  alwaysPullImages?: boolean;
  auditLog?: ClusterServicesKubeApiAuditLog;
  eventRateLimit?: ClusterServicesKubeApiEventRateLimit;
  extraArgs?: Record<string, string>;
  extraBinds?: string[];
  extraEnvs?: string[];
  image?: string;
  /** `privileged` or `restricted`: what pods may do where their namespace says nothing. */
  podSecurityConfiguration?: string;
  /** Up to Kubernetes 1.24. */
  podSecurityPolicy?: boolean;
  secretsEncryptionConfig?: ClusterServicesKubeApiSecretsEncryptionConfig;
  /** CIDR of Services. */
  serviceClusterIpRange?: string;
  /** Such as `30000-32767`. */
  serviceNodePortRange?: string;
}

/** The audit log of the API server. */
export interface ClusterServicesKubeApiAuditLog {
  configuration?: ClusterServicesKubeApiAuditLogConfiguration;
  enabled?: boolean;
}

/** What the audit log holds, and for how long. */
export interface ClusterServicesKubeApiAuditLogConfiguration {
  format?: string;
  /** Days. */
  maxAge?: number;
  /** Number of old files. */
  maxBackup?: number;
  /** MB of a file. */
  maxSize?: number;
  /** File on the node. */
  path?: string;
  /** The audit policy, as JSON text. */
  policy?: string;
}

/** A limit on events that the API server takes. */
export interface ClusterServicesKubeApiEventRateLimit {
  /** The limits, as YAML text. */
  configuration?: string;
  enabled?: boolean;
}

/** Encryption of Secrets in etcd. */
export interface ClusterServicesKubeApiSecretsEncryptionConfig {
  /** An EncryptionConfiguration, as YAML text. */
  customConfig?: string;
  enabled?: boolean;
}

/** Settings of the controller manager. */
export interface ClusterServicesKubeController {
  /** CIDR of pods. */
  clusterCidr?: string;
  extraArgs?: Record<string, string>;
  extraBinds?: string[];
  extraEnvs?: string[];
  image?: string;
  /** CIDR of Services, the API server's. */
  serviceClusterIpRange?: string;
}

/** Settings of the kubelets. */
export interface ClusterServicesKubelet {
  /** Address of the DNS Service, in the CIDR of Services. */
  clusterDnsServer?: string;
  /** Default: `cluster.local`. */
  clusterDomain?: string;
  extraArgs?: Record<string, string>;
  extraBinds?: string[];
  extraEnvs?: string[];
  /** Whether a node with swap is refused. */
  failSwapOn?: boolean;
  /** Whether kubelets serve with a certificate that RKE has signed. */
  generateServingCertificate?: boolean;
  image?: string;
  infraContainerImage?: string;
}

/** Settings of kube-proxy. */
export interface ClusterServicesKubeproxy {
  extraArgs?: Record<string, string>;
  extraBinds?: string[];
  extraEnvs?: string[];
  image?: string;
}

// The same under a former or another name.
export type ClusterServicesEtcdDeprecated = ClusterServicesEtcd;
export type ClusterServicesEtcdDeprecatedBackupConfig = ClusterServicesEtcdBackupConfig;
export type ClusterServicesEtcdDeprecatedBackupConfigS3BackupConfig =
  ClusterServicesEtcdBackupConfigS3BackupConfig;
export type ClusterServicesKubeApiDeprecated = ClusterServicesKubeApi;
export type ClusterServicesKubeApiDeprecatedAuditLog = ClusterServicesKubeApiAuditLog;
export type ClusterServicesKubeApiDeprecatedAuditLogConfiguration =
  ClusterServicesKubeApiAuditLogConfiguration;
export type ClusterServicesKubeApiDeprecatedEventRateLimit = ClusterServicesKubeApiEventRateLimit;
export type ClusterServicesKubeApiDeprecatedSecretsEncryptionConfig =
  ClusterServicesKubeApiSecretsEncryptionConfig;
export type ClusterServicesKubeControllerDeprecated = ClusterServicesKubeController;
export type ClusterServicesKubeProxyDeprecated = ClusterServicesKubeproxy;
export type ClusterServicesKubeSchedulerDeprecated = ClusterServicesKubeproxy;
export type ClusterServicesKubeletDeprecated = ClusterServicesKubelet;
export type ClusterServicesScheduler = ClusterServicesKubeproxy;
