/**
 * The type token of each component: its identity in every stack's state. Changing one replaces
 * whatever it owns, unless the class names the old token as an alias.
 */
export const tokens = {
  SparkOperator: "eoplatform:index:SparkOperator",
  Traefik: "eoplatform:index:Traefik",
  OpenEo: "eoplatform:index:OpenEo",
  OpenEoCluster: "eoplatform:index:OpenEoCluster",
  OpenEoServices: "eoplatform:index:OpenEoServices",
  ScheduledSpark: "eoplatform:index:ScheduledSpark",
  ObjectStore: "eoplatform:index:ObjectStore",
  ExistingCluster: "eoplatform:index:ExistingCluster",
  NodeKeyPair: "eoplatform:index:NodeKeyPair",
  RkeCluster: "eoplatform:index:RkeCluster",
  Rke2Cluster: "eoplatform:index:Rke2Cluster",
  CloudController: "eoplatform:index:CloudController",
  CinderCsi: "eoplatform:index:CinderCsi",
  ClusterNetwork: "eoplatform:index:ClusterNetwork",
  TeardownGuard: "eoplatform:index:TeardownGuard",
  IngressAddress: "eoplatform:index:IngressAddress",
  NodeImage: "eoplatform:index:NodeImage",
} as const;
