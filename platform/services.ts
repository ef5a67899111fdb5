import {
  ObjectStore,
  OpenEoServices,
  PodSecurityLevel,
  ServiceType,
  SparkOperator,
  Traefik,
} from "../components";
import type { OpenEoInstance, Settings } from "../settings";
import type { StackCluster } from "./cluster";
import { objectStoreArgs } from "./objectStore";
import { hasOpenEoServices, openEoServicesArgs } from "./openeoServices";
import type { MadeCluster } from "./openstack/make";
import type { Sources } from "./sources";

/** The services of a stack; what is left out was switched off. */
export interface Services {
  readonly traefik?: Traefik;
  readonly operator?: SparkOperator;
  readonly store?: ObjectStore;
  readonly beside?: OpenEoServices;
}

/** Makes what the workloads of a stack stand on. */
export function makeServices(
  settings: Settings,
  instances: readonly OpenEoInstance[],
  sources: Sources,
  { made, inCluster }: StackCluster,
): Services {
  const { kubernetesVersion, chartMirror } = settings;
  const cluster = { kubernetesVersion, chartMirror };
  const traefik = settings.traefik.enabled
    ? new Traefik("traefik", { ...cluster, ...traefikArgs(settings.traefik, made) }, inCluster())
    : undefined;
  const ingressClass = traefik ? { ingressClassName: traefik.ingressClassName } : {};
  const operator = settings.sparkOperator.enabled
    ? new SparkOperator("spark-operator", { ...cluster, ...operatorArgs(settings) }, inCluster())
    : undefined;
  const storeArgs = { ...objectStoreArgs(settings.objectStore, instances), ...ingressClass };
  const store = settings.objectStore.enabled
    ? new ObjectStore("object-store", storeArgs, inCluster())
    : undefined;
  const beside = hasOpenEoServices(settings)
    ? new OpenEoServices(
        "openeo-services",
        { ...openEoServicesArgs(settings, sources), ...ingressClass },
        inCluster(),
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

function traefikArgs(settings: Settings["traefik"], made: MadeCluster | undefined) {
  const { namespace, replicas, isDefaultClass, serviceType } = settings;
  return {
    namespace,
    replicas,
    isDefaultClass,
    serviceType: ServiceType[serviceType],
    loadBalancerAddress: made?.ingressAddress,
  };
}

const podSecurity = {
  restricted: PodSecurityLevel.Restricted,
  baseline: PodSecurityLevel.Baseline,
  privileged: PodSecurityLevel.Privileged,
} as const;
