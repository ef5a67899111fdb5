import { stringify } from "yaml";
import type { ClusterPlan } from "../args";
import { hardening } from "../hardening";
import { NodeRole } from "../nodes/args";
import { does, labelsOf, type PlannedNode } from "../nodes/plan";

/** Port that servers and agents join by. */
export const joinPort = 9345;

/** The Secret in kube-system that RKE 2 reads the snapshots' bucket from. */
export const snapshotSecretName = "eo-platform-etcd-s3";

/** Keeps workloads off servers that are no workers; what RKE 2 itself runs there tolerates it. */
const controlPlaneTaint = "node-role.kubernetes.io/control-plane=true:NoSchedule";

/** What of a node's configuration is known late. */
export interface Joining {
  /** What the node proves by that it belongs to the cluster; secret. */
  readonly token: string;
  /** What a server lets agents in by; secret. */
  readonly agentToken?: string;
  /** The address that it joins; none for the first server, which starts the cluster. */
  readonly joins?: string;
  /** Where the API server is reached, for its certificate. */
  readonly apiAddresses: readonly string[];
}

/** Whether a node is a server of RKE 2; the others are agents. */
export const isServer = (node: PlannedNode): boolean => does(node, NodeRole.Control);

/** A node's `config.yaml`, hardened as Rancher's guide for RKE 2 (CIS) has it. */
export function rke2Config(plan: ClusterPlan, node: PlannedNode, joining: Joining): string {
  const { token, joins } = joining;
  return stringify({
    token,
    ...(joins === undefined ? {} : { server: `https://${joins}:${joinPort}` }),
    ...(isServer(node) ? serverConfig(plan, joining) : {}),
    profile: "cis",
    "cloud-provider-name": "external",
    "kubelet-arg": [
      `streaming-connection-idle-timeout=${hardening.idleTimeout}`,
      `tls-cipher-suites=${hardening.tlsCipherSuites.join(",")}`,
    ],
    "node-label": Object.entries(labelsOf(node)).map(([key, value]) => `${key}=${value}`),
    "node-taint": [
      ...(isServer(node) && !does(node, NodeRole.Worker) ? [controlPlaneTaint] : []),
      ...(node.args.taints ?? []).map(({ key, value = "", effect }) => `${key}=${value}:${effect}`),
    ],
  });
}

function serverConfig(plan: ClusterPlan, { apiAddresses, agentToken }: Joining) {
  const { days, files, mebibytes } = hardening.auditLog;
  const { intervalHours, retention, s3 } = plan.etcdBackup;
  return {
    ...(agentToken === undefined ? {} : { "agent-token": agentToken }),
    "tls-san": [...apiAddresses],
    cni: plan.cni,
    "cluster-cidr": plan.podCidr,
    "service-cidr": plan.serviceCidr,
    "write-kubeconfig-mode": "0600",
    // Servers are nodes, and Services get load balancers, by the controller that the platform installs.
    "disable-cloud-controller": true,
    // Traefik is the platform's.
    disable: ["rke2-ingress-nginx"],
    "kube-apiserver-arg": [
      "profiling=false",
      `audit-log-maxage=${days}`,
      `audit-log-maxbackup=${files}`,
      `audit-log-maxsize=${mebibytes}`,
      `tls-cipher-suites=${hardening.tlsCipherSuites.join(",")}`,
    ],
    "kube-controller-manager-arg": [
      "profiling=false",
      `terminated-pod-gc-threshold=${hardening.terminatedPods}`,
    ],
    "kube-scheduler-arg": ["profiling=false"],
    "etcd-snapshot-schedule-cron": `0 */${intervalHours} * * *`,
    "etcd-snapshot-retention": retention,
    // The bucket's keys are in a Secret of the cluster: new ones need no new nodes.
    ...(s3 === undefined ? {} : { "etcd-s3": true, "etcd-s3-config-secret": snapshotSecretName }),
  };
}
