import * as k8s from "@pulumi/kubernetes";
import type { Settings } from "../settings";
import type { Sources } from "./sources";

/** Options of whatever is made in the stack's cluster. */
export type ClusterOptions = () => { readonly provider: k8s.Provider };

/** The provider is made when first asked for: with every part off there is nothing to connect for. */
export function clusterOptions(settings: Settings, sources: Sources): ClusterOptions {
  let provider: k8s.Provider | undefined;
  return () => ({ provider: (provider ??= clusterProvider(settings, sources)) });
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
