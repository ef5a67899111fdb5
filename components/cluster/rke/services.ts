import * as pulumi from "@pulumi/pulumi";
import type * as rke from "@pulumi/rke";
import { hardening } from "../hardening";
import { clusterDnsAddress } from "../../network/ranges";
import type { ClusterPlan, EtcdBackup } from "../args";

/**
 * The user and group that etcd runs as, which the image has: `etcd_id` of packer/. Rancher's hardening
 * guides name it.
 */
const etcdId = 52034;

const tlsCipherSuites = hardening.tlsCipherSuites.join(",");
const rotateServingCertificates = "RotateKubeletServerCertificate=true";

/**
 * How many events the API server takes: RKE's own default, without which its provider fails
 * (rancher/rke 1.7.0, `cluster/defaults.go`).
 */
const eventLimits = [
  "apiVersion: eventratelimit.admission.k8s.io/v1alpha1",
  "kind: Configuration",
  "limits:",
  "- { type: Server, qps: 5000, burst: 20000 }",
  "",
].join("\n");

/** The cluster's services as Rancher's hardening guide for RKE 1 (CIS) has them. */
export const rkeServices = (plan: ClusterPlan) =>
  ({
    etcd: { uid: etcdId, gid: etcdId, backupConfig: backupConfig(plan.etcdBackup) },
    kubeApi: {
      serviceClusterIpRange: plan.serviceCidr,
      // For namespaces without a label of their own; all but kube-system.
      podSecurityConfiguration: "restricted",
      secretsEncryptionConfig: { enabled: true },
      auditLog: {
        enabled: true,
        configuration: {
          maxAge: hardening.auditLog.days,
          maxBackup: hardening.auditLog.files,
          maxSize: hardening.auditLog.mebibytes,
        },
      },
      eventRateLimit: { enabled: true, configuration: eventLimits },
      extraArgs: { profiling: "false", "tls-cipher-suites": tlsCipherSuites },
    },
    kubeController: {
      clusterCidr: plan.podCidr,
      serviceClusterIpRange: plan.serviceCidr,
      extraArgs: {
        profiling: "false",
        "terminated-pod-gc-threshold": String(hardening.terminatedPods),
        "feature-gates": rotateServingCertificates,
      },
    },
    scheduler: { extraArgs: { profiling: "false" } },
    kubelet: {
      clusterDnsServer: clusterDnsAddress(plan.serviceCidr),
      generateServingCertificate: true,
      failSwapOn: true,
      extraArgs: {
        "feature-gates": rotateServingCertificates,
        "protect-kernel-defaults": "true",
        "streaming-connection-idle-timeout": hardening.idleTimeout,
        "tls-cipher-suites": tlsCipherSuites,
      },
    },
  }) satisfies rke.types.input.ClusterServices;

const backupConfig = ({ intervalHours, retention, s3 }: EtcdBackup) =>
  ({
    enabled: true,
    intervalHours,
    retention,
    ...(s3 === undefined ? {} : { s3BackupConfig: bucketOf(s3) }),
  }) satisfies rke.types.input.ClusterServicesEtcdBackupConfig;

const bucketOf = (s3: NonNullable<EtcdBackup["s3"]>) =>
  ({
    endpoint: s3.endpoint,
    bucketName: s3.bucket,
    folder: s3.folder,
    ...(s3.region === undefined ? {} : { region: s3.region }),
    accessKey: pulumi.secret(s3.accessKeyId),
    secretKey: pulumi.secret(s3.secretAccessKey),
  }) satisfies rke.types.input.ClusterServicesEtcdBackupConfigS3BackupConfig;
