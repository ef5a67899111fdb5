import {
  type CinderCsiArgs,
  type CloudControllerArgs,
  type OpenStackAccessArgs,
} from "../../components";
import type {
  OpenEoArgs,
  OpenEoServicesArgs,
  SparkOperatorArgs,
  TraefikArgs,
} from "../../components";
import { canary } from "./recording";

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

export const openStackAccess: OpenStackAccessArgs = {
  authUrl: "https://keystone.example.org:5000/v3",
  region: "RegionOne",
  applicationCredentialId: "0123abcd",
  applicationCredentialSecret: canary,
};

export const cloudControllerArgs = (
  changes: Partial<CloudControllerArgs> = {},
): CloudControllerArgs => ({
  kubernetesVersion: "1.31",
  clusterName: "prod",
  access: openStackAccess,
  ...changes,
});

export const cinderCsiArgs = (changes: Partial<CinderCsiArgs> = {}): CinderCsiArgs => ({
  kubernetesVersion: "1.31",
  clusterName: "prod",
  access: openStackAccess,
  ...changes,
});

/** A layer catalogue of one collection. */
export const layerCatalog = JSON.stringify([
  { id: "SENTINEL2", _vito: { data_source: { type: "file-s2" } } },
]);

export const openEoStore = {
  endpoint: "https://s3.example.org",
  accessKeyId: canary,
  secretAccessKey: canary,
};

export const openEoArgs = (changes: Partial<OpenEoArgs> = {}): OpenEoArgs => ({
  kubernetesVersion: "1.35",
  namespace: "spark-jobs",
  jobNamespaces: ["spark-jobs"],
  operatorReady: "ready",
  image: "registry.example.org/openeo",
  imageVersion: "20260601",
  sparkVersion: "3.5.3",
  pythonVersion: "3.8",
  layerCatalogs: [{ name: "layers.json", content: layerCatalog }],
  s3: openEoStore,
  ...changes,
});

export const openEoServicesArgs = (
  changes: Partial<OpenEoServicesArgs> = {},
): OpenEoServicesArgs => ({
  webEditor: {
    imageTag: "v0.15.1",
    host: "editor.example.org",
    backendUrl: "https://openeo.example.org",
  },
  aggregator: {
    imageTag: "0.49.0",
    host: "federation.example.org",
    backends: [
      { id: "one", url: "https://one.example.org/openeo/1.2" },
      { id: "two", url: "https://two.example.org/openeo/1.2" },
    ],
  },
  jobRegistry: {
    imageTag: "1.31.0",
    elasticsearchUrls: ["http://es-1.example.org:9200", "http://es-2.example.org:9200"],
    oidcIssuer: "https://login.example.org/realms/openeo",
    oidcClientId: "openeo-job-registry",
    oidcClientSecret: canary,
  },
  workspaces: {
    imageTag: "0.0.1",
    host: "workspaces.example.org",
    keycloakUrl: "https://login.example.org",
    keycloakClientSecret: canary,
    elasticsearchUrl: "https://es.example.org",
    elasticsearchUser: "openeo",
    elasticsearchPassword: canary,
  },
  ...changes,
});

/** Resource types, as the engine names them. */
export const types = {
  budget: "kubernetes:policy/v1:PodDisruptionBudget",
  clusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  claim: "kubernetes:core/v1:PersistentVolumeClaim",
  configMap: "kubernetes:core/v1:ConfigMap",
  cronJob: "kubernetes:batch/v1:CronJob",
  crd: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
  deployment: "kubernetes:apps/v1:Deployment",
  ingress: "kubernetes:networking.k8s.io/v1:Ingress",
  namespace: "kubernetes:core/v1:Namespace",
  release: "kubernetes:helm.sh/v3:Release",
  role: "kubernetes:rbac.authorization.k8s.io/v1:Role",
  roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  secret: "kubernetes:core/v1:Secret",
  service: "kubernetes:core/v1:Service",
  serviceAccount: "kubernetes:core/v1:ServiceAccount",
  statefulSet: "kubernetes:apps/v1:StatefulSet",
  sparkApplication: "kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication",
  scheduledSparkApplication: "kubernetes:sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication",
  snapshotClass: "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass",
  storageClass: "kubernetes:storage.k8s.io/v1:StorageClass",
} as const;
