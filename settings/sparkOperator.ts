import { z } from "zod";
import { charts } from "../components/charts";
import { operatorVersions } from "../components/compatibility";
import { choice, flag, imageTag, namespace, whole } from "./fields";
import type { Target } from "./target";

const known: readonly string[] = operatorVersions;

const chartVersion = z
  .string()
  .refine((version) => known.includes(version))
  .meta({
    description: "Chart version of the operator: one that the compatibility table knows.",
    allowed: `one of ${known.join(", ")}`,
    examples: [charts.sparkOperator.version],
  });

const jobNamespaces = z
  .array(namespace("A namespace.", "spark-jobs"))
  .min(1)
  .refine((names) => new Set(names).size === names.length)
  .meta({
    description:
      "Namespaces that SparkApplications may run in. The operator watches these and no other.",
    allowed: "a list of at least one namespace, none twice",
    examples: [["spark-jobs"]],
  });

/** Each submission takes a JVM of some 300 MiB: small stacks run fewer at once. */
const submissionWorkers = {
  local: 2,
  minikube: 1,
  existing: 4,
  openstack: 4,
} as const satisfies Record<Target, number>;

/** Batch jobs mount `/eodata` of CreoDIAS' nodes, which no lower level allows. */
const jobPodSecurity = {
  local: "baseline",
  minikube: "baseline",
  existing: "baseline",
  openstack: "privileged",
} as const satisfies Record<Target, string>;

/** The section `sparkOperator`, with the defaults of a target. */
export const sparkOperatorSchema = (target: Target) =>
  z.strictObject({
    enabled: flag("Whether the operator is deployed.", true).default(true),
    namespace: namespace(
      "Namespace of the operator itself; no job namespace.",
      "spark-operator",
    ).default("spark-operator"),
    version: chartVersion.default(charts.sparkOperator.version),
    imageTag: imageTag(
      "Image tag of the operator. Left out: the chart's own. One of another release is warned about.",
      charts.sparkOperator.version,
    ).optional(),
    jobNamespaces: jobNamespaces.default(["spark-jobs"]),
    jobPodSecurity: choice(
      ["restricted", "baseline", "privileged"],
      "Pod Security level of the job namespaces; jobs that mount host paths need `privileged`.",
      "baseline",
    ).default(jobPodSecurity[target]),
    batchScheduler: flag(
      "Whether SparkApplications may name YuniKorn or Volcano as their scheduler; without it the operator passes over the name.",
      true,
    ).default(false),
    submissionWorkers: whole(
      "How many submissions run at once, each in a JVM of its own.",
      1,
      50,
      4,
    ).default(submissionWorkers[target]),
  });
