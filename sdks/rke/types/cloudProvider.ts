import type {
  ClusterCloudProviderAwsCloudConfig,
  ClusterCloudProviderAwsCloudProvider,
} from "./aws";
import type {
  ClusterCloudProviderAzureCloudConfig,
  ClusterCloudProviderAzureCloudProvider,
} from "./azure";
import type {
  ClusterCloudProviderVsphereCloudConfig,
  ClusterCloudProviderVsphereCloudProvider,
} from "./vsphere";

/** What ties the cluster to its cloud. */
export interface ClusterCloudProvider {
  /** `external`, or the name of a built-in or custom one. */
  name: string;
  /** @deprecated `awsCloudProvider` takes its place. */
  awsCloudConfig?: ClusterCloudProviderAwsCloudConfig;
  awsCloudProvider?: ClusterCloudProviderAwsCloudProvider;
  /** @deprecated `azureCloudProvider` takes its place. */
  azureCloudConfig?: ClusterCloudProviderAzureCloudConfig;
  azureCloudProvider?: ClusterCloudProviderAzureCloudProvider;
  /** @deprecated `customCloudProvider` takes its place. */
  customCloudConfig?: string;
  customCloudProvider?: string;
  /** @deprecated `openstackCloudProvider` takes its place. */
  openstackCloudConfig?: ClusterCloudProviderOpenstackCloudConfig;
  openstackCloudProvider?: ClusterCloudProviderOpenstackCloudProvider;
  /** @deprecated `vsphereCloudProvider` takes its place. */
  vsphereCloudConfig?: ClusterCloudProviderVsphereCloudConfig;
  vsphereCloudProvider?: ClusterCloudProviderVsphereCloudProvider;
}

/** Settings of the OpenStack provider. */
export interface ClusterCloudProviderOpenstackCloudConfig {
  global: ClusterCloudProviderOpenstackCloudConfigGlobal;
  blockStorage?: ClusterCloudProviderOpenstackCloudConfigBlockStorage;
  loadBalancer?: ClusterCloudProviderOpenstackCloudConfigLoadBalancer;
  metadata?: ClusterCloudProviderOpenstackCloudConfigMetadata;
  route?: ClusterCloudProviderOpenstackCloudConfigRoute;
}

/** Volumes of Cinder. */
export interface ClusterCloudProviderOpenstackCloudConfigBlockStorage {
  bsVersion?: string;
  ignoreVolumeAz?: boolean;
  trustDevicePath?: boolean;
}

/** Address of the cloud, and who logs in. */
export interface ClusterCloudProviderOpenstackCloudConfigGlobal {
  authUrl: string;
  password: string;
  caFile?: string;
  domainId?: string;
  domainName?: string;
  region?: string;
  tenantId?: string;
  tenantName?: string;
  trustId?: string;
  userId?: string;
  username?: string;
}

/** Load balancers of Octavia or Neutron. */
export interface ClusterCloudProviderOpenstackCloudConfigLoadBalancer {
  createMonitor?: boolean;
  floatingNetworkId?: string;
  lbMethod?: string;
  lbProvider?: string;
  lbVersion?: string;
  manageSecurityGroups?: boolean;
  monitorDelay?: string;
  monitorMaxRetries?: number;
  monitorTimeout?: string;
  subnetId?: string;
  useOctavia?: boolean;
}

/** Where a node's metadata is looked for. */
export interface ClusterCloudProviderOpenstackCloudConfigMetadata {
  requestTimeout?: number;
  searchOrder?: string;
}

/** The router that gets the routes of pods. */
export interface ClusterCloudProviderOpenstackCloudConfigRoute {
  routerId?: string;
}

// The same under a former or another name.
export type ClusterCloudProviderOpenstackCloudProvider = ClusterCloudProviderOpenstackCloudConfig;
export type ClusterCloudProviderOpenstackCloudProviderBlockStorage =
  ClusterCloudProviderOpenstackCloudConfigBlockStorage;
export type ClusterCloudProviderOpenstackCloudProviderGlobal =
  ClusterCloudProviderOpenstackCloudConfigGlobal;
export type ClusterCloudProviderOpenstackCloudProviderLoadBalancer =
  ClusterCloudProviderOpenstackCloudConfigLoadBalancer;
export type ClusterCloudProviderOpenstackCloudProviderMetadata =
  ClusterCloudProviderOpenstackCloudConfigMetadata;
export type ClusterCloudProviderOpenstackCloudProviderRoute =
  ClusterCloudProviderOpenstackCloudConfigRoute;
