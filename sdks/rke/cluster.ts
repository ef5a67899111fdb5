import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs, ClusterResults, ClusterSettings } from "./clusterArgs";
import { packageVersion } from "./version";

/** All that a cluster has; what is not given is filled in by the provider. */
type ClusterState = ClusterSettings & ClusterResults;
type Given<Name extends keyof ClusterSettings> = pulumi.Output<ClusterSettings[Name]>;
type Result<Name extends keyof ClusterResults> = pulumi.Output<ClusterResults[Name]>;

const names: readonly (keyof ClusterState)[] = [
  "addonJobTimeout",
  "addons",
  "addonsIncludes",
  "apiServerUrl",
  "authentication",
  "authorization",
  "bastionHost",
  "caCrt",
  "certDir",
  "certificates",
  "clientCert",
  "clientKey",
  "cloudProvider",
  "clusterCidr",
  "clusterDnsServer",
  "clusterDomain",
  "clusterName",
  "clusterYaml",
  "controlPlaneHosts",
  "customCerts",
  "delayOnCreation",
  "dind",
  "dindDnsServer",
  "dindStorageDriver",
  "disablePortCheck",
  "dns",
  "enableCriDockerd",
  "etcdHosts",
  "ignoreDockerVersion",
  "inactiveHosts",
  "ingress",
  "internalKubeConfigYaml",
  "kubeAdminUser",
  "kubeConfigYaml",
  "kubernetesVersion",
  "monitoring",
  "network",
  "nodes",
  "nodesConfs",
  "prefixPath",
  "privateRegistries",
  "restore",
  "rkeClusterYaml",
  "rkeState",
  "rotateCertificates",
  "runningSystemImages",
  "services",
  "servicesEtcdDeprecated",
  "servicesKubeApiDeprecated",
  "servicesKubeControllerDeprecated",
  "servicesKubeProxyDeprecated",
  "servicesKubeSchedulerDeprecated",
  "servicesKubeletDeprecated",
  "sshAgentAuth",
  "sshCertPath",
  "sshKeyPath",
  "systemImages",
  "updateOnly",
  "upgradeStrategy",
  "workerHosts",
];

/** Secret whatever the inputs are. */
const secrets: readonly (keyof ClusterState)[] = [
  "caCrt",
  "certificates",
  "clientCert",
  "clientKey",
  "clusterYaml",
  "internalKubeConfigYaml",
  "kubeConfigYaml",
  "rkeClusterYaml",
  "rkeState",
];

/**
 * A Kubernetes cluster that RKE makes of servers which it reaches by SSH. What each property means
 * is told at {@link ClusterSettings} and {@link ClusterResults}.
 */
export class Cluster extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "rke:index/cluster:Cluster";

  declare readonly addonJobTimeout: Given<"addonJobTimeout">;
  declare readonly addons: Given<"addons">;
  declare readonly addonsIncludes: Given<"addonsIncludes">;
  declare readonly authentication: Given<"authentication">;
  declare readonly authorization: Given<"authorization">;
  declare readonly bastionHost: Given<"bastionHost">;
  declare readonly certDir: Given<"certDir">;
  declare readonly cloudProvider: Given<"cloudProvider">;
  declare readonly clusterName: Given<"clusterName">;
  declare readonly clusterYaml: Given<"clusterYaml">;
  declare readonly customCerts: Given<"customCerts">;
  declare readonly delayOnCreation: Given<"delayOnCreation">;
  declare readonly dind: Given<"dind">;
  declare readonly dindDnsServer: Given<"dindDnsServer">;
  declare readonly dindStorageDriver: Given<"dindStorageDriver">;
  declare readonly disablePortCheck: Given<"disablePortCheck">;
  declare readonly dns: Given<"dns">;
  declare readonly enableCriDockerd: Given<"enableCriDockerd">;
  declare readonly ignoreDockerVersion: Given<"ignoreDockerVersion">;
  declare readonly ingress: Given<"ingress">;
  declare readonly kubernetesVersion: Given<"kubernetesVersion">;
  declare readonly monitoring: Given<"monitoring">;
  declare readonly network: Given<"network">;
  declare readonly nodes: Given<"nodes">;
  declare readonly nodesConfs: Given<"nodesConfs">;
  declare readonly prefixPath: Given<"prefixPath">;
  declare readonly privateRegistries: Given<"privateRegistries">;
  declare readonly restore: Given<"restore">;
  declare readonly rotateCertificates: Given<"rotateCertificates">;
  declare readonly services: Given<"services">;
  declare readonly servicesEtcdDeprecated: Given<"servicesEtcdDeprecated">;
  declare readonly servicesKubeApiDeprecated: Given<"servicesKubeApiDeprecated">;
  declare readonly servicesKubeControllerDeprecated: Given<"servicesKubeControllerDeprecated">;
  declare readonly servicesKubeProxyDeprecated: Given<"servicesKubeProxyDeprecated">;
  declare readonly servicesKubeSchedulerDeprecated: Given<"servicesKubeSchedulerDeprecated">;
  declare readonly servicesKubeletDeprecated: Given<"servicesKubeletDeprecated">;
  declare readonly sshAgentAuth: pulumi.Output<boolean>;
  declare readonly sshCertPath: Given<"sshCertPath">;
  declare readonly sshKeyPath: Given<"sshKeyPath">;
  declare readonly systemImages: Given<"systemImages">;
  declare readonly updateOnly: Given<"updateOnly">;
  declare readonly upgradeStrategy: Given<"upgradeStrategy">;

  declare readonly apiServerUrl: Result<"apiServerUrl">;
  declare readonly caCrt: Result<"caCrt">;
  declare readonly certificates: Result<"certificates">;
  declare readonly clientCert: Result<"clientCert">;
  declare readonly clientKey: Result<"clientKey">;
  declare readonly clusterCidr: Result<"clusterCidr">;
  declare readonly clusterDnsServer: Result<"clusterDnsServer">;
  declare readonly clusterDomain: Result<"clusterDomain">;
  declare readonly controlPlaneHosts: Result<"controlPlaneHosts">;
  declare readonly etcdHosts: Result<"etcdHosts">;
  declare readonly inactiveHosts: Result<"inactiveHosts">;
  declare readonly internalKubeConfigYaml: Result<"internalKubeConfigYaml">;
  declare readonly kubeAdminUser: Result<"kubeAdminUser">;
  declare readonly kubeConfigYaml: Result<"kubeConfigYaml">;
  declare readonly rkeClusterYaml: Result<"rkeClusterYaml">;
  declare readonly rkeState: Result<"rkeState">;
  declare readonly runningSystemImages: Result<"runningSystemImages">;
  declare readonly workerHosts: Result<"workerHosts">;

  /** @param opts resource options; with `id` the state of a cluster is read */
  constructor(name: string, args: ClusterArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    const inputs: pulumi.Inputs = { ...Object.fromEntries(names.map((one) => [one, undefined])) };
    Object.assign(inputs, args);
    if (args.clusterYaml !== undefined) inputs["clusterYaml"] = pulumi.secret(args.clusterYaml);
    const own = { version: packageVersion, additionalSecretOutputs: [...secrets] };
    super(Cluster.__pulumiType, name, inputs, pulumi.mergeOptions(own, opts));
  }

  /** The cluster that has an id in the provider's state. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): Cluster {
    return new Cluster(name, {}, { ...opts, id });
  }

  /** True for a cluster, of this copy of the package or of another. */
  static override isInstance(object: unknown): object is Cluster {
    return (
      typeof object === "object" &&
      object !== null &&
      "__pulumiType" in object &&
      object.__pulumiType === Cluster.__pulumiType
    );
  }
}
