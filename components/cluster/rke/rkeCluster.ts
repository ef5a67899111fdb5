import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as rke from "@pulumi/rke";
import { Refusals, requireKubernetesVersion } from "../../base/refusal";
import { tokens } from "../../base/tokens";
import { warnOf } from "../../base/warnings";
import {
  compatibility,
  judgeRkeProvider,
  rkeKubernetesName,
  rkeProviderVersion,
} from "../../compatibility";
import { ClusterEngine } from "../../openstack/engines";
import { apiServerPort } from "../apiAddress";
import { filledIn, type ClusterPlan, type OpenStackClusterArgs } from "../args";
import { checkCluster } from "../check";
import type { Cluster } from "../cluster";
import { makeDrains } from "../drains";
import { kubeconfigAt } from "../kubeconfig";
import { makeNodes } from "../makeNodes";
import { makeProvider, providerOf } from "../provider";
import { firstStart, onNode } from "../ssh";
import { rkeSpec } from "./spec";

/** What {@link RkeCluster} is made from. */
export interface RkeClusterArgs extends OpenStackClusterArgs {
  /** How long RKE may take for all nodes, in seconds, at least 1. Defaults to 3600. */
  rkeTimeoutSeconds?: number;
}

const defaults = { rkeTimeoutSeconds: 3600 };

/** What is the cluster's own and nobody else's business. */
const secretOutputs = [
  "rkeState",
  "rkeClusterYaml",
  "clusterYaml",
  "kubeConfigYaml",
  "internalKubeConfigYaml",
  "certificates",
  "caCrt",
  "clientCert",
  "clientKey",
];

/** Docker answers the nodes' user: what RKE needs of a node. */
const dockerAnswers = 'docker version --format "{{.Server.Version}}"';

/**
 * Kubernetes by RKE 1 on servers in an OpenStack: over SSH, with Docker below. RKE 1 ended on
 * 2025-07-31; `Rke2Cluster` is its successor.
 */
export class RkeCluster extends pulumi.ComponentResource implements Cluster {
  /** Access to the cluster as its administrator; secret. */
  public readonly kubeconfig: pulumi.Output<string>;
  /** The Kubernetes that runs, as RKE names it. */
  public readonly kubernetesVersion: pulumi.Output<string>;
  /** Names of the nodes of each pool. */
  public readonly pools: pulumi.Output<Record<string, string[]>>;
  /** Storage classes that the platform makes in it. */
  public readonly storageClasses: pulumi.Output<string[]>;
  /** Address of the API server, without port. */
  public readonly apiAddress: pulumi.Output<string>;

  /** The cluster's name; what takes it goes before any node is drained, as the TeardownGuard has to. */
  public readonly ready: pulumi.Output<string>;

  /** What makes objects in the cluster. */
  public get provider(): k8s.Provider {
    return providerOf(this);
  }

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: RkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = filledIn(args);
    const { warnings, kubernetesName } = checked(name, plan);
    super(tokens.RkeCluster, name, {}, opts);
    warnOf(name, warnings);

    const { nodes, api, pools } = makeNodes(
      name,
      plan,
      { engine: ClusterEngine.Rke, served: [apiServerPort] },
      this,
    );
    const probes = nodes.map((node) =>
      onNode(`${name}-${node.name}-probe`, node, plan, firstStart(plan, dockerAnswers), {
        parent: this,
      }),
    );
    const names = [api.address, api.internal, plan.apiHost];
    const sans = names.filter((name) => name !== undefined);
    const timeout = `${args.rkeTimeoutSeconds ?? defaults.rkeTimeoutSeconds}s`;
    const cluster = new rke.Cluster(`${name}-rke`, rkeSpec(plan, kubernetesName, nodes, sans), {
      parent: this,
      dependsOn: probes,
      additionalSecretOutputs: secretOutputs,
      customTimeouts: { create: timeout, update: timeout },
      // The servers go with it: to clean them first takes minutes, and fails where one is gone.
      retainOnDelete: true,
    });

    this.apiAddress = api.address;
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([cluster.kubeConfigYaml, api.address])
        .apply(([kubeconfig, host]) => kubeconfigAt(kubeconfig, host)),
    );
    const access = { kubeconfig: this.kubeconfig, clusterIdentifier: plan.cluster };
    makeProvider(name, access, this);
    this.ready = makeDrains(name, plan, nodes, this.kubeconfig, this);
    this.kubernetesVersion = pulumi.output(kubernetesName);
    this.pools = pools;
    this.storageClasses = pulumi.output(plan.storageClasses);
    this.registerOutputs({
      kubeconfig: this.kubeconfig,
      kubernetesVersion: this.kubernetesVersion,
      pools: this.pools,
      storageClasses: this.storageClasses,
      apiAddress: this.apiAddress,
      ready: this.ready,
    });
  }
}

/**
 * @returns what there is to warn about, and the Kubernetes version as RKE names it
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
function checked(name: string, plan: ClusterPlan) {
  const refusals = new Refusals(`RkeCluster ${name}`);
  const warnings = checkCluster(refusals, plan);
  const { kubernetesVersion: kubernetes } = plan;
  const asked = { provider: rkeProviderVersion, kubernetes };
  const kubernetesName = rkeKubernetesName(asked);
  if (requireKubernetesVersion(refusals, kubernetes) && kubernetesName === undefined) {
    const { reason, remedy = "" } = judgeRkeProvider(asked);
    refusals.require(false, "kubernetesVersion", `${reason}; ${remedy}`);
  }
  refusals.throwIfAny();
  const ended = compatibility.endOfLife.find(({ subject }) => subject === "RKE 1");
  return {
    kubernetesName: kubernetesName ?? "",
    warnings: [
      `RKE 1 has not been maintained since ${ended?.date ?? ""}; Rke2Cluster is its successor`,
      ...warnings,
    ],
  };
}
