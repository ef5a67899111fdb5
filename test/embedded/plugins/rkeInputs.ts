import { generateKeyPairSync } from "node:crypto";
import { controlPlaneLabel } from "../../../components/openstack/engines";
import type { JsonObject } from "../../../embedded/plugins/protocol/properties";

/** A private key in the form that Nova hands out. */
export const sshKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;

/** What a node may have beside, or otherwise. */
type NodeChange = Partial<Record<"hostnameOverride" | "sshKey", string>> & {
  readonly labels?: Record<string, string>;
};

/** A node as a program gives it. */
export function node(name: string, address: string, roles: string[], more: NodeChange = {}) {
  return { address, hostnameOverride: name, user: "eo", sshKey, roles, ...more };
}

/** Three nodes of the control plane, and workers. */
export function nodes(workers: number) {
  const control = [1, 2, 3].map((n) =>
    node(`control-${n}`, `10.8.0.${n}`, ["controlplane", "etcd"], { labels: controlPlaneLabel }),
  );
  const more = { labels: { "eo/pool": "work" } };
  const work = Array.from({ length: workers }, (_, index) =>
    node(`work-${index + 1}`, `10.8.0.${index + 11}`, ["worker"], more),
  );
  return [...control, ...work];
}

const eventLimits = [
  "apiVersion: eventratelimit.admission.k8s.io/v1alpha1",
  "kind: Configuration",
  "limits:",
  "- {type: Server, qps: 30, burst: 60}",
].join("\n");

/** A cluster with most of what a hardened one has. */
export function cluster(workers = 2) {
  return {
    clusterName: "test",
    kubernetesVersion: "v1.31.2-rancher2-1",
    enableCriDockerd: true,
    nodes: nodes(workers),
    bastionHost: { address: "192.0.2.9", user: "eo", sshKey },
    network: { plugin: "canal" },
    // Without the other three every plan would find a change: the provider reads RKE's defaults back.
    ingress: { provider: "none", httpPort: 80, httpsPort: 443, networkMode: "hostPort" },
    cloudProvider: { name: "external" },
    authentication: { strategy: "x509", sans: ["api.example.org"] },
    services: {
      etcd: { uid: 52034, gid: 52034, backupConfig: { intervalHours: 6, retention: 28 } },
      kubeApi: {
        podSecurityConfiguration: "restricted",
        secretsEncryptionConfig: { enabled: true },
        auditLog: { enabled: true, configuration: { maxAge: 30, maxBackup: 10, maxSize: 100 } },
        eventRateLimit: {
          enabled: true,
          configuration: eventLimits,
        },
      },
      kubelet: { generateServingCertificate: true },
    },
    upgradeStrategy: { drain: true, drainInput: { ignoreDaemonSets: true, timeout: 600 } },
  };
}

/** Inputs that RKE takes or refuses. */
export interface Row {
  readonly what: string;
  /** What differs from {@link cluster}. */
  readonly change: JsonObject;
  /** When it is refused, and with which words; undefined where it is taken. */
  readonly refused?: { readonly at: "check" | "create"; readonly message: RegExp };
}

const atCheck = (message: RegExp) => ({ at: "check", message }) as const;
const atCreate = (message: RegExp) => ({ at: "create", message }) as const;
const one = (roles: string[], more: NodeChange = {}) => [node("a", "10.8.0.1", roles, more)];

/** Every row is one call of the real provider's schema, or of RKE's own validation. */
export const table: readonly Row[] = [
  { what: "a hardened cluster", change: {} },
  { what: "Calico", change: { network: { plugin: "calico" } } },
  {
    what: "the oldest version with Pod Security",
    change: { kubernetesVersion: "v1.25.16-rancher2-3" },
  },
  {
    what: "a version that RKE does not know",
    change: { kubernetesVersion: "v1.32.4-rancher1-1" },
    refused: atCheck(/expected kubernetes_version to be one of \["v1\.31\.2-rancher2-1"/),
  },
  {
    what: "a version without RKE's own part",
    change: { kubernetesVersion: "v1.31.2" },
    refused: atCheck(/expected kubernetes_version to be one of/),
  },
  {
    what: "a role that there is not",
    change: { nodes: one(["master"]) },
    refused: atCheck(/expected nodes\.0\.role\.0 to be one of \["controlplane" "etcd" "worker"\]/),
  },
  {
    what: "a node without an address",
    change: { nodes: [{ roles: ["etcd"], user: "eo" }] },
    refused: atCheck(/Missing required (property|argument).*address/is),
  },
  {
    what: "a property that there is not",
    change: { nodePools: 3 },
    refused: atCheck(/nodePools|node_pools/),
  },
  {
    what: "a seldom Pod Security configuration",
    change: { services: { kubeApi: { podSecurityConfiguration: "baseline" } } },
    refused: atCheck(/pod_security_configuration.*privileged.*restricted/s),
  },
  {
    what: "a limit on events without its configuration",
    change: { services: { kubeApi: { eventRateLimit: { enabled: true } } } },
    refused: atCreate(/event_rate_limit\.configuration accessor error/),
  },
  {
    what: "nodes without etcd",
    change: { nodes: one(["controlplane", "worker"]) },
    refused: atCreate(/Cluster must have at least one etcd plane host/),
  },
  {
    what: "two nodes of one address",
    change: { nodes: [...one(["controlplane", "etcd"]), node("b", "10.8.0.1", ["worker"])] },
    refused: atCreate(/Cluster can't have duplicate node: 10\.8\.0\.1/),
  },
  {
    what: "a name that is none for a node",
    change: { nodes: one(["controlplane", "etcd"], { hostnameOverride: "a_b" }) },
    refused: atCreate(/Hostname_override \[a_b\] for host \(1\) is not valid/),
  },
  {
    what: "a network plugin that there is not",
    change: { network: { plugin: "cilium" } },
    refused: atCheck(/expected network\.0\.plugin to be one of \["calico" "canal"/),
  },
  {
    what: "cri-dockerd left out",
    change: { enableCriDockerd: false },
    refused: atCreate(/[Ee]nable.?[Cc][Rr][Ii].?[Dd]ockerd/),
  },
  {
    what: "an S3 backup without endpoint",
    change: {
      services: { etcd: { backupConfig: { s3BackupConfig: { bucketName: "backups" } } } },
    },
    refused: atCreate(/etcd s3 backup backend endpoint can't be empty/),
  },
  {
    what: "a key that is none",
    change: { nodes: one(["controlplane", "etcd"], { sshKey: "no key" }) },
    refused: atCreate(/host \[10\.8\.0\.1\]: Failed to parse the SSH private key/),
  },
  {
    what: "a snapshot to go back to",
    change: { restore: { restore: true, snapshotName: "s" } },
    refused: atCreate(/the stand-in for rke restores no snapshot/),
  },
];
