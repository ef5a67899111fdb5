import * as pulumi from "@pulumi/pulumi";
import type * as rke from "@pulumi/rke";
import { controlPlaneLabel } from "../../openstack/engines";
import type { BastionArgs, ClusterPlan } from "../args";
import { drainTime } from "../drains";
import { NodeRole } from "../nodes/args";
import { does, labelsOf, type PlannedNode } from "../nodes/plan";
import { rkeServices } from "./services";

/** A node as RKE has to find it. */
export interface RkeNode extends PlannedNode {
  /** Name of its server, which the cloud controller knows the node by. */
  readonly serverName: pulumi.Input<string>;
  /** Its address on the nodes' network. */
  readonly address: pulumi.Input<string>;
}

/** What RKE calls the roles. */
const roleNames: Readonly<Record<NodeRole, string>> = {
  [NodeRole.Control]: "controlplane",
  [NodeRole.Etcd]: "etcd",
  [NodeRole.Worker]: "worker",
};

/** How many nodes are upgraded at once. */
const upgrade = { workers: "10%", controlPlane: "1" };

/**
 * What the provider makes the cluster from.
 *
 * @param kubernetesName the Kubernetes version as RKE names it
 * @param apiAddresses where the API server is reached, for its certificate
 */
export const rkeSpec = (
  plan: ClusterPlan,
  kubernetesName: string,
  nodes: readonly RkeNode[],
  apiAddresses: readonly pulumi.Input<string>[],
) =>
  ({
    clusterName: plan.cluster,
    kubernetesVersion: kubernetesName,
    nodes: nodes.map((node) => rkeNode(node, plan)),
    ...(plan.bastion === undefined ? {} : { bastionHost: bastionHost(plan.bastion, plan) }),
    services: rkeServices(plan),
    network: { plugin: plan.cni },
    authentication: { strategy: "x509", sans: [...apiAddresses] },
    authorization: { mode: "rbac" },
    // Servers are nodes, and Services get load balancers, by the controller that the platform installs.
    cloudProvider: { name: "external" },
    // Kubernetes since 1.24 talks to Docker through it.
    enableCriDockerd: true,
    ignoreDockerVersion: false,
    // Traefik is the platform's.
    // The provider reads the last three back, and would find a change at every plan without them.
    ingress: { provider: "none", httpPort: 80, httpsPort: 443, networkMode: "hostPort" },
    // `kubectl top` and autoscaling by load; Prometheus has its own figures.
    monitoring: { provider: "metrics-server" },
    dns: { provider: "coredns" },
    upgradeStrategy: {
      maxUnavailableControlplane: upgrade.controlPlane,
      maxUnavailableWorker: upgrade.workers,
      drain: true,
      drainInput: {
        // Executors' scratch folders are emptyDirs: without it no Spark node is ever drained.
        deleteLocalData: true,
        ignoreDaemonSets: true,
        force: true,
        gracePeriod: drainTime.graceSeconds,
        timeout: drainTime.timeoutSeconds,
      },
    },
  }) satisfies rke.ClusterArgs;

const bastionHost = ({ address, user }: BastionArgs, plan: ClusterPlan) =>
  ({
    address,
    user: user ?? plan.sshUser,
    sshKey: pulumi.secret(plan.sshPrivateKey),
  }) satisfies rke.types.input.ClusterBastionHost;

const rkeNode = (node: RkeNode, plan: ClusterPlan) =>
  ({
    address: node.address,
    internalAddress: node.address,
    hostnameOverride: node.serverName,
    user: plan.sshUser,
    sshKey: pulumi.secret(plan.sshPrivateKey),
    roles: node.args.roles.map((role) => roleNames[role]),
    // RKE labels them `controlplane`, and sets others as they are, by the API: kubelets could not.
    labels: { ...labelsOf(node), ...(does(node, NodeRole.Control) ? controlPlaneLabel : {}) },
    taints: (node.args.taints ?? []).map(({ key, value = "", effect }) => ({ key, value, effect })),
  }) satisfies rke.types.input.ClusterNode;
