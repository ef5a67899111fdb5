export { SparkOperator, type SparkOperatorArgs } from "./services/sparkOperator";
export { ServiceType, Traefik, type TraefikArgs } from "./services/traefik";
export {
  OpenEo,
  S3Credentials,
  type OpenEoArgs,
  type OpenEoDriverArgs,
  type OpenEoExecutorArgs,
  type OpenEoS3Args,
} from "./workloads/openeo/openeo";
