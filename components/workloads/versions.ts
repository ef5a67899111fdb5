import type { Refusals } from "../base/refusal";

/** The versions that a Spark application meets. */
export interface SparkVersions {
  /** Spark's version in the image. */
  readonly sparkVersion: string;
  /** Kubernetes version of the cluster. */
  readonly kubernetesVersion: string;
  /** Chart version of the Spark operator; the one in `charts.ts` if left out. */
  readonly sparkOperatorVersion?: string;
}

/** Refuses a Spark version that cannot work on the cluster; returns what there is to warn about. */
export function checkSpark(_refusals: Refusals, _versions: SparkVersions): readonly string[] {
  return [];
}
