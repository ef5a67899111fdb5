export type { Cluster } from "./cluster/cluster";
export {
  ApiAccess,
  type BastionArgs,
  type EtcdBackupArgs,
  type EtcdBackupS3Args,
  type OpenStackClusterArgs,
} from "./cluster/args";
export { ExistingCluster, type ExistingClusterArgs } from "./cluster/existingCluster";
export { NodeKeyPair, type NodeKeyPairArgs } from "./cluster/nodeKeyPair";
export { RkeCluster, type RkeClusterArgs } from "./cluster/rke/rkeCluster";
export { Rke2Cluster, type Rke2ClusterArgs } from "./cluster/rke2/rke2Cluster";
export {
  AntiAffinity,
  NodeRole,
  TaintEffect,
  type NodePoolArgs,
  type NodeTaintArgs,
} from "./cluster/nodes/args";
export { TeardownGuard, type TeardownGuardArgs } from "./cluster/teardown/teardownGuard";

export { NodeImage, type NodeImageArgs, type NodeImageBuildArgs } from "./image/nodeImage";
export { ClusterCni, ClusterEngine } from "./openstack/engines";
export { CinderDefaultClass, type CinderCsiArgs } from "./services/cinderCsi/args";
export { CinderCsi } from "./services/cinderCsi/cinderCsi";
export {
  CloudController,
  LoadBalancerProvider,
  type CloudControllerArgs,
  type CloudLoadBalancerArgs,
} from "./services/cloudController/cloudController";
export { ClusterIngress, type ClusterBastionArgs, type ClusterNetworkArgs } from "./network/args";
export { ClusterNetwork, type ClusterSecurityGroupIds } from "./network/clusterNetwork";
export { IngressAddress, type IngressAddressArgs } from "./services/ingressAddress";
export type {
  ObjectStoreArgs,
  ObjectStoreBucketArgs,
  ObjectStoreClientArgs,
} from "./services/objectStore/args";
export { ObjectStore } from "./services/objectStore/objectStore";
export type {
  OpenEoAggregatedBackendArgs,
  OpenEoAggregatorArgs,
  OpenEoJobRegistryArgs,
  OpenEoOidcProviderArgs,
  OpenEoServiceArgs,
  OpenEoServicesArgs,
  OpenEoWebEditorArgs,
  OpenEoWorkspacesArgs,
} from "./services/openeoServices/args";
export { OpenEoServices } from "./services/openeoServices/openeoServices";
export type { OpenStackAccessArgs } from "./services/openstackAccess";
export { PodSecurityLevel, SparkOperator, type SparkOperatorArgs } from "./services/sparkOperator";
export { ServiceType, Traefik, type TraefikArgs } from "./services/traefik";
export * from "./workloads/openeo/args";
export * from "./workloads/openeo/featureArgs";
export { OpenEo } from "./workloads/openeo/openeo";
export type {
  OpenEoBatchArgs,
  OpenEoEventLogArgs,
  OpenEoFuseArgs,
  OpenEoJobTrackerArgs,
  OpenEoLiteArgs,
  OpenEoYunikornArgs,
} from "./workloads/openeo/batch/args";
export {
  OpenEoCluster,
  type OpenEoClusterArgs,
  type OpenEoFuseStoreArgs,
} from "./workloads/openeo/batch/cluster";
export type { PreemptibleNodesArgs } from "./workloads/preemptible";
export {
  ScheduledConcurrency,
  type ScheduledSparkArgs,
  type SparkJobArgs,
  type SparkPodArgs,
  type SparkSecretKeyArgs,
} from "./workloads/scheduledSpark/args";
export { ScheduledSpark } from "./workloads/scheduledSpark/scheduledSpark";
