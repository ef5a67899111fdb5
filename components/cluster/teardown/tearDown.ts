import { ignoreMissing, type Apis } from "./access";
import { markGoing, unmark } from "./mark";
import { deleteSnapshots } from "./snapshots";
import { claimsOf, isDynamic, keptVolumes, usersOf, volumesToGo } from "./volumes";
import { Deadline, type Patience, type Waiting } from "./waiting";

/**
 * Takes away what controllers in a cluster have made outside of it, while they still run: load
 * balancers, snapshots, and volumes that go with their claims. Volumes of classes that retain stay
 * and are named. The cluster is marked as one that goes, unless this fails.
 *
 * @throws ScriptError naming what is left where time is up
 */
export async function tearDown(apis: Apis, patience: Patience): Promise<void> {
  const deadline = new Deadline(patience);
  await markGoing(apis);
  try {
    await deadline.until(
      () => deleteLoadBalancers(apis),
      "the cloud controller takes them away; see its log: " +
        "kubectl -n kube-system logs daemonset/openstack-cloud-controller-manager",
    );
    await deadline.until(
      () => deleteSnapshots(apis),
      "the driver takes them away; see the log of its snapshotter: " +
        "kubectl -n kube-system logs deployment/openstack-cinder-csi-controllerplugin csi-snapshotter",
    );
    await deadline.until(
      () => deleteVolumes(apis),
      "a volume stays while a pod uses it: delete that pod with what makes it anew; for others see " +
        "kubectl describe pv and the log of " +
        "deployment/openstack-cinder-csi-controllerplugin in kube-system",
    );
  } catch (error) {
    await unmark(apis).catch(() => undefined);
    throw error;
  }
  for (const kept of await keptVolumes(apis)) patience.say(`kept: ${kept}`);
}

/** Deletes each Service with a load balancer; it has gone when its load balancer has. */
async function deleteLoadBalancers({ core }: Apis): Promise<Waiting> {
  const { items } = await core.listServiceForAllNamespaces();
  const found = items.filter(({ spec }) => spec?.type === "LoadBalancer");
  for (const { metadata } of found) {
    const { name = "", namespace = "", deletionTimestamp } = metadata ?? {};
    if (deletionTimestamp) continue;
    await core.deleteNamespacedService({ name, namespace }).catch(ignoreMissing);
  }
  return {
    what: "load balancers",
    items: found.map(({ metadata }) => `service ${metadata?.namespace}/${metadata?.name}`),
  };
}

/** Deletes the claims on volumes that go with them; a volume has gone when Cinder's has. */
async function deleteVolumes(apis: Apis): Promise<Waiting> {
  const { core } = apis;
  const volumes = (await core.listPersistentVolume()).items;
  const claims = await claimsOf(apis, volumes);
  for (const { metadata } of claims) {
    const { name = "", namespace = "", deletionTimestamp } = metadata ?? {};
    if (deletionTimestamp) continue;
    await core.deleteNamespacedPersistentVolumeClaim({ name, namespace }).catch(ignoreMissing);
  }
  const users = claims.length === 0 ? new Map<string, string>() : await usersOf(apis);
  const bound = new Set(claims.map(({ spec }) => spec?.volumeName ?? ""));
  return {
    what: "volumes",
    items: [
      ...claims.map(({ metadata }) => {
        const claim = `${metadata?.namespace}/${metadata?.name}`;
        const user = users.get(claim);
        return user === undefined ? `claim ${claim}` : `claim ${claim}, used by pod ${user}`;
      }),
      ...volumesToGo(volumes)
        .filter((volume) => isDynamic(volume) && !bound.has(volume.metadata?.name ?? ""))
        .map(({ metadata, spec, status }) => {
          const { namespace, name } = spec?.claimRef ?? {};
          return `volume ${metadata?.name} of ${namespace}/${name} (${status?.phase})`;
        }),
    ],
  };
}
