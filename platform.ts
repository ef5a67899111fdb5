import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  ObjectStore,
  OpenEo,
  OpenEoServices,
  PodSecurityLevel,
  S3Credentials,
  ServiceType,
  SparkOperator,
  Traefik,
  type ObjectStoreArgs,
  type OpenEoArgs,
  type OpenEoServicesArgs,
} from "./components";
import { expectedBuckets } from "./components/services/objectStore/buckets";
import type { SecretKey, Settings } from "./settings";

/** What the settings only name: secrets and files, read by whoever runs the program. */
export interface Sources {
  /** The value of a secret setting; asked only for the ones that the settings need. */
  secret(key: SecretKey): pulumi.Output<string>;
  /** The content of the layer catalogue; asked only where openEO is deployed. */
  layerCatalog(): string;
}

/** What a deployed stack tells its users; what is left out was switched off. */
export interface Outputs {
  /** URL of openEO at the Ingress: its host's record has to point to Traefik's address. */
  readonly openeoUrl?: pulumi.Output<string>;
  /** Base URL of openEO, reachable inside the cluster only. */
  readonly openeoInternalUrl?: pulumi.Output<string>;
  /** The SparkApplication that serves openEO, as `namespace/name`. */
  readonly sparkApplication?: pulumi.Output<string>;
  /** The namespaces that SparkApplications may run in. */
  readonly jobNamespaces?: pulumi.Output<string[]>;
  /** URL of the object store, reachable inside the cluster only. */
  readonly objectStoreUrl?: pulumi.Output<string>;
  /** URL of the object store at the Ingress: its host's record has to point to Traefik's address. */
  readonly objectStorePublicUrl?: pulumi.Output<string>;
  /** The IngressClass of Traefik. */
  readonly ingressClass?: pulumi.Output<string>;
  /** URL of the web editor: its host's record has to point to Traefik's address. */
  readonly webEditorUrl?: pulumi.Output<string>;
  /** URL of the aggregator, likewise. */
  readonly aggregatorUrl?: pulumi.Output<string>;
  /** URL of the job registry; without a host of its own it is reachable inside the cluster only. */
  readonly jobRegistryUrl?: pulumi.Output<string>;
  /** URL of the workspaces API, like the aggregator's. */
  readonly workspacesUrl?: pulumi.Output<string>;
}

type OpenEoSettings = Settings["openeo"];

/** Builds a stack's platform: services, then workloads. */
export function deploy(settings: Settings, sources: Sources): Outputs {
  const { kubernetesVersion, chartMirror } = settings;
  const { objectStore } = settings;
  const { webEditor, aggregator, jobRegistry, workspaces } = settings.openeoServices;
  const services = [webEditor, aggregator, jobRegistry, workspaces];
  const parts = [settings.traefik, settings.sparkOperator, objectStore, settings.openeo];
  // With every part off there is nothing to connect to a cluster for.
  if (![...parts, ...services].some(({ enabled }) => enabled)) return {};
  const cluster = { kubernetesVersion, chartMirror };
  const opts = { provider: clusterProvider(settings, sources) };

  const traefik = settings.traefik.enabled
    ? new Traefik("traefik", { ...cluster, ...traefikArgs(settings.traefik) }, opts)
    : undefined;
  const ingressClass = traefik ? { ingressClassName: traefik.ingressClassName } : {};
  const operator = settings.sparkOperator.enabled
    ? new SparkOperator("spark-operator", { ...cluster, ...operatorArgs(settings) }, opts)
    : undefined;
  const beside = services.some(({ enabled }) => enabled)
    ? new OpenEoServices(
        "openeo-services",
        { ...openEoServicesArgs(settings, sources), ...ingressClass },
        opts,
      )
    : undefined;
  const store = objectStore.enabled
    ? new ObjectStore("object-store", { ...objectStoreArgs(objectStore), ...ingressClass }, opts)
    : undefined;
  const openeo = settings.openeo.enabled
    ? new OpenEo(
        "openeo",
        {
          ...openEoArgs(settings, sources),
          ...ingressClass,
          // Without one of ours the cluster has to have one: the settings have warned.
          operatorReady: operator?.ready ?? "not of this stack",
        },
        opts,
      )
    : undefined;

  return {
    ...(openeo
      ? {
          openeoUrl: openeo.host.apply(() => openEoUrl(settings)),
          openeoInternalUrl: openeo.internalUrl,
          sparkApplication: pulumi.interpolate`${settings.openeo.namespace}/${openeo.application}`,
        }
      : {}),
    ...(operator ? { jobNamespaces: operator.jobNamespaces } : {}),
    ...(store
      ? {
          objectStoreUrl: store.endpoint,
          ...(objectStore.host === undefined ? {} : { objectStorePublicUrl: store.publicUrl }),
        }
      : {}),
    ...(traefik ? { ingressClass: traefik.ingressClassName } : {}),
    ...(beside ? urlsOf(beside) : {}),
  };
}

/** Outputs that are `undefined` would be exported as such. */
function urlsOf(services: OpenEoServices): Outputs {
  const { webEditorUrl, aggregatorUrl, jobRegistryUrl, workspacesUrl } = services;
  return {
    ...(webEditorUrl ? { webEditorUrl } : {}),
    ...(aggregatorUrl ? { aggregatorUrl } : {}),
    ...(jobRegistryUrl ? { jobRegistryUrl } : {}),
    ...(workspacesUrl ? { workspacesUrl } : {}),
  };
}

/** The cluster of the stack, named once: nothing takes whatever cluster kubectl happens to mean. */
function clusterProvider(settings: Settings, sources: Sources): k8s.Provider {
  const { kubeconfigIsSecret, kubeconfigFile, kubeContext } = settings;
  return new k8s.Provider("cluster", {
    kubeconfig: kubeconfigIsSecret ? sources.secret("kubeconfig") : kubeconfigFile,
    context: kubeContext,
    // Else the official plugin replaces both on any change: a pod that mounts one would lose it.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
}

function operatorArgs({ sparkOperator }: Settings) {
  const { namespace, version, imageTag, jobNamespaces, jobPodSecurity } = sparkOperator;
  return {
    namespace,
    submissionWorkers: sparkOperator.submissionWorkers,
    batchScheduler: sparkOperator.batchScheduler,
    version,
    imageTag,
    jobNamespaces: [...jobNamespaces],
    jobPodSecurity: podSecurity[jobPodSecurity],
  };
}

function traefikArgs(settings: Settings["traefik"]) {
  const { namespace, replicas, isDefaultClass, serviceType } = settings;
  return { namespace, replicas, isDefaultClass, serviceType: ServiceType[serviceType] };
}

function objectStoreArgs(settings: Settings["objectStore"]): ObjectStoreArgs {
  const { namespace, image, sizeGib, storageClass, protectData, memoryMib } = settings;
  const { host, tlsSecret, extraBuckets } = settings;
  const expected = expectedBuckets.openeo.map(({ name, folders }) => ({
    name,
    folders: [...folders],
  }));
  const buckets = [...expected, ...extraBuckets.map((name) => ({ name }))];
  const clients = { [openEoClient]: { buckets } };
  const disk = { sizeGib, storageClass, protectData };
  return { namespace, image, memoryMib, ...disk, host, tlsSecret, clients };
}

function openEoArgs(settings: Settings, sources: Sources): Omit<OpenEoArgs, "operatorReady"> {
  const { openeo, sparkOperator, kubernetesVersion } = settings;
  const { namespace, image, imageVersion, sparkVersion, host, driver, executor } = openeo;
  return {
    kubernetesVersion,
    sparkOperatorVersion: sparkOperator.version,
    jobNamespaces: [...sparkOperator.jobNamespaces],
    namespace,
    image,
    imageVersion,
    sparkVersion,
    host,
    layerCatalog: sources.layerCatalog(),
    s3: s3Args(openeo.s3, sources),
    driver: { ...driver },
    executor: { ...executor },
  };
}

/** The services that are enabled, with the secrets that they take. */
function openEoServicesArgs(settings: Settings, sources: Sources): OpenEoServicesArgs {
  const { namespace, webEditor, aggregator, jobRegistry, workspaces } = settings.openeoServices;
  return {
    namespace,
    ...(settings.secrets.includes("openeoServicesPullConfig")
      ? { pullConfig: sources.secret("openeoServicesPullConfig") }
      : {}),
    ...(webEditor.enabled
      ? { webEditor: { ...webEditor, backendUrl: webEditor.backendUrl ?? openEoUrl(settings) } }
      : {}),
    ...(aggregator.enabled
      ? {
          aggregator: {
            ...aggregator,
            backends: [...aggregator.backends],
            oidcProviders: [...aggregator.oidcProviders],
          },
        }
      : {}),
    ...(jobRegistry.enabled
      ? {
          jobRegistry: {
            ...jobRegistry,
            elasticsearchUrls: [...jobRegistry.elasticsearchUrls],
            oidcClientSecret: sources.secret("jobRegistryClientSecret"),
          },
        }
      : {}),
    ...(workspaces.enabled
      ? {
          workspaces: {
            ...workspaces,
            keycloakClientSecret: sources.secret("workspacesClientSecret"),
            ...(workspaces.elasticsearchUser === undefined
              ? {}
              : { elasticsearchPassword: sources.secret("workspacesElasticsearchPassword") }),
          },
        }
      : {}),
  };
}

/** Where users reach this stack's openEO. */
const openEoUrl = ({ openeo }: Settings): string => `http://${openeo.host}`;

function s3Args(s3: OpenEoSettings["s3"], sources: Sources): OpenEoArgs["s3"] {
  const { endpoint, region } = s3;
  if (s3.credentials === "generated") {
    return { endpoint, region, credentials: S3Credentials.Generated };
  }
  return {
    endpoint,
    region,
    credentials: S3Credentials.Given,
    accessKeyId: sources.secret("s3AccessKeyId"),
    secretAccessKey: sources.secret("s3SecretAccessKey"),
  };
}

/** Access key id of openEO in an object store of ours. */
const openEoClient = "openeo";

const podSecurity = {
  restricted: PodSecurityLevel.Restricted,
  baseline: PodSecurityLevel.Baseline,
  privileged: PodSecurityLevel.Privileged,
} as const;
