import * as pulumi from "@pulumi/pulumi";
import { deployChart } from "../../base/helmRelease";
import { isReleaseName, releaseNameRule } from "../../base/names";
import { Refusals, requireNamespace, requireTimeout } from "../../base/refusal";
import { tokens } from "../../base/tokens";
import { cloudControllerChart } from "../../charts";
import { clusterNameRule, isClusterName } from "../../openstack/marks";
import { cloudProviderOf, requireCloudProvider } from "../cloudProviderCharts";
import {
  makeCloudConfig,
  requireAccess,
  type CloudConfSections,
  type OpenStackAccessArgs,
} from "../openstackAccess";
import { cloudControllerValues } from "../values/cloudController";

/** What Octavia makes load balancers with. */
export enum LoadBalancerProvider {
  /** A server of its own for each load balancer. */
  Amphora = "amphora",
  /** The flows of OVN, where that is the cloud's network; no health of what is behind HTTP. */
  Ovn = "ovn",
}

/** How Services of type LoadBalancer get one; the cloud needs Octavia. */
export interface CloudLoadBalancerArgs {
  /** Id of the external network that floating IPs are taken from. */
  floatingNetworkId: pulumi.Input<string>;
  /** Id of the subnet of the nodes: load balancers have their address there. */
  subnetId: pulumi.Input<string>;
  /** What they are made with. Defaults to `amphora`. */
  provider?: LoadBalancerProvider;
  /** Whether the controller opens the nodes' ports to each load balancer, and nothing else. Defaults to `true`. */
  manageSecurityGroups?: boolean;
  /** Whether each load balancer watches the nodes behind it; Services with `externalTrafficPolicy: Local` need it. Defaults to `true`. */
  createMonitor?: boolean;
}

/** What {@link CloudController} is made from. */
export interface CloudControllerArgs {
  /** Kubernetes version of the cluster, as `major.minor`, such as `1.31`; the chart is the one for it. */
  kubernetesVersion: string;
  /** Name of the cluster, of at most 20 letters; load balancers bear it. Changing it orphans them. */
  clusterName: string;
  /** How the cloud is reached. */
  access: OpenStackAccessArgs;
  /** Name of the network of the nodes, from which their internal addresses are taken. Needed with a second network. Defaults to any. */
  nodeNetwork?: string;
  /** Name of the external network: addresses from it are the nodes' external ones. Defaults to any floating IP. */
  externalNetwork?: string;
  /** Load balancers for Services. Defaults to none: the cloud may have no Octavia. */
  loadBalancers?: CloudLoadBalancerArgs;
  /** Namespace, which must be there and take pods on the network of their nodes. Defaults to `kube-system`. */
  namespace?: string;
  /** Where charts are taken from instead: a folder, or an `http(s)://` or `oci://` address. Defaults to the public repository. */
  chartMirror?: string;
  /** How long it may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
}

const defaults = { namespace: "kube-system", timeoutSeconds: 300 };

/** Folder in which the chart's containers have cloud.conf. */
const configFolder = "/etc/config";

/**
 * OpenStack's cloud controller manager: it makes new nodes usable, takes away those whose server is
 * gone, and gives Services of type LoadBalancer one of Octavia's. Its application credential stands in
 * a Secret only. It runs on nodes with the label `node-role.kubernetes.io/control-plane: "true"`, as
 * `RkeCluster` and `Rke2Cluster` have them. The component's name is the name of the Helm release.
 */
export class CloudController extends pulumi.ComponentResource {
  /** Name of the release; what needs usable nodes or load balancers takes it and comes after it. */
  public readonly ready: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: CloudControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    check(name, args);
    super(tokens.CloudController, name, {}, opts);

    const namespace = args.namespace ?? defaults.namespace;
    const config = makeCloudConfig(
      `${name}-cloud-config`,
      { namespace, access: args.access, sections: sectionsOf(args), folder: configFolder },
      { parent: this },
    );
    const { clusterName } = args;
    const release = deployChart(
      name,
      {
        chart: cloudControllerChart(cloudProviderOf(args.kubernetesVersion).cloudController),
        mirror: args.chartMirror,
        release: name,
        namespace,
        values: pulumi.all([config.name, config.checksum]).apply(([secretName, checksum]) =>
          cloudControllerValues({
            clusterName,
            loadBalancers: args.loadBalancers !== undefined,
            secretName,
            checksum,
          }),
        ),
        timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
      },
      this,
    );
    this.ready = release.name.apply(() => name);
    this.registerOutputs({ ready: this.ready });
  }
}

/** The sections of cloud.conf that the controller reads, beside `[Global]`. */
function sectionsOf(args: CloudControllerArgs): pulumi.Output<CloudConfSections> {
  const { nodeNetwork, externalNetwork, loadBalancers } = args;
  return pulumi.output(loadBalancers).apply((wanted): CloudConfSections => ({
    Networking: {
      ...(nodeNetwork === undefined ? {} : { "internal-network-name": nodeNetwork }),
      ...(externalNetwork === undefined ? {} : { "public-network-name": externalNetwork }),
    },
    LoadBalancer:
      wanted === undefined
        ? { enabled: false }
        : {
            "floating-network-id": wanted.floatingNetworkId,
            "subnet-id": wanted.subnetId,
            "lb-provider": wanted.provider ?? LoadBalancerProvider.Amphora,
            // OVN takes no other.
            "lb-method":
              wanted.provider === LoadBalancerProvider.Ovn ? "SOURCE_IP_PORT" : "ROUND_ROBIN",
            "manage-security-groups": wanted.manageSecurityGroups ?? true,
            "create-monitor": wanted.createMonitor ?? true,
          },
  }));
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
function check(name: string, args: CloudControllerArgs): void {
  const refusals = new Refusals(`CloudController ${name}`);
  refusals.require(isReleaseName(name), "name", `"${name}" names the release: ${releaseNameRule}`);
  requireCloudProvider(refusals, args.kubernetesVersion);
  refusals.require(
    isClusterName(args.clusterName),
    "clusterName",
    `"${args.clusterName}" is no cluster's name: ${clusterNameRule}`,
  );
  requireAccess(refusals, "access", args.access);
  requireNamespace(refusals, "namespace", args.namespace ?? defaults.namespace);
  requireTimeout(refusals, args.timeoutSeconds ?? defaults.timeoutSeconds);
  refusals.throwIfAny();
}
