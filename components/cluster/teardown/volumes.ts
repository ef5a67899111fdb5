import type { V1PersistentVolume, V1PersistentVolumeClaim } from "@kubernetes/client-node";
import type { Apis } from "./access";

/** Whether a provisioner has made the volume, and no one by hand. */
export const isDynamic = ({ metadata }: V1PersistentVolume): boolean =>
  metadata?.annotations?.["pv.kubernetes.io/provisioned-by"] !== undefined;

/** The volumes that were made for a claim and go with it. */
export const volumesToGo = (volumes: readonly V1PersistentVolume[]): V1PersistentVolume[] =>
  volumes.filter(
    (volume) => isDynamic(volume) && volume.spec?.persistentVolumeReclaimPolicy === "Delete",
  );

/**
 * The claims whose volumes go with them, and those for which such a volume may be in the making.
 *
 * @param volumes all volumes of the cluster
 */
export async function claimsOf(
  { core, storage }: Apis,
  volumes: readonly V1PersistentVolume[],
): Promise<V1PersistentVolumeClaim[]> {
  const { items: classes } = await storage.listStorageClass();
  const retaining = new Set(
    classes
      .filter(({ reclaimPolicy }) => reclaimPolicy === "Retain")
      .map(({ metadata }) => metadata?.name),
  );
  const going = new Set(volumesToGo(volumes).map(({ metadata }) => metadata?.name));
  const { items } = await core.listPersistentVolumeClaimForAllNamespaces();
  return items.filter(({ spec }) =>
    spec?.volumeName === undefined
      ? spec?.storageClassName !== "" && !retaining.has(spec?.storageClassName)
      : going.has(spec.volumeName),
  );
}

/** The pods that use claims: `namespace/pod` under `namespace/claim`. */
export async function usersOf({ core }: Apis): Promise<Map<string, string>> {
  const { items } = await core.listPodForAllNamespaces();
  return new Map(
    items
      .filter(({ status }) => status?.phase !== "Succeeded" && status?.phase !== "Failed")
      .flatMap(({ metadata, spec }) =>
        (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
          persistentVolumeClaim === undefined
            ? []
            : [
                [
                  `${metadata?.namespace}/${persistentVolumeClaim.claimName}`,
                  `${metadata?.namespace}/${metadata?.name}`,
                ] as const,
              ],
        ),
      ),
  );
}

/** The volumes that outlive the cluster, each in words with its id in the cloud. */
export async function keptVolumes({ core }: Apis): Promise<string[]> {
  const { items } = await core.listPersistentVolume();
  return items
    .filter((volume) => isDynamic(volume))
    .map(({ metadata, spec }) => {
      const { namespace, name } = spec?.claimRef ?? {};
      const id = spec?.csi?.volumeHandle;
      return (
        `volume ${metadata?.name} of ${namespace}/${name}, ${spec?.capacity?.["storage"]}, ` +
        `class ${spec?.storageClassName}` +
        (id === undefined ? "" : `; in the cloud: ${id}`)
      );
    });
}
