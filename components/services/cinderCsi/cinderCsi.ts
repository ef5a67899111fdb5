import * as pulumi from "@pulumi/pulumi";
import { deployChart } from "../../base/helmRelease";
import { after } from "../../base/ordering";
import { tokens } from "../../base/tokens";
import { cinderCsiChart } from "../../charts";
import { cinderConfigFolder } from "../../compatibility";
import { cloudProviderOf } from "../cloudProviderCharts";
import { makeCloudConfig } from "../openstackAccess";
import { cinderCsiValues } from "../values/cinderCsi";
import { check, defaults, sectionsOf, type CinderCsiArgs } from "./args";
import { makeSnapshotClass, makeStorageClasses } from "./classes";

/**
 * Volumes from Cinder: the CSI driver and the StorageClasses `csi-cinder-sc-delete`, which openEO's
 * batch jobs ask for, and `csi-cinder-sc-retain`. Its application credential stands in a Secret only.
 * The component's name is the name of the Helm release.
 */
export class CinderCsi extends pulumi.ComponentResource {
  /** Names of the StorageClasses; who takes one comes after the driver. */
  public readonly storageClasses: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: CinderCsiArgs, opts?: pulumi.ComponentResourceOptions) {
    check(name, args);
    const { cloudController } = args;
    const ordered = cloudController === undefined ? {} : { dependsOn: after(cloudController) };
    super(tokens.CinderCsi, name, {}, pulumi.mergeOptions(opts, ordered));

    const namespace = args.namespace ?? defaults.namespace;
    const config = makeCloudConfig(
      `${name}-cloud-config`,
      {
        namespace,
        access: args.access,
        sections: sectionsOf(args),
        folder: cinderConfigFolder(args.kubernetesVersion),
      },
      { parent: this },
    );
    const topology = args.topology ?? defaults.topology;
    const release = deployChart(
      name,
      {
        chart: cinderCsiChart(cloudProviderOf(args.kubernetesVersion).cinderCsi),
        mirror: args.chartMirror,
        release: name,
        namespace,
        values: pulumi.all([config.name, config.checksum]).apply(([secretName, checksum]) =>
          cinderCsiValues({
            clusterName: args.clusterName,
            topology,
            kubeletDir: args.kubeletDir ?? defaults.kubeletDir,
            replicas: args.replicas ?? defaults.replicas,
            secretName,
            checksum,
          }),
        ),
        timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
      },
      this,
    );
    const afterDriver = { parent: this, dependsOn: [release] };
    this.storageClasses = makeStorageClasses(
      name,
      {
        topology,
        defaultClass: args.defaultStorageClass ?? defaults.defaultStorageClass,
        volumeType: args.volumeType,
        volumeZone: args.volumeZone,
      },
      afterDriver,
    );
    if (args.snapshotClass ?? false) makeSnapshotClass(name, afterDriver);
    this.registerOutputs({ storageClasses: this.storageClasses });
  }
}
