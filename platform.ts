import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  OpenEo,
  PodSecurityLevel,
  S3Credentials,
  ServiceType,
  SparkOperator,
  Traefik,
  type OpenEoArgs,
} from "./components";
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
  /** The IngressClass of Traefik. */
  readonly ingressClass?: pulumi.Output<string>;
}

type OpenEoSettings = Settings["openeo"];

/** Builds a stack's platform: services, then workloads. */
export function deploy(settings: Settings, sources: Sources): Outputs {
  const { kubernetesVersion, chartMirror } = settings;
  const parts = [settings.traefik, settings.sparkOperator, settings.openeo];
  // With every part off there is nothing to connect to a cluster for.
  if (!parts.some(({ enabled }) => enabled)) return {};
  const cluster = { kubernetesVersion, chartMirror };
  const opts = { provider: clusterProvider(settings, sources) };

  const traefik = settings.traefik.enabled
    ? new Traefik("traefik", { ...cluster, ...traefikArgs(settings.traefik) }, opts)
    : undefined;
  const ingressClass = traefik ? { ingressClassName: traefik.ingressClassName } : {};
  const operator = settings.sparkOperator.enabled
    ? new SparkOperator("spark-operator", { ...cluster, ...operatorArgs(settings) }, opts)
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
          openeoUrl: pulumi.interpolate`http://${openeo.host}`,
          openeoInternalUrl: openeo.internalUrl,
          sparkApplication: pulumi.interpolate`${settings.openeo.namespace}/${openeo.application}`,
        }
      : {}),
    ...(operator ? { jobNamespaces: operator.jobNamespaces } : {}),
    ...(traefik ? { ingressClass: traefik.ingressClassName } : {}),
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

const podSecurity = {
  restricted: PodSecurityLevel.Restricted,
  baseline: PodSecurityLevel.Baseline,
  privileged: PodSecurityLevel.Privileged,
} as const;
