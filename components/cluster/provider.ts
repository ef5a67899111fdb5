import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The providers of clusters. They are no properties of the components: Pulumi's analyzer would put
 * one into the package's schema, which then could not be read without the plugin `kubernetes`.
 */
const providers = new WeakMap<pulumi.ComponentResource, k8s.Provider>();

/**
 * Makes what makes objects in a cluster, and nowhere else.
 *
 * @param access `clusterIdentifier` tells the cluster from others: where it stays, nothing in the
 *   cluster is replaced for another kubeconfig, or for one that a preview does not know
 */
export function makeProvider(
  name: string,
  access: Pick<k8s.ProviderArgs, "kubeconfig" | "context" | "clusterIdentifier">,
  cluster: pulumi.ComponentResource,
  aliases: pulumi.Alias[] = [],
): void {
  const provider = new k8s.Provider(
    name,
    {
      ...access,
      // Else the official plugin replaces both on any change: a pod that mounts one would lose it.
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    { parent: cluster, aliases },
  );
  providers.set(cluster, provider);
}

/** What makes objects in a cluster. */
export function providerOf(cluster: pulumi.ComponentResource): k8s.Provider {
  const provider = providers.get(cluster);
  if (provider === undefined) throw new Error("cannot happen: a cluster without provider");
  return provider;
}
