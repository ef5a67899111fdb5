import { z } from "zod";
import { answered, ignoreMissing, type Apis } from "./access";
import type { Waiting } from "./waiting";

const kind = { group: "snapshot.storage.k8s.io", version: "v1" };

const listShape = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        namespace: z.string().default(""),
        deletionTimestamp: z.string().optional(),
      }),
      spec: z.object({ deletionPolicy: z.string().optional() }).optional(),
    }),
  ),
});

/** Deletes all snapshots: Cinder deletes no volume that has one. Those that are retained stay. */
export async function deleteSnapshots(apis: Apis): Promise<Waiting> {
  const snapshots = await list(apis, "volumesnapshots");
  for (const { metadata } of snapshots) {
    const { name, namespace, deletionTimestamp } = metadata;
    if (deletionTimestamp !== undefined) continue;
    await apis.custom
      .deleteNamespacedCustomObject({ ...kind, plural: "volumesnapshots", namespace, name })
      .catch(ignoreMissing);
  }
  const contents = await list(apis, "volumesnapshotcontents");
  const going = contents.filter(({ spec }) => spec?.deletionPolicy === "Delete");
  return {
    what: "snapshots",
    items: [
      ...snapshots.map(({ metadata }) => `snapshot ${metadata.namespace}/${metadata.name}`),
      ...going.map(({ metadata }) => `snapshot content ${metadata.name}`),
    ],
  };
}

/** All objects of a kind; none where the cluster does not know it. */
async function list({ custom }: Apis, plural: string) {
  try {
    const found: unknown = await custom.listClusterCustomObject({ ...kind, plural });
    return listShape.parse(found).items;
  } catch (error) {
    if (answered(error, 404)) return [];
    throw error;
  }
}
