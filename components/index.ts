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
export { PodSecurityLevel, SparkOperator, type SparkOperatorArgs } from "./services/sparkOperator";
export { ServiceType, Traefik, type TraefikArgs } from "./services/traefik";
export {
  S3Credentials,
  type OpenEoArgs,
  type OpenEoDriverArgs,
  type OpenEoExecutorArgs,
  type OpenEoMetricsArgs,
  type OpenEoS3Args,
} from "./workloads/openeo/args";
export { OpenEo } from "./workloads/openeo/openeo";
