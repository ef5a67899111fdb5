import {
  S3Credentials,
  type OpenEoArgs,
  type SparkOperatorArgs,
  type TraefikArgs,
} from "../../components";

/** Arguments that are taken; each test changes what it is about. */
export const operatorArgs = (changes: Partial<SparkOperatorArgs> = {}): SparkOperatorArgs => ({
  kubernetesVersion: "1.35",
  jobNamespaces: ["spark-jobs"],
  ...changes,
});

export const traefikArgs = (changes: Partial<TraefikArgs> = {}): TraefikArgs => ({
  kubernetesVersion: "1.35",
  ...changes,
});

export const openEoArgs = (changes: Partial<OpenEoArgs> = {}): OpenEoArgs => ({
  kubernetesVersion: "1.35",
  namespace: "spark-jobs",
  jobNamespaces: ["spark-jobs"],
  operatorReady: "ready",
  image: "registry.example.org/openeo",
  imageVersion: "20260101",
  sparkVersion: "3.5.3",
  layerCatalog: '[{"id": "SENTINEL2"}]',
  s3: { endpoint: "https://s3.example.org", credentials: S3Credentials.Generated },
  ...changes,
});

/** Resource types, as the engine names them. */
export const types = {
  budget: "kubernetes:policy/v1:PodDisruptionBudget",
  clusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  configMap: "kubernetes:core/v1:ConfigMap",
  cronJob: "kubernetes:batch/v1:CronJob",
  deployment: "kubernetes:apps/v1:Deployment",
  crd: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
  ingress: "kubernetes:networking.k8s.io/v1:Ingress",
  namespace: "kubernetes:core/v1:Namespace",
  release: "kubernetes:helm.sh/v3:Release",
  role: "kubernetes:rbac.authorization.k8s.io/v1:Role",
  roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  secret: "kubernetes:core/v1:Secret",
  service: "kubernetes:core/v1:Service",
  serviceAccount: "kubernetes:core/v1:ServiceAccount",
  sparkApplication: "kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication",
} as const;
