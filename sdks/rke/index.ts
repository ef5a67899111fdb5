export { Cluster } from "./cluster";
export type { ClusterArgs, ClusterResults, ClusterSettings } from "./clusterArgs";
export { Provider, type ProviderArgs } from "./provider";
export type * as types from "./types";
