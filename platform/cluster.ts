import * as k8s from "@pulumi/kubernetes";
import type { Settings } from "../settings";
import type { Sources } from "./sources";

/** The cluster of the stack, named once: nothing takes whatever cluster kubectl happens to mean. */
export function clusterProvider(settings: Settings, sources: Sources): k8s.Provider {
  const { kubeconfigIsSecret, kubeconfigFile, kubeContext } = settings;
  return new k8s.Provider("cluster", {
    kubeconfig: kubeconfigIsSecret ? sources.secret("kubeconfig") : kubeconfigFile,
    context: kubeContext,
    // Else the official plugin replaces both on any change: a pod that mounts one would lose it.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
}
