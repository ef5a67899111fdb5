import { compareMinors, minorOf } from "./version";

/** The charts of cloud-provider-openstack for one Kubernetes. */
export interface CloudProviderRow {
  /** The Kubernetes that they are made for, as `major.minor`. */
  readonly kubernetes: string;
  /** Version of the chart openstack-cloud-controller-manager. */
  readonly cloudController: string;
  /** Version of the chart openstack-cinder-csi. */
  readonly cinderCsi: string;
}

/** Where the table's facts come from. */
export const cloudProviderSources: readonly string[] = [
  "index.yaml of kubernetes.github.io/cloud-provider-openstack, 2026-05-13",
  "the charts' templates, github.com/kubernetes/cloud-provider-openstack",
];

/**
 * For each Kubernetes the newest charts of its own minor version that the repository's index lists.
 * Releases that exist as Git tags only (openstack-cinder-csi 2.31.8, …) cannot be installed.
 */
export const cloudProviderRows: readonly CloudProviderRow[] = [
  { kubernetes: "1.28", cloudController: "2.28.5", cinderCsi: "2.28.3" },
  { kubernetes: "1.29", cloudController: "2.29.3", cinderCsi: "2.29.2" },
  { kubernetes: "1.30", cloudController: "2.30.5", cinderCsi: "2.30.3" },
  { kubernetes: "1.31", cloudController: "2.31.3", cinderCsi: "2.31.7" },
  { kubernetes: "1.32", cloudController: "2.32.0", cinderCsi: "2.32.2" },
  { kubernetes: "1.33", cloudController: "2.33.1", cinderCsi: "2.33.1" },
  { kubernetes: "1.34", cloudController: "2.34.2", cinderCsi: "2.34.3" },
  { kubernetes: "1.35", cloudController: "2.35.0", cinderCsi: "2.35.0" },
  { kubernetes: "1.36", cloudController: "2.36.0", cinderCsi: "2.36.0" },
];

/** The charts for a Kubernetes version; `undefined` where the table has none. */
export const cloudProviderFor = (kubernetes: string): CloudProviderRow | undefined =>
  cloudProviderRows.find((one) => one.kubernetes === minorOf(kubernetes));

/** Folder in which the containers of openstack-cinder-csi have cloud.conf; 2.33 moved it. */
export const cinderConfigFolder = (kubernetes: string): string =>
  compareMinors(kubernetes, "1.33") < 0 ? "/etc/kubernetes" : "/etc/config";
