import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Refusals, requireKubernetesVersion } from "../../base/refusal";
import { tokens } from "../../base/tokens";
import { warnOf } from "../../base/warnings";
import { judgeRke2, rke2Release } from "../../compatibility";
import { ClusterEngine } from "../../openstack/engines";
import { apiServerPort } from "../apiAddress";
import { filledIn, type ClusterPlan, type OpenStackClusterArgs } from "../args";
import { checkCluster } from "../check";
import type { Cluster } from "../cluster";
import { makeDrains } from "../drains";
import { kubeconfigAt } from "../kubeconfig";
import { makeNodes, type Start } from "../makeNodes";
import { NodeRole } from "../nodes/args";
import type { MadeNode } from "../nodes/make";
import { leadingNode } from "../nodes/plan";
import { makeProvider, providerOf } from "../provider";
import { firstStart, onAddress, onNode } from "../ssh";
import { userData } from "./cloudInit";
import { isServer, joinPort, rke2Config, snapshotSecretName } from "./config";

/** What {@link Rke2Cluster} is made from. */
export interface Rke2ClusterArgs extends OpenStackClusterArgs {
  /** Where releases of RKE 2 are, with their tags as folders. Defaults to GitHub's. */
  releasesUrl?: string;
}

const defaults = { releasesUrl: "https://github.com/rancher/rke2/releases/download" };

/** Letters and digits of the token that nodes join by. */
const tokenLength = 48;

/**
 * Kubernetes by RKE 2 on servers in an OpenStack: each installs itself at its first start. A new
 * Kubernetes version reaches nodes when they are replaced, control plane first.
 */
export class Rke2Cluster extends pulumi.ComponentResource implements Cluster {
  /** Access to the cluster as its administrator; secret. */
  public readonly kubeconfig: pulumi.Output<string>;
  /** The release of RKE 2 that new nodes install. */
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
  constructor(name: string, args: Rke2ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = filledIn(args);
    const { warnings, release } = checked(name, plan);
    super(tokens.Rke2Cluster, name, {}, opts);
    warnOf(name, warnings);

    const makeToken = (role: string) =>
      new random.RandomPassword(
        `${name}-${role}`,
        { length: tokenLength, special: false },
        { parent: this },
      ).result;
    const joinTokens = { server: makeToken("token"), agent: makeToken("agent-token") };
    const source = args.releasesUrl ?? defaults.releasesUrl;
    const { nodes, api, pools } = makeNodes(
      name,
      plan,
      {
        engine: ClusterEngine.Rke2,
        served: [apiServerPort, { name: "join", port: joinPort, forAdmins: false }],
        userDataOf: (start) => userDataOf(plan, start, joinTokens, { release, source }),
      },
      this,
    );
    const kubeconfig = fetchKubeconfig(name, plan, nodes, release, this);

    this.apiAddress = api.address;
    this.kubeconfig = pulumi.secret(
      pulumi.all([kubeconfig, api.address]).apply(([text, host]) => kubeconfigAt(text, host)),
    );
    const access = { kubeconfig: this.kubeconfig, clusterIdentifier: plan.cluster };
    makeProvider(name, access, this);
    this.ready = makeDrains(name, plan, nodes, this.kubeconfig, this);
    makeSnapshotSecret(name, plan, { parent: this, provider: this.provider });
    this.kubernetesVersion = pulumi.output(release);
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

/** How a node starts; secret, for the tokens in it. */
const userDataOf = (
  plan: ClusterPlan,
  { node, api, leader }: Start,
  joinTokens: Record<"server" | "agent", pulumi.Output<string>>,
  { release, source }: { readonly release: string; readonly source: string },
): pulumi.Output<string> =>
  pulumi.secret(
    pulumi
      .all([joinTokens, api.address, api.internal, leader?.address])
      .apply(([{ server, agent }, address, internal, leading]) => {
        // A floating IP is no way from inside; a load balancer is there before any node answers.
        const joins = leader === undefined ? undefined : (internal ?? leading);
        const config = rke2Config(plan, node, {
          // Whoever runs a pod can read its node's user data: agents have nothing that makes a server.
          ...(isServer(node) ? { token: server, agentToken: agent } : { token: agent }),
          apiAddresses: [address, internal, plan.apiHost].filter((name) => name !== undefined),
          ...(joins === undefined ? {} : { joins }),
        });
        return userData(config, { kind: isServer(node) ? "server" : "agent", release, source });
      }),
  );

/** Waits for every node, and reads the kubeconfig on one of the control plane; secret. */
function fetchKubeconfig(
  name: string,
  plan: ClusterPlan,
  nodes: readonly MadeNode[],
  release: string,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const probes = nodes.map((node) => {
    const unit = isServer(node) ? "rke2-server" : "rke2-agent";
    const script = firstStart(plan, `systemctl is-active --quiet ${unit}`);
    return onNode(`${name}-${node.name}-probe`, node, plan, script, { parent });
  });
  const leader = leadingNode(nodes);
  if (leader === undefined) throw new Error("cannot happen: a cluster without control plane");
  const file = "/etc/rancher/rke2/rke2.yaml";
  const script = `set -eu\nsudo -n test -s ${file}\nsudo -n cat ${file}`;
  // Of no server by a property: where one is replaced, the kubeconfig and all that is made by it stay.
  return onAddress(`${name}-kubeconfig`, leader.address, plan, script, [release], {
    parent,
    dependsOn: probes,
    additionalSecretOutputs: ["stdout"],
  }).stdout;
}

/** The bucket for snapshots, where there is one. */
function makeSnapshotSecret(
  name: string,
  { etcdBackup: { s3 } }: ClusterPlan,
  opts: pulumi.CustomResourceOptions,
): void {
  if (s3 === undefined) return;
  new k8s.core.v1.Secret(
    `${name}-snapshots`,
    {
      metadata: { name: snapshotSecretName, namespace: "kube-system" },
      type: "etcd.k3s.cattle.io/s3-config-secret",
      stringData: {
        "etcd-s3-endpoint": s3.endpoint,
        "etcd-s3-bucket": s3.bucket,
        "etcd-s3-folder": s3.folder,
        ...(s3.region === undefined ? {} : { "etcd-s3-region": s3.region }),
        "etcd-s3-access-key": pulumi.secret(s3.accessKeyId),
        "etcd-s3-secret-key": pulumi.secret(s3.secretAccessKey),
      },
    },
    opts,
  );
}

/**
 * @returns what there is to warn about, and the release of RKE 2
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
function checked(name: string, plan: ClusterPlan) {
  const refusals = new Refusals(`Rke2Cluster ${name}`);
  const warnings = checkCluster(refusals, plan);
  for (const [pool, { roles }] of Object.entries(plan.pools)) {
    refusals.require(
      roles.includes(NodeRole.Control) === roles.includes(NodeRole.Etcd),
      `pools.${pool}.roles`,
      "servers of RKE 2 run control plane and etcd; give the pool both roles or none of them",
    );
  }
  if (requireKubernetesVersion(refusals, plan.kubernetesVersion)) {
    const { verdict, reason, remedy = "" } = judgeRke2(plan.kubernetesVersion);
    refusals.require(verdict !== "impossible", "kubernetesVersion", `${reason}; ${remedy}`);
  }
  refusals.throwIfAny();
  return { warnings, release: rke2Release(plan.kubernetesVersion) ?? "" };
}
