/** Settings of the vSphere provider. */
export interface ClusterCloudProviderVsphereCloudConfig {
  virtualCenters: ClusterCloudProviderVsphereCloudConfigVirtualCenter[];
  workspace: ClusterCloudProviderVsphereCloudConfigWorkspace;
  disk?: ClusterCloudProviderVsphereCloudConfigDisk;
  global?: ClusterCloudProviderVsphereCloudConfigGlobal;
  network?: ClusterCloudProviderVsphereCloudConfigNetwork;
}

/** Disks of vSphere. */
export interface ClusterCloudProviderVsphereCloudConfigDisk {
  scsiControllerType?: string;
}

/** What holds for all vCenters. */
export interface ClusterCloudProviderVsphereCloudConfigGlobal {
  datacenter?: string;
  datacenters?: string;
  datastore?: string;
  insecureFlag?: boolean;
  password?: string;
  port?: string;
  soapRoundtripCount?: number;
  user?: string;
  vmName?: string;
  vmUuid?: string;
  workingDir?: string;
}

/** Networks of vSphere. */
export interface ClusterCloudProviderVsphereCloudConfigNetwork {
  publicNetwork?: string;
}

/** A vCenter, and who logs in. */
export interface ClusterCloudProviderVsphereCloudConfigVirtualCenter {
  datacenters: string;
  name: string;
  password: string;
  user: string;
  port?: string;
  soapRoundtripCount?: number;
}

/** Where machines and disks are made. */
export interface ClusterCloudProviderVsphereCloudConfigWorkspace {
  datacenter: string;
  server: string;
  defaultDatastore?: string;
  folder?: string;
  resourcepoolPath?: string;
}

// The same under a former or another name.
export type ClusterCloudProviderVsphereCloudProvider = ClusterCloudProviderVsphereCloudConfig;
export type ClusterCloudProviderVsphereCloudProviderDisk =
  ClusterCloudProviderVsphereCloudConfigDisk;
export type ClusterCloudProviderVsphereCloudProviderGlobal =
  ClusterCloudProviderVsphereCloudConfigGlobal;
export type ClusterCloudProviderVsphereCloudProviderNetwork =
  ClusterCloudProviderVsphereCloudConfigNetwork;
export type ClusterCloudProviderVsphereCloudProviderVirtualCenter =
  ClusterCloudProviderVsphereCloudConfigVirtualCenter;
export type ClusterCloudProviderVsphereCloudProviderWorkspace =
  ClusterCloudProviderVsphereCloudConfigWorkspace;
