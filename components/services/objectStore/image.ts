/**
 * Image of Versity S3 Gateway: its public registry and path, and the tag of the release of
 * 2026-09-04, for amd64 and arm64. Not pinned by digest: nobody here has seen the bytes.
 */
export const image = { repository: "ghcr.io/versity/versitygw", tag: "v1.8.0" } as const;
