/** A container image in one exact version. */
export interface Image {
  /** Its public registry and path, without tag. */
  readonly repository: string;
  /** The exact tag. */
  readonly tag: string;
}

/**
 * Every image that a component names itself; those of charts are the charts' business. None is
 * pinned by digest: a digest is written only by who has seen the bytes.
 */
export const images = {
  /** Versity S3 Gateway: released under this tag on 2026-09-04, for amd64 and arm64. */
  versitygw: { repository: "ghcr.io/versity/versitygw", tag: "v1.8.0" },
} as const satisfies Record<string, Image>;
