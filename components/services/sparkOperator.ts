import * as pulumi from "@pulumi/pulumi";
import { deployChart } from "../base/helmRelease";
import { isReleaseName, releaseNameRule } from "../base/names";
import { makeNamespace } from "../base/namespace";
import {
  Refusals,
  requireKubernetesVersion,
  requireNamespace,
  requireTimeout,
  requireWhole,
} from "../base/refusal";
import { tokens } from "../base/tokens";
import { warnOf } from "../base/warnings";
import { charts, sparkOperatorChart, type Chart } from "../charts";
import {
  judgeImageTag,
  judgeOperator,
  minimumKubernetes,
  namespacesKey,
  operatorRow,
  operatorVersions,
  type NamespacesKey,
} from "../compatibility";
import { sparkOperatorValues } from "./values/sparkOperator";
import { weigh } from "./verdicts";

/** A level of Kubernetes' Pod Security Standards, enforced by the API server. */
export enum PodSecurityLevel {
  /** Hardened pods only: no root, no capabilities. */
  Restricted = "restricted",
  /** Nothing that reaches the node: no host paths, no host network. */
  Baseline = "baseline",
  /** Anything, host paths too. */
  Privileged = "privileged",
}

/** What {@link SparkOperator} is made from. */
export interface SparkOperatorArgs {
  /** Kubernetes version of the cluster, as `major.minor`, such as `1.36`; checked before anything is made. */
  kubernetesVersion: string;
  /** Namespaces that SparkApplications may run in, at least one; each is made and listed to the operator. */
  jobNamespaces: string[];
  /** Pod Security level of the job namespaces. Defaults to `baseline`; jobs that mount host paths need `privileged`. */
  jobPodSecurity?: PodSecurityLevel;
  /** Namespace of the operator itself, which is made; no job namespace. Defaults to `spark-operator`. */
  namespace?: string;
  /** Exact chart version, one of the compatibility table. Defaults to the one in `charts.ts`. */
  version?: string;
  /** Image tag of the operator. Defaults to the chart's own; one of another release is warned about. */
  imageTag?: string;
  /** Whether applications may name YuniKorn or Volcano as their scheduler, which the cluster has to have; takes chart 2.0.0 or newer. Defaults to `false`: the operator passes over the name. */
  batchScheduler?: boolean;
  /** How many submissions run at once, each in a JVM of its own; 1 to 50. Defaults to 4. */
  submissionWorkers?: number;
  /** Where charts are taken from instead: a folder, or an `http(s)://` or `oci://` address. Defaults to the public repository. */
  chartMirror?: string;
  /** How long the operator and its webhook may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
}

const defaults = {
  namespace: "spark-operator",
  submissionWorkers: 4,
  timeoutSeconds: 300,
};

/**
 * The Spark operator with its webhook, its CRDs, and the namespaces that jobs run in.
 * Needs Kubernetes 1.16 or newer, or what its chart's version needs.
 * The component's name is the name of the Helm release too.
 */
export class SparkOperator extends pulumi.ComponentResource {
  /** Oldest Kubernetes that its chart takes, as `major.minor`. */
  public static readonly minimumKubernetes: string = minimumKubernetes.sparkOperator;

  /** Known once the operator and its webhook answer: what SparkApplications have to wait for. */
  public readonly ready: pulumi.Output<string>;
  /** Namespace of the operator. */
  public readonly namespace: pulumi.Output<string>;
  /** Namespaces that SparkApplications may run in. */
  public readonly jobNamespaces: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: SparkOperatorArgs, opts?: pulumi.ComponentResourceOptions) {
    const { chart, key, warnings } = checked(name, args);
    super(tokens.SparkOperator, name, {}, opts);
    warnOf(name, warnings);

    const own = makeNamespace(
      `${name}-namespace`,
      args.namespace ?? defaults.namespace,
      // The pods of this chart were seen to comply; of others nobody looked.
      chart.version === charts.sparkOperator.version ? "restricted" : "baseline",
      { parent: this },
    );
    const forJobs = args.jobNamespaces.map((namespace) =>
      makeNamespace(`${name}-${namespace}`, namespace, args.jobPodSecurity ?? "baseline", {
        parent: this,
      }),
    );
    const release = deployChart(
      name,
      {
        chart,
        mirror: args.chartMirror,
        release: name,
        namespace: own.metadata.name,
        values: sparkOperatorValues({
          namespacesKey: key,
          jobNamespaces: args.jobNamespaces,
          submissionWorkers: args.submissionWorkers ?? defaults.submissionWorkers,
          batchScheduler: args.batchScheduler ?? false,
          imageTag: args.imageTag,
        }),
        timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
        // The chart puts RBAC rules into the job namespaces.
        dependsOn: forJobs,
      },
      this,
    );

    this.ready = pulumi.interpolate`${release.id}`;
    this.namespace = own.metadata.name;
    this.jobNamespaces = pulumi.all(forJobs.map((namespace) => namespace.metadata.name));
    this.registerOutputs({
      ready: this.ready,
      namespace: this.namespace,
      jobNamespaces: this.jobNamespaces,
    });
  }
}

/** The versions that the arguments lead to, and what there is to say about them. */
interface Checked {
  readonly chart: Chart;
  readonly key: NamespacesKey;
  readonly warnings: readonly string[];
}

/** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
function checked(name: string, args: SparkOperatorArgs): Checked {
  const refusals = new Refusals(`SparkOperator ${name}`);
  const namespace = args.namespace ?? defaults.namespace;
  const workers = args.submissionWorkers ?? defaults.submissionWorkers;
  const timeoutSeconds = args.timeoutSeconds ?? defaults.timeoutSeconds;

  refusals.require(isReleaseName(name), "name", `"${name}" names the release: ${releaseNameRule}`);
  requireNamespace(refusals, "namespace", namespace);
  refusals.require(
    args.jobNamespaces.length > 0,
    "jobNamespaces",
    "is empty; name every namespace that SparkApplications run in",
  );
  args.jobNamespaces.forEach((job, index) => {
    const path = `jobNamespaces[${index}]`;
    requireNamespace(refusals, path, job);
    refusals.require(
      job !== namespace,
      path,
      `"${job}" is the operator's own namespace; jobs run in others`,
    );
    refusals.require(args.jobNamespaces.indexOf(job) === index, path, `"${job}" is named twice`);
  });
  requireWhole(refusals, "submissionWorkers", workers, { least: 1, most: 50 });
  requireTimeout(refusals, timeoutSeconds);
  const { key, warnings } = checkedVersions(refusals, args);
  refusals.throwIfAny();
  const version = args.version ?? charts.sparkOperator.version;
  return { chart: sparkOperatorChart(version), key, warnings };
}

/** Looks at versions alone. */
function checkedVersions(refusals: Refusals, args: SparkOperatorArgs): Omit<Checked, "chart"> {
  const { imageTag, kubernetesVersion: kubernetes } = args;
  const operator = args.version ?? charts.sparkOperator.version;
  const key = namespacesKey(operator);
  refusals.require(
    operatorRow(operator) !== undefined && key !== undefined,
    "version",
    `"${operator}" is no chart version that is known here; take one of ${operatorVersions.join(", ")}`,
  );
  refusals.require(
    key !== "sparkJobNamespace" || args.jobNamespaces.length === 1,
    "jobNamespaces",
    `spark-operator ${operator} works in one namespace, got ${args.jobNamespaces.length}; ` +
      "name one, or take chart 1.2.4 or newer",
  );
  refusals.require(
    args.batchScheduler !== true || key === "spark.jobNamespaces",
    "batchScheduler",
    `spark-operator ${operator} knows no YuniKorn; take chart 2.0.0 or newer, or leave it out`,
  );
  const warnings = weigh(refusals, [
    ...(requireKubernetesVersion(refusals, kubernetes)
      ? [{ propertyPath: "kubernetesVersion", judgement: judgeOperator({ operator, kubernetes }) }]
      : []),
    ...(imageTag === undefined
      ? []
      : [{ propertyPath: "imageTag", judgement: judgeImageTag({ operator, imageTag }) }]),
  ]);
  return { key: key ?? "spark.jobNamespaces", warnings };
}
