import { requireWhole, type Refusals } from "../base/refusal";
import type { SparkApplication, SparkPod } from "./spark";

/** Nodes that may be taken away at short notice: spot or preemptible machines. */
export interface PreemptibleNodesArgs {
  /** Label that these nodes bear and no other. Defaults to `eo-platform.local/preemptible`; AKS has `kubernetes.azure.com/scalesetpriority`. */
  label?: string;
  /** Value of the label, and of the taint. Defaults to `true`; on AKS it is `spot`. */
  value?: string;
  /** Key of the taint that keeps others off these nodes. Defaults to that of the label. */
  taint?: string;
  /** Whether executors run on these nodes only. Defaults to `false`: they go to others where these have no room. */
  required?: boolean;
  /** Seconds between the word and the end of a node, at least 1. Defaults to 120, as AWS has it; 30 on Azure and Google Cloud. */
  noticeSeconds?: number;
  /** Folder in an object store, such as `s3a://bucket/shuffle/`, for blocks that no executor takes; it ends in `/`. Without it they are computed again. */
  fallbackStorage?: string;
}

/** The profile with its defaults. */
export interface PreemptibleNodes extends Required<Omit<PreemptibleNodesArgs, "fallbackStorage">> {
  /** Folder in an object store for blocks that no executor takes. */
  readonly fallbackStorage?: string;
}

/** The profile with the defaults in place of what was left out. */
export function preemptibleNodes(args: PreemptibleNodesArgs): PreemptibleNodes {
  const label = args.label ?? "eo-platform.local/preemptible";
  return {
    label,
    value: args.value ?? "true",
    taint: args.taint ?? label,
    required: args.required ?? false,
    noticeSeconds: args.noticeSeconds ?? 120,
    ...(args.fallbackStorage === undefined ? {} : { fallbackStorage: args.fallbackStorage }),
  };
}

/** A key of Kubernetes' labels and taints: a DNS name before the slash, if there is one. */
const qualifiedName =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Refuses what Kubernetes or Spark would refuse.
 *
 * @param path where the profile stands, such as `preemptible`
 * @param sparkVersion the version that has to know how to give executors up
 */
export function checkPreemptible(
  refusals: Refusals,
  path: string,
  args: PreemptibleNodesArgs,
  sparkVersion: string,
): void {
  const nodes = preemptibleNodes(args);
  for (const key of ["label", "taint"] as const) {
    refusals.require(
      qualifiedName.test(nodes[key]),
      `${path}.${key}`,
      `"${nodes[key]}" is no key of a label; write it as example.org/preemptible`,
    );
  }
  refusals.require(labelValue.test(nodes.value), `${path}.value`, `"${nodes.value}" is no value`);
  requireWhole(refusals, `${path}.noticeSeconds`, nodes.noticeSeconds, {
    least: 1,
    unit: "seconds",
  });
  refusals.require(
    /^[a-z0-9]+:\/\/[^@]+\/$/.test(nodes.fallbackStorage ?? "s3a://any/"),
    `${path}.fallbackStorage`,
    "must be a URL without credentials that ends in /, such as s3a://bucket/shuffle/",
  );
  const [major = 0, minor = 0] = sparkVersion.split(".").map(Number);
  refusals.require(
    major > 3 || (major === 3 && minor >= 1),
    path,
    `Spark ${sparkVersion} cannot give executors up; it takes 3.1 or newer`,
  );
}

/** Keeps a pod off these nodes: the driver, with which the application would end. */
export const stableAffinity = ({ label, value }: PreemptibleNodes) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      // Nodes without the label are let through too.
      nodeSelectorTerms: [
        { matchExpressions: [{ key: label, operator: "NotIn", values: [value] }] },
      ],
    },
  },
});

/** Draws a pod to these nodes. */
export function preemptibleAffinity({ label, value, required }: PreemptibleNodes) {
  const matchExpressions = [{ key: label, operator: "In", values: [value] }];
  return {
    nodeAffinity: required
      ? {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions }],
          },
        }
      : {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, preference: { matchExpressions } },
          ],
        },
  };
}

/** Bears the taint, whatever its effect. */
export const preemptibleTolerations = ({ taint, value }: PreemptibleNodes) => [
  { key: taint, operator: "Equal", value },
];

/**
 * How Spark lives with executors that are given up: it moves their blocks to others, and starts
 * their tasks elsewhere where they would not end in time. Since Spark 3.1; the script that the
 * image's `preStop` runs is at its default, `/opt/decom.sh`.
 */
export const decommissionConf = (nodes: PreemptibleNodes): Record<string, string> => ({
  "spark.decommission.enabled": "true",
  "spark.storage.decommission.enabled": "true",
  "spark.storage.decommission.rddBlocks.enabled": "true",
  "spark.storage.decommission.shuffleBlocks.enabled": "true",
  "spark.executor.decommission.killInterval": `${nodes.noticeSeconds}s`,
  ...(nodes.fallbackStorage === undefined
    ? {}
    : { "spark.storage.decommission.fallbackStorage.path": nodes.fallbackStorage }),
});

/**
 * The application with its driver on stable nodes and its executors on preemptible ones. What the
 * application says of its own in `sparkConf` stays.
 */
export function onPreemptibleNodes(
  app: SparkApplication,
  args: PreemptibleNodesArgs,
): SparkApplication {
  const nodes = preemptibleNodes(args);
  const executor: Pick<SparkPod, "affinity" | "tolerations" | "terminationGraceSeconds"> = {
    affinity: { ...app.executor.affinity, ...preemptibleAffinity(nodes) },
    tolerations: [...(app.executor.tolerations ?? []), ...preemptibleTolerations(nodes)],
    terminationGraceSeconds: nodes.noticeSeconds,
  };
  return {
    ...app,
    sparkConf: { ...decommissionConf(nodes), ...app.sparkConf },
    driver: { ...app.driver, affinity: { ...app.driver.affinity, ...stableAffinity(nodes) } },
    executor: { ...app.executor, ...executor },
  };
}
