/** Programs that build images, in the order in which they are tried. */
export const builderNames = ["docker", "podman", "buildah"] as const;

/** One of the programs that build images. */
export type BuilderName = (typeof builderNames)[number];

/** Clusters of this machine that take an image without a registry. */
export const loadTargets = ["minikube", "docker"] as const;

/** One of the clusters of this machine. */
export type LoadTarget = (typeof loadTargets)[number];

/** What `./eo openeo image build` takes. */
export interface BuildOptions {
  /** The openEO whose image it is. Default: `openeo`. */
  readonly instance?: string;
  /** `REPOSITORY:TAG`, `REPOSITORY` or `TAG`. */
  readonly tag?: string;
  /** The image to stand on, with tag. */
  readonly from?: string;
  readonly builder?: BuilderName;
  readonly push?: boolean;
  readonly load?: LoadTarget;
}
