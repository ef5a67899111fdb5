import { requireKubernetesVersion, type Refusals } from "../base/refusal";
import { cloudProviderFor, cloudProviderRows } from "../compatibility";

/** Refuses a Kubernetes version that cloud-provider-openstack has no charts for in the table. */
export function requireCloudProvider(refusals: Refusals, kubernetes: string): void {
  if (!requireKubernetesVersion(refusals, kubernetes)) return;
  const minors = cloudProviderRows.map((row) => row.kubernetes);
  refusals.require(
    cloudProviderFor(kubernetes) !== undefined,
    "kubernetesVersion",
    `cloud-provider-openstack has no charts for Kubernetes ${kubernetes} in the table; ` +
      `take one of ${minors.join(", ")}`,
  );
}

/**
 * The charts for a Kubernetes version.
 *
 * @throws Error for one that {@link requireCloudProvider} refuses
 */
export function cloudProviderOf(kubernetes: string) {
  const row = cloudProviderFor(kubernetes);
  if (row === undefined) throw new Error(`no charts for Kubernetes ${kubernetes}`);
  return row;
}
