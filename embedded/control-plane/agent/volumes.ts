import {
  StorageV1Api,
  type V1PersistentVolume,
  type V1PersistentVolumeClaim,
  type V1StorageClass,
} from "@kubernetes/client-node";
import type { AgentCluster } from "./cluster";
import { isConflict, isMissing } from "./cluster";

/** The provisioner that this platform plays. */
export const provisioner = "eo-platform.local/simulated-volumes";

const provisionerAnnotations = [
  "volume.kubernetes.io/storage-provisioner",
  "volume.beta.kubernetes.io/storage-provisioner",
];
const provisionedBy = "pv.kubernetes.io/provisioned-by";
const defaultClass = "standard";

/** Makes the class that claims get which name none. */
export async function ensureDefaultClass(cluster: AgentCluster): Promise<void> {
  const body: V1StorageClass = {
    metadata: {
      name: defaultClass,
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    },
    provisioner,
    reclaimPolicy: "Delete",
    volumeBindingMode: "Immediate",
    allowVolumeExpansion: true,
  };
  const storage = cluster.config.makeApiClient(StorageV1Api);
  await storage.createStorageClass({ body }).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
}

/**
 * Provisions a claim once the controller manager has handed it to us: it does so when a class of
 * ours is asked for and, where the class waits for a consumer, when the scheduler chose a node.
 */
export async function provision(
  cluster: AgentCluster,
  claim: V1PersistentVolumeClaim,
  storageClass: V1StorageClass | undefined,
): Promise<void> {
  const annotations = claim.metadata?.annotations ?? {};
  const ours = provisionerAnnotations.some((name) => annotations[name] === provisioner);
  const waits = storageClass?.volumeBindingMode === "WaitForFirstConsumer";
  const chosen = annotations["volume.kubernetes.io/selected-node"] !== undefined;
  const settled = claim.spec?.volumeName !== undefined || claim.metadata?.deletionTimestamp;
  if (!ours || settled || (waits && !chosen)) return;
  const body = volumeFor(claim, storageClass);
  await cluster.core.createPersistentVolume({ body }).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
}

/** Deletes a volume of ours that its claim has released, where its class says so. */
export async function reclaim(cluster: AgentCluster, volume: V1PersistentVolume): Promise<void> {
  const { name = "", annotations, deletionTimestamp } = volume.metadata ?? {};
  const ours = annotations?.[provisionedBy] === provisioner;
  const released = volume.status?.phase === "Released";
  const wanted = volume.spec?.persistentVolumeReclaimPolicy === "Delete";
  if (!ours || !released || !wanted || deletionTimestamp) return;
  await cluster.core.deletePersistentVolume({ name }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

function volumeFor(
  claim: V1PersistentVolumeClaim,
  storageClass: V1StorageClass | undefined,
): V1PersistentVolume {
  const { name, namespace, uid, resourceVersion } = claim.metadata ?? {};
  const { accessModes, resources, storageClassName, volumeMode } = claim.spec ?? {};
  return {
    metadata: { name: `pvc-${uid}`, annotations: { [provisionedBy]: provisioner } },
    spec: {
      capacity: { storage: resources?.requests?.["storage"] ?? "1Gi" },
      accessModes,
      volumeMode,
      storageClassName,
      persistentVolumeReclaimPolicy: storageClass?.reclaimPolicy ?? "Delete",
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        name,
        namespace,
        uid,
        resourceVersion,
      },
      // No pod ever opens it: the path need not exist, and the simulated nodes make none.
      hostPath: { path: `/simulated/pvc-${uid}` },
    },
  };
}
