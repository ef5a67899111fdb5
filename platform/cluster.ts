import type * as k8s from "@pulumi/kubernetes";
import { ExistingCluster } from "../components";
import type { Settings } from "../settings";
import { makeOpenStack, type MadeCluster } from "./openstack/make";
import type { Sources } from "./sources";

/** Options of whatever is made in the stack's cluster. */
export type ClusterOptions = () => { readonly provider: k8s.Provider };

/** The cluster of a stack. */
export interface StackCluster {
  /** What the stack has made of it in a cloud; left out where it was there already. */
  readonly made?: MadeCluster;
  /** Options of whatever is made in it. */
  readonly inCluster: ClusterOptions;
}

/**
 * The cluster of the stack, named once: nothing takes whatever cluster kubectl happens to mean. One
 * that is there already is reached when first asked for: with every part off there is no need to.
 */
export function stackCluster(settings: Settings, sources: Sources): StackCluster {
  if (settings.openstack !== undefined) {
    const made = makeOpenStack(settings, settings.openstack, sources);
    return { made, inCluster: () => ({ provider: made.provider }) };
  }
  let provider: k8s.Provider | undefined;
  return { inCluster: () => ({ provider: (provider ??= existing(settings, sources).provider) }) };
}

function existing(settings: Settings, sources: Sources): ExistingCluster {
  const { kubernetesVersion, kubeconfigIsSecret, kubeconfigFile, kubeContext } = settings;
  return new ExistingCluster("cluster", {
    kubernetesVersion,
    kubeconfig: kubeconfigIsSecret ? sources.secret("kubeconfig") : kubeconfigFile,
    context: kubeContext,
  });
}
