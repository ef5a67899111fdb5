/** One Kubernetes minor version under RKE 1. */
export interface RkeRow {
  readonly kubernetes: string;
  /** First RKE version that installs it, where one is known. */
  readonly from?: string;
  /** Last RKE line that installs it (`1.4` means 1.4.99), where one is known. */
  readonly to?: string;
  /** Docker lines that RKE takes below it, oldest first; it refuses a node with any other. */
  readonly docker?: readonly string[];
}

const docker20 = [
  ...["1.13", "17.03", "17.06", "17.09", "18.06", "18.09"],
  ...["19.03", "20.10"],
] as const;
const docker24 = [...docker20, "23.0", "24.0"] as const;
const docker25 = [...docker24, "25.0"] as const;
const docker27 = [...docker25, "26.0", "26.1", "27.0", "27.1", "27.2"] as const;

/**
 * Kubernetes on RKE 1, and Docker below it. Rancher's later lists take Docker 27.3 to 27.5 too
 * (pull requests 1572 and 1600); which RKE release carries them is not on record, so they are left
 * out.
 */
export const rkeRows: readonly RkeRow[] = [
  { kubernetes: "1.21", from: "1.3.0", to: "1.3", docker: docker20 },
  { kubernetes: "1.22", to: "1.3", docker: docker20 },
  { kubernetes: "1.23", from: "1.3.8", to: "1.4", docker: docker24 },
  { kubernetes: "1.24", from: "1.3.13", to: "1.4", docker: docker24 },
  { kubernetes: "1.25", from: "1.4.0", to: "1.5", docker: docker25 },
  { kubernetes: "1.26", from: "1.4.0", to: "1.5", docker: docker25 },
  { kubernetes: "1.27", from: "1.5.0", to: "1.6", docker: docker27 },
  { kubernetes: "1.28", from: "1.5.0", docker: docker27 },
  { kubernetes: "1.29", from: "1.6.0", docker: docker27 },
  { kubernetes: "1.30", from: "1.6.0", docker: docker27 },
  { kubernetes: "1.31", from: "1.7.0", docker: docker27 },
  { kubernetes: "1.32", from: "1.8.0" },
];

/** The Terraform provider that `@pulumi/rke` of `sdks/rke` is made from. */
export const rkeProviderVersion = "1.7.0";

/** RKE version inside each version of the Terraform provider `rancher/rke`. */
export const rkeProviders: Readonly<Record<string, string>> = {
  "1.5.2": "1.5.15",
  "1.6.1": "1.6.4",
  "1.7.0": "1.7.0",
  "1.7.5": "1.7.5",
};

/**
 * The newest name of each Kubernetes that an RKE version installs, as its `kubernetesVersion` takes
 * it, for the RKE versions whose own data was read.
 */
export const rkeKubernetesNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "1.7.0": {
    "1.28": "v1.28.15-rancher1-1",
    "1.29": "v1.29.10-rancher1-1",
    "1.30": "v1.30.6-rancher1-1",
    "1.31": "v1.31.2-rancher2-1",
  },
};

/**
 * One release of a Docker line that is in Docker's own package repository for Debian 12, newest
 * last: what an image gets where nobody names one. Seen in listings of that repository.
 */
export const dockerReleases = ["24.0.9", "25.0.5", "26.1.4", "27.2.1"] as const;

/** Where the RKE and Docker rows come from. */
export const rkeSources = [
  "github.com/rancher/kontainer-driver-metadata, dev-v2.9 at 7c2ba528f346 and dev-v2.10 at 8f9a33aaa01d",
  "github.com/rancher/terraform-provider-rke",
  "github.com/rancher/rke v1.7.0, data/data.json",
] as const;
