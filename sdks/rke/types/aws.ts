/** Settings of the AWS provider. */
export interface ClusterCloudProviderAwsCloudConfig {
  global?: ClusterCloudProviderAwsCloudConfigGlobal;
  serviceOverrides?: ClusterCloudProviderAwsCloudConfigServiceOverride[];
}

/** What concerns all of AWS. */
export interface ClusterCloudProviderAwsCloudConfigGlobal {
  disableSecurityGroupIngress?: boolean;
  disableStrictZoneCheck?: boolean;
  elbSecurityGroup?: string;
  kubernetesClusterId?: string;
  kubernetesClusterTag?: string;
  roleArn?: string;
  routeTableId?: string;
  subnetId?: string;
  vpc?: string;
  zone?: string;
}

/** Another address of an AWS service. */
export interface ClusterCloudProviderAwsCloudConfigServiceOverride {
  service: string;
  key?: string;
  region?: string;
  signingMethod?: string;
  signingName?: string;
  signingRegion?: string;
  url?: string;
}

// The same under a former or another name.
export type ClusterCloudProviderAwsCloudProvider = ClusterCloudProviderAwsCloudConfig;
export type ClusterCloudProviderAwsCloudProviderGlobal = ClusterCloudProviderAwsCloudConfigGlobal;
export type ClusterCloudProviderAwsCloudProviderServiceOverride =
  ClusterCloudProviderAwsCloudConfigServiceOverride;
