import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "../../../base/refusal";
import { tokens } from "../../../base/tokens";

/** The StorageClass that batch jobs take volumes of: its name stands in the image's template. */
export const batchStorageClass = "csi-cinder-sc-delete";

/** The Secret that volumes of results name. Source: `persistentvolume_batch_job_results.yaml.j2`. */
const fuseSecret = { name: "csi-s3-secret", namespace: "csi-s3" };

/** The store that the CSI driver `ru.yandex.s3.csi` mounts buckets of. */
export interface OpenEoFuseStoreArgs {
  /** Address of the store. */
  endpoint: pulumi.Input<string>;
  /** Region of the store, where it has one. Without it the driver names none. */
  region?: pulumi.Input<string>;
  /** Access key of the store. */
  accessKeyId: pulumi.Input<string>;
  /** Secret key of the store. */
  secretAccessKey: pulumi.Input<string>;
}

/** What {@link OpenEoCluster} is made from. */
export interface OpenEoClusterArgs {
  /** What provisions the volumes of batch jobs, such as `k8s.io/minikube-hostpath`. Without it the cluster has to have the StorageClass `csi-cinder-sc-delete`, as with the CSI driver of OpenStack's Cinder. */
  volumeProvisioner?: string;
  /** Keys for the CSI driver that mounts buckets, which with its namespace `csi-s3` has to be there. Without it nothing is made for it. */
  fuseStore?: OpenEoFuseStoreArgs;
}

/**
 * What all openEO instances of a cluster share and one of them cannot make for itself: objects that
 * belong to no namespace of theirs. Make it once for a cluster.
 */
export class OpenEoCluster extends pulumi.ComponentResource {
  /** Name of the StorageClass that batch jobs take volumes of. */
  public readonly storageClass: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: OpenEoClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    checked(name, args);
    super(tokens.OpenEoCluster, name, {}, opts);
    const own = { parent: this };
    const labels = { "app.kubernetes.io/managed-by": "eoplatform" };
    this.storageClass =
      args.volumeProvisioner === undefined
        ? pulumi.output(batchStorageClass)
        : new k8s.storage.v1.StorageClass(
            `${name}-volumes`,
            {
              metadata: { name: batchStorageClass, labels },
              provisioner: args.volumeProvisioner,
              reclaimPolicy: "Delete",
              // A volume stands where the executor that asked for it does.
              volumeBindingMode: "WaitForFirstConsumer",
            },
            own,
          ).metadata.name;
    if (args.fuseStore) {
      const { endpoint, region, accessKeyId, secretAccessKey } = args.fuseStore;
      new k8s.core.v1.Secret(
        `${name}-fuse`,
        {
          metadata: { ...fuseSecret, labels },
          stringData: {
            endpoint,
            ...(region === undefined ? {} : { region }),
            accessKeyID: pulumi.secret(accessKeyId),
            secretAccessKey: pulumi.secret(secretAccessKey),
          },
        },
        own,
      );
    }
    this.registerOutputs({ storageClass: this.storageClass });
  }
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
function checked(name: string, args: OpenEoClusterArgs): void {
  const refusals = new Refusals(`OpenEoCluster ${name}`);
  const { volumeProvisioner: provisioner } = args;
  refusals.require(
    provisioner === undefined || /^[a-z0-9]([-a-z0-9./]*[a-z0-9])?$/.test(provisioner),
    "volumeProvisioner",
    `"${provisioner ?? ""}" names no provisioner; look at "kubectl get storageclass"`,
  );
  refusals.throwIfAny();
}
