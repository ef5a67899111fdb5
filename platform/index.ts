import { OpenEo, OpenEoCluster } from "../components";
import { openEoInstances, type OpenEoInstance, type Settings } from "../settings";
import { stackCluster, type ClusterOptions } from "./cluster";
import { openEoArgs } from "./openeo";
import { openEoClusterArgs } from "./openeoBatch";
import type { MadeOpenEo } from "./openeoOutputs";
import { outputsOf, type Outputs } from "./outputs";
import { makeServices, type Services } from "./services";
import type { Sources } from "./sources";

export { templateFolder } from "./openstack/imageArgs";
export { openCloud } from "./openstack/open";
export type { OpenEoOutputs } from "./openeoOutputs";
export type { Outputs } from "./outputs";
export type { CloudCredential, Sources } from "./sources";

/** Builds a stack's platform: services, then workloads. */
export function deploy(settings: Settings, sources: Sources): Outputs {
  const instances = openEoInstances(settings);
  const cluster = stackCluster(settings, sources);
  const services = makeServices(settings, instances, sources, cluster);
  const openeos = makeOpenEos(settings, instances, sources, services, cluster.inCluster);
  return outputsOf(settings, services, openeos, cluster.made);
}

/** Makes what the openEO instances share, and each of them. */
function makeOpenEos(
  settings: Settings,
  instances: readonly OpenEoInstance[],
  sources: Sources,
  { traefik, operator, store, beside }: Services,
  inCluster: ClusterOptions,
): readonly MadeOpenEo[] {
  if (instances.length === 0) return [];
  const shared = openEoClusterArgs(settings, instances, sources, store);
  new OpenEoCluster("openeo-cluster", shared, inCluster());
  const surroundings = {
    ingressClassName: traefik?.ingressClassName,
    // Without an operator of ours the cluster has to have one: the settings have warned.
    operatorReady: operator?.ready ?? "not of this stack",
    store,
    jobRegistryUrl: beside?.jobRegistryInternalUrl,
  };
  return instances.map((instance) => {
    const args = openEoArgs(instance, settings, sources, surroundings);
    return { ...instance, made: new OpenEo(instance.name, args, inCluster()) };
  });
}
