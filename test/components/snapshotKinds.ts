const group = "snapshot.storage.k8s.io";

/** Definitions of the snapshots' kinds that hold anything, for API servers without the real ones. */
export const snapshotKinds = (
  [
    ["VolumeSnapshot", "Namespaced"],
    ["VolumeSnapshotContent", "Cluster"],
  ] as const
).map(([kind, scope]) => {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      annotations: { "api-approved.kubernetes.io": "unapproved, a test" },
    },
    spec: {
      group,
      scope,
      names: { kind, singular, plural },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
});
