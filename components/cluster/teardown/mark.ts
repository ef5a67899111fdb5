import { answered, ignoreMissing, type Apis } from "./access";

/** The ConfigMap that says that a cluster is being destroyed: its nodes need no drain any more. */
const mark = { namespace: "kube-system", name: "eo-platform-teardown" };

/** Marks the cluster as one that is being destroyed. */
export async function markGoing({ core }: Apis): Promise<void> {
  const { namespace, name } = mark;
  await core
    .createNamespacedConfigMap({ namespace, body: { metadata: { name } } })
    .catch((error: unknown) => {
      if (!answered(error, 409)) throw error;
    });
}

/** Takes the mark away: the cluster stays. */
export async function unmark({ core }: Apis): Promise<void> {
  await core.deleteNamespacedConfigMap(mark).catch(ignoreMissing);
}

/** Whether the cluster is being destroyed. */
export async function isGoing({ core }: Apis): Promise<boolean> {
  return core.readNamespacedConfigMap(mark).then(
    () => true,
    (error: unknown) => {
      ignoreMissing(error);
      return false;
    },
  );
}
