import type { Inputs } from "./types/inputs";
import type * as output from "./types/output";

/** What a cluster is made from. */
export interface ClusterSettings {
  /** Seconds that a job of an addon may take. */
  addonJobTimeout?: number;
  /** Manifests that RKE applies, as YAML text. */
  addons?: string;
  /** Files and addresses of further manifests. */
  addonsIncludes?: string[];
  /** How clients of the API are known. */
  authentication?: output.ClusterAuthentication;
  /** How the API decides what clients may do. */
  authorization?: output.ClusterAuthorization;
  /** The host through which nodes are reached. */
  bastionHost?: output.ClusterBastionHost;
  /** Folder of own certificates. */
  certDir?: string;
  /** What ties the cluster to its cloud. */
  cloudProvider?: output.ClusterCloudProvider;
  /** Name of the cluster in the kubeconfig. */
  clusterName?: string;
  /** RKE's own configuration, as YAML text; the other inputs go over it. */
  clusterYaml?: string;
  /** Whether the certificates of `certDir` are used. Default: false. */
  customCerts?: boolean;
  /** Seconds to wait before the first attempt. */
  delayOnCreation?: number;
  /** Whether nodes are Docker containers (experimental). Default: false. */
  dind?: boolean;
  /** DNS server of such nodes. */
  dindDnsServer?: string;
  /** Storage driver of such nodes. */
  dindStorageDriver?: string;
  /** Whether the check of nodes' ports is left out. Default: false. */
  disablePortCheck?: boolean;
  /** The DNS server of the cluster. */
  dns?: output.ClusterDns;
  /** Whether kubelets reach Docker through cri-dockerd: needed from Kubernetes 1.24. Default: false. */
  enableCriDockerd?: boolean;
  /** Whether any version of Docker is taken. */
  ignoreDockerVersion?: boolean;
  /** The ingress controller that RKE brings. */
  ingress?: output.ClusterIngress;
  /** Such as `v1.31.1-rancher1-1`. Default: the newest that this version of RKE knows. */
  kubernetesVersion?: string;
  /** The metrics server that RKE brings. */
  monitoring?: output.ClusterMonitoring;
  /** The network of pods. */
  network?: output.ClusterNetwork;
  /** The servers that become nodes. */
  nodes?: output.ClusterNode[];
  /** @deprecated `clusterYaml` takes its place. */
  nodesConfs?: string[];
  /** Folder on the nodes in front of all paths. */
  prefixPath?: string;
  /** Registries that nodes log in to. */
  privateRegistries?: output.ClusterPrivateRegistry[];
  /** An etcd snapshot to go back to. */
  restore?: output.ClusterRestore;
  /** Which certificates are made anew. */
  rotateCertificates?: output.ClusterRotateCertificates;
  /** Settings of Kubernetes' components. */
  services?: output.ClusterServices;
  /** @deprecated `services.etcd` takes its place. */
  servicesEtcdDeprecated?: output.ClusterServicesEtcdDeprecated;
  /** @deprecated `services.kubeApi` takes its place. */
  servicesKubeApiDeprecated?: output.ClusterServicesKubeApiDeprecated;
  /** @deprecated `services.kubeController` takes its place. */
  servicesKubeControllerDeprecated?: output.ClusterServicesKubeControllerDeprecated;
  /** @deprecated `services.kubeproxy` takes its place. */
  servicesKubeProxyDeprecated?: output.ClusterServicesKubeProxyDeprecated;
  /** @deprecated `services.scheduler` takes its place. */
  servicesKubeSchedulerDeprecated?: output.ClusterServicesKubeSchedulerDeprecated;
  /** @deprecated `services.kubelet` takes its place. */
  servicesKubeletDeprecated?: output.ClusterServicesKubeletDeprecated;
  /** Whether the SSH agent has the keys. */
  sshAgentAuth?: boolean;
  /** File of the SSH certificate. */
  sshCertPath?: string;
  /** File of the private key for all nodes. */
  sshKeyPath?: string;
  /** Images in place of those that RKE knows. */
  systemImages?: output.ClusterSystemImages;
  /** Whether control plane and etcd are left as they are. Default: false. */
  updateOnly?: boolean;
  /** How nodes are taken when their components change. */
  upgradeStrategy?: output.ClusterUpgradeStrategy;
}

/** What a program passes to make a cluster. */
export type ClusterArgs = {
  [Name in keyof ClusterSettings]: Inputs<Exclude<ClusterSettings[Name], undefined>>;
};

/** What RKE adds to it. */
export interface ClusterResults {
  /** `https://`, the first control plane node and port 6443. */
  apiServerUrl: string;
  /** CA certificate of the cluster. */
  caCrt: string;
  /** All certificates that RKE has made. */
  certificates: output.ClusterCertificate[];
  /** The administrator's certificate. */
  clientCert: string;
  /** The administrator's private key. */
  clientKey: string;
  /** CIDR of pods. */
  clusterCidr: string;
  /** Address of the DNS Service. */
  clusterDnsServer: string;
  /** DNS domain of the cluster. */
  clusterDomain: string;
  /** Nodes of the control plane. */
  controlPlaneHosts: output.ClusterControlPlaneHost[];
  /** Nodes of etcd. */
  etcdHosts: output.ClusterEtcdHost[];
  /** Nodes that RKE could not reach. */
  inactiveHosts: output.ClusterInactiveHost[];
  /** @deprecated `kubeConfigYaml` takes its place. */
  internalKubeConfigYaml: string;
  /** The administrator's name. */
  kubeAdminUser: string;
  /** The administrator's kubeconfig. */
  kubeConfigYaml: string;
  /** The configuration that RKE got. */
  rkeClusterYaml: string;
  /** What RKE needs for the next update: certificates, and the cluster as wanted and as it is. */
  rkeState: string;
  /** Images in use. */
  runningSystemImages: output.ClusterRunningSystemImage[];
  /** Workers. */
  workerHosts: output.ClusterWorkerHost[];
}
