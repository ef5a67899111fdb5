import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CinderDefaultClass } from "./args";

/** The name that the driver is registered under. */
const driver = "cinder.csi.openstack.org";

/** What the StorageClasses are made from. */
export interface ClassParts {
  /** Whether volumes belong to a zone. */
  readonly topology: boolean;
  /** Which class is the cluster's default. */
  readonly defaultClass: CinderDefaultClass;
  /** Volume type; the cloud's default where left out. */
  readonly volumeType?: string;
  /** Zone of the volumes; that of the pod where left out. */
  readonly volumeZone?: string;
}

const reclaimPolicies = {
  "csi-cinder-sc-delete": "Delete",
  "csi-cinder-sc-retain": "Retain",
} as const;

/** The specification of each StorageClass, by its name. */
export function storageClassSpecs({ topology, defaultClass, volumeType, volumeZone }: ClassParts) {
  const parameters = {
    ...(volumeType === undefined ? {} : { type: volumeType }),
    ...(volumeZone === undefined ? {} : { availability: volumeZone }),
  };
  return Object.entries(reclaimPolicies).map(([name, reclaimPolicy]) => ({
    metadata: {
      name,
      annotations: {
        "storageclass.kubernetes.io/is-default-class": String(name === String(defaultClass)),
      },
    },
    provisioner: driver,
    reclaimPolicy,
    allowVolumeExpansion: true,
    // Where volumes belong to a zone, that of the pod has to be known first.
    volumeBindingMode: topology ? "WaitForFirstConsumer" : "Immediate",
    parameters,
  }));
}

/**
 * Makes the StorageClasses.
 *
 * @returns their names, known when they are there
 */
export function makeStorageClasses(
  name: string,
  parts: ClassParts,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string[]> {
  const made = storageClassSpecs(parts).map(
    (spec) =>
      // All but growth is fixed, and the name is wanted by others: gone before it comes anew.
      new k8s.storage.v1.StorageClass(`${name}-${spec.metadata.name}`, spec, {
        ...opts,
        deleteBeforeReplace: true,
      }),
  );
  return pulumi.all(made.map(({ metadata }) => metadata.name));
}

/** Makes the VolumeSnapshotClass, whose kind must be known to the cluster. */
export function makeSnapshotClass(name: string, opts: pulumi.CustomResourceOptions): void {
  new k8s.apiextensions.CustomResource(
    `${name}-csi-cinder-snapclass`,
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: "csi-cinder-snapclass" },
      driver,
      deletionPolicy: "Delete",
    },
    opts,
  );
}
