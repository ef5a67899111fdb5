import type { Inputs } from "./inputs";
import type * as output from "./output";

// What programs pass: every part may be an output of another resource.
export type ClusterAuthentication = Inputs<output.ClusterAuthentication>;
export type ClusterAuthenticationWebhook = Inputs<output.ClusterAuthenticationWebhook>;
export type ClusterAuthorization = Inputs<output.ClusterAuthorization>;
export type ClusterBastionHost = Inputs<output.ClusterBastionHost>;
export type ClusterCertificate = Inputs<output.ClusterCertificate>;
export type ClusterCloudProvider = Inputs<output.ClusterCloudProvider>;
export type ClusterCloudProviderAwsCloudConfig = Inputs<output.ClusterCloudProviderAwsCloudConfig>;
export type ClusterCloudProviderAwsCloudConfigGlobal =
  Inputs<output.ClusterCloudProviderAwsCloudConfigGlobal>;
export type ClusterCloudProviderAwsCloudConfigServiceOverride =
  Inputs<output.ClusterCloudProviderAwsCloudConfigServiceOverride>;
export type ClusterCloudProviderAwsCloudProvider =
  Inputs<output.ClusterCloudProviderAwsCloudProvider>;
export type ClusterCloudProviderAwsCloudProviderGlobal =
  Inputs<output.ClusterCloudProviderAwsCloudProviderGlobal>;
export type ClusterCloudProviderAwsCloudProviderServiceOverride =
  Inputs<output.ClusterCloudProviderAwsCloudProviderServiceOverride>;
export type ClusterCloudProviderAzureCloudConfig =
  Inputs<output.ClusterCloudProviderAzureCloudConfig>;
export type ClusterCloudProviderAzureCloudProvider =
  Inputs<output.ClusterCloudProviderAzureCloudProvider>;
export type ClusterCloudProviderOpenstackCloudConfig =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfig>;
export type ClusterCloudProviderOpenstackCloudConfigBlockStorage =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfigBlockStorage>;
export type ClusterCloudProviderOpenstackCloudConfigGlobal =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfigGlobal>;
export type ClusterCloudProviderOpenstackCloudConfigLoadBalancer =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfigLoadBalancer>;
export type ClusterCloudProviderOpenstackCloudConfigMetadata =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfigMetadata>;
export type ClusterCloudProviderOpenstackCloudConfigRoute =
  Inputs<output.ClusterCloudProviderOpenstackCloudConfigRoute>;
export type ClusterCloudProviderOpenstackCloudProvider =
  Inputs<output.ClusterCloudProviderOpenstackCloudProvider>;
export type ClusterCloudProviderOpenstackCloudProviderBlockStorage =
  Inputs<output.ClusterCloudProviderOpenstackCloudProviderBlockStorage>;
export type ClusterCloudProviderOpenstackCloudProviderGlobal =
  Inputs<output.ClusterCloudProviderOpenstackCloudProviderGlobal>;
export type ClusterCloudProviderOpenstackCloudProviderLoadBalancer =
  Inputs<output.ClusterCloudProviderOpenstackCloudProviderLoadBalancer>;
export type ClusterCloudProviderOpenstackCloudProviderMetadata =
  Inputs<output.ClusterCloudProviderOpenstackCloudProviderMetadata>;
export type ClusterCloudProviderOpenstackCloudProviderRoute =
  Inputs<output.ClusterCloudProviderOpenstackCloudProviderRoute>;
export type ClusterCloudProviderVsphereCloudConfig =
  Inputs<output.ClusterCloudProviderVsphereCloudConfig>;
export type ClusterCloudProviderVsphereCloudConfigDisk =
  Inputs<output.ClusterCloudProviderVsphereCloudConfigDisk>;
export type ClusterCloudProviderVsphereCloudConfigGlobal =
  Inputs<output.ClusterCloudProviderVsphereCloudConfigGlobal>;
export type ClusterCloudProviderVsphereCloudConfigNetwork =
  Inputs<output.ClusterCloudProviderVsphereCloudConfigNetwork>;
export type ClusterCloudProviderVsphereCloudConfigVirtualCenter =
  Inputs<output.ClusterCloudProviderVsphereCloudConfigVirtualCenter>;
export type ClusterCloudProviderVsphereCloudConfigWorkspace =
  Inputs<output.ClusterCloudProviderVsphereCloudConfigWorkspace>;
export type ClusterCloudProviderVsphereCloudProvider =
  Inputs<output.ClusterCloudProviderVsphereCloudProvider>;
export type ClusterCloudProviderVsphereCloudProviderDisk =
  Inputs<output.ClusterCloudProviderVsphereCloudProviderDisk>;
export type ClusterCloudProviderVsphereCloudProviderGlobal =
  Inputs<output.ClusterCloudProviderVsphereCloudProviderGlobal>;
export type ClusterCloudProviderVsphereCloudProviderNetwork =
  Inputs<output.ClusterCloudProviderVsphereCloudProviderNetwork>;
export type ClusterCloudProviderVsphereCloudProviderVirtualCenter =
  Inputs<output.ClusterCloudProviderVsphereCloudProviderVirtualCenter>;
export type ClusterCloudProviderVsphereCloudProviderWorkspace =
  Inputs<output.ClusterCloudProviderVsphereCloudProviderWorkspace>;
export type ClusterControlPlaneHost = Inputs<output.ClusterControlPlaneHost>;
export type ClusterDns = Inputs<output.ClusterDns>;
export type ClusterDnsNodelocal = Inputs<output.ClusterDnsNodelocal>;
export type ClusterEtcdHost = Inputs<output.ClusterEtcdHost>;
export type ClusterInactiveHost = Inputs<output.ClusterInactiveHost>;
export type ClusterIngress = Inputs<output.ClusterIngress>;
export type ClusterMonitoring = Inputs<output.ClusterMonitoring>;
export type ClusterNetwork = Inputs<output.ClusterNetwork>;
export type ClusterNetworkAciNetworkProvider = Inputs<output.ClusterNetworkAciNetworkProvider>;
export type ClusterNetworkCalicoNetworkProvider =
  Inputs<output.ClusterNetworkCalicoNetworkProvider>;
export type ClusterNetworkCanalNetworkProvider = Inputs<output.ClusterNetworkCanalNetworkProvider>;
export type ClusterNetworkFlannelNetworkProvider =
  Inputs<output.ClusterNetworkFlannelNetworkProvider>;
export type ClusterNetworkWeaveNetworkProvider = Inputs<output.ClusterNetworkWeaveNetworkProvider>;
export type ClusterNode = Inputs<output.ClusterNode>;
export type ClusterNodeTaint = Inputs<output.ClusterNodeTaint>;
export type ClusterPrivateRegistry = Inputs<output.ClusterPrivateRegistry>;
export type ClusterRestore = Inputs<output.ClusterRestore>;
export type ClusterRotateCertificates = Inputs<output.ClusterRotateCertificates>;
export type ClusterRunningSystemImage = Inputs<output.ClusterRunningSystemImage>;
export type ClusterServices = Inputs<output.ClusterServices>;
export type ClusterServicesEtcd = Inputs<output.ClusterServicesEtcd>;
export type ClusterServicesEtcdBackupConfig = Inputs<output.ClusterServicesEtcdBackupConfig>;
export type ClusterServicesEtcdBackupConfigS3BackupConfig =
  Inputs<output.ClusterServicesEtcdBackupConfigS3BackupConfig>;
export type ClusterServicesEtcdDeprecated = Inputs<output.ClusterServicesEtcdDeprecated>;
export type ClusterServicesEtcdDeprecatedBackupConfig =
  Inputs<output.ClusterServicesEtcdDeprecatedBackupConfig>;
export type ClusterServicesEtcdDeprecatedBackupConfigS3BackupConfig =
  Inputs<output.ClusterServicesEtcdDeprecatedBackupConfigS3BackupConfig>;
export type ClusterServicesKubeApi = Inputs<output.ClusterServicesKubeApi>;
export type ClusterServicesKubeApiAuditLog = Inputs<output.ClusterServicesKubeApiAuditLog>;
export type ClusterServicesKubeApiAuditLogConfiguration =
  Inputs<output.ClusterServicesKubeApiAuditLogConfiguration>;
export type ClusterServicesKubeApiDeprecated = Inputs<output.ClusterServicesKubeApiDeprecated>;
export type ClusterServicesKubeApiDeprecatedAuditLog =
  Inputs<output.ClusterServicesKubeApiDeprecatedAuditLog>;
export type ClusterServicesKubeApiDeprecatedAuditLogConfiguration =
  Inputs<output.ClusterServicesKubeApiDeprecatedAuditLogConfiguration>;
export type ClusterServicesKubeApiDeprecatedEventRateLimit =
  Inputs<output.ClusterServicesKubeApiDeprecatedEventRateLimit>;
export type ClusterServicesKubeApiDeprecatedSecretsEncryptionConfig =
  Inputs<output.ClusterServicesKubeApiDeprecatedSecretsEncryptionConfig>;
export type ClusterServicesKubeApiEventRateLimit =
  Inputs<output.ClusterServicesKubeApiEventRateLimit>;
export type ClusterServicesKubeApiSecretsEncryptionConfig =
  Inputs<output.ClusterServicesKubeApiSecretsEncryptionConfig>;
export type ClusterServicesKubeController = Inputs<output.ClusterServicesKubeController>;
export type ClusterServicesKubeControllerDeprecated =
  Inputs<output.ClusterServicesKubeControllerDeprecated>;
export type ClusterServicesKubeProxyDeprecated = Inputs<output.ClusterServicesKubeProxyDeprecated>;
export type ClusterServicesKubeSchedulerDeprecated =
  Inputs<output.ClusterServicesKubeSchedulerDeprecated>;
export type ClusterServicesKubelet = Inputs<output.ClusterServicesKubelet>;
export type ClusterServicesKubeletDeprecated = Inputs<output.ClusterServicesKubeletDeprecated>;
export type ClusterServicesKubeproxy = Inputs<output.ClusterServicesKubeproxy>;
export type ClusterServicesScheduler = Inputs<output.ClusterServicesScheduler>;
export type ClusterSystemImages = Inputs<output.ClusterSystemImages>;
export type ClusterUpgradeStrategy = Inputs<output.ClusterUpgradeStrategy>;
export type ClusterUpgradeStrategyDrainInput = Inputs<output.ClusterUpgradeStrategyDrainInput>;
export type ClusterWorkerHost = Inputs<output.ClusterWorkerHost>;
