/** Settings of the Azure provider. */
export interface ClusterCloudProviderAzureCloudConfig {
  aadClientId: string;
  aadClientSecret: string;
  subscriptionId: string;
  tenantId: string;
  aadClientCertPassword?: string;
  aadClientCertPath?: string;
  cloud?: string;
  cloudProviderBackoff?: boolean;
  cloudProviderBackoffDuration?: number;
  cloudProviderBackoffExponent?: number;
  cloudProviderBackoffJitter?: number;
  cloudProviderBackoffRetries?: number;
  cloudProviderRateLimit?: boolean;
  cloudProviderRateLimitBucket?: number;
  cloudProviderRateLimitQps?: number;
  loadBalancerSku?: string;
  location?: string;
  maximumLoadBalancerRuleCount?: number;
  primaryAvailabilitySetName?: string;
  primaryScaleSetName?: string;
  resourceGroup?: string;
  routeTableName?: string;
  securityGroupName?: string;
  subnetName?: string;
  useInstanceMetadata?: boolean;
  useManagedIdentityExtension?: boolean;
  vmType?: string;
  vnetName?: string;
  vnetResourceGroup?: string;
}

// The same under a former or another name.
export type ClusterCloudProviderAzureCloudProvider = ClusterCloudProviderAzureCloudConfig;
