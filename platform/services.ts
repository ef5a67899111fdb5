import type * as k8s from "@pulumi/kubernetes";
import {
  ObjectStore,
  OpenEoServices,
  PodSecurityLevel,
  ServiceType,
  SparkOperator,
  Traefik,
} from "../components";
import type { OpenEoInstance, Settings } from "../settings";
import { objectStoreArgs } from "./objectStore";
import { hasOpenEoServices, openEoServicesArgs } from "./openeoServices";
import type { Sources } from "./sources";

/** The services of a stack; what is left out was switched off. */
export interface Services {
  readonly traefik?: Traefik;
  readonly operator?: SparkOperator;
  readonly store?: ObjectStore;
  readonly beside?: OpenEoServices;
}

/** Whether a stack has any service. */
export const hasServices = (settings: Settings): boolean =>
  settings.traefik.enabled ||
  settings.sparkOperator.enabled ||
  settings.objectStore.enabled ||
  hasOpenEoServices(settings);

/** Makes what the workloads of a stack stand on. */
export function makeServices(
  settings: Settings,
  instances: readonly OpenEoInstance[],
  sources: Sources,
  opts: { readonly provider: k8s.Provider },
): Services {
  const { kubernetesVersion, chartMirror } = settings;
  const cluster = { kubernetesVersion, chartMirror };
  const traefik = settings.traefik.enabled
    ? new Traefik("traefik", { ...cluster, ...traefikArgs(settings.traefik) }, opts)
    : undefined;
  const ingressClass = traefik ? { ingressClassName: traefik.ingressClassName } : {};
  const operator = settings.sparkOperator.enabled
    ? new SparkOperator("spark-operator", { ...cluster, ...operatorArgs(settings) }, opts)
    : undefined;
  const storeArgs = { ...objectStoreArgs(settings.objectStore, instances), ...ingressClass };
  const store = settings.objectStore.enabled
    ? new ObjectStore("object-store", storeArgs, opts)
    : undefined;
  const beside = hasOpenEoServices(settings)
    ? new OpenEoServices(
        "openeo-services",
        { ...openEoServicesArgs(settings, sources), ...ingressClass },
        opts,
      )
    : undefined;
  return { traefik, operator, store, beside };
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

const podSecurity = {
  restricted: PodSecurityLevel.Restricted,
  baseline: PodSecurityLevel.Baseline,
  privileged: PodSecurityLevel.Privileged,
} as const;
