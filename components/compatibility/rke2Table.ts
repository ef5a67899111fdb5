/** One Kubernetes minor version as RKE 2. */
export interface Rke2Row {
  readonly kubernetes: string;
  /** The release of RKE 2 that nodes install, as it is tagged. */
  readonly release: string;
}

/**
 * The newest release of RKE 2 for each Kubernetes minor version that was made while Kubernetes itself
 * still maintained that version, oldest first. Later ones of an ended version are left out: whether
 * their files and images are public is not on record.
 */
export const rke2Rows: readonly Rke2Row[] = [
  { kubernetes: "1.28", release: "v1.28.14+rke2r1" },
  { kubernetes: "1.29", release: "v1.29.14+rke2r1" },
  { kubernetes: "1.30", release: "v1.30.14+rke2r1" },
  { kubernetes: "1.31", release: "v1.31.13+rke2r1" },
  { kubernetes: "1.32", release: "v1.32.12+rke2r1" },
  { kubernetes: "1.33", release: "v1.33.13+rke2r1" },
  { kubernetes: "1.34", release: "v1.34.10+rke2r1" },
  { kubernetes: "1.35", release: "v1.35.7+rke2r1" },
  { kubernetes: "1.36", release: "v1.36.3+rke2r1" },
];

/** Where the rows come from. */
export const rke2Sources = ["github.com/rancher/rke2, tags at 6ce1a8019"] as const;
