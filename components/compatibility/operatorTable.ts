/**
 * The three names which the chart has had for the namespaces that jobs run in. A chart takes one of
 * them and silently ignores the others.
 */
export type NamespacesKey = "sparkJobNamespace" | "sparkJobNamespaces" | "spark.jobNamespaces";

/** One release of the spark-operator chart (kubeflow). */
export interface OperatorRow {
  /** Chart version. */
  readonly chart: string;
  /** Version of the operator in it, which is its image's tag too. */
  readonly app: string;
  /** Spark that the operator submits with. */
  readonly baseSpark: string;
  /** Oldest Kubernetes that the project's table allows. */
  readonly minimum: string;
  /** Kubernetes versions that somebody ran it on. */
  readonly tested: readonly string[];
  /** First Kubernetes that trouble was reported on. */
  readonly doubtfulFrom?: string;
  /** The trouble; lower case, no full stop. */
  readonly doubt?: string;
  /** What this chart calls the job namespaces. */
  readonly namespacesKey: NamespacesKey;
  /** Whether the webhook is on unless told otherwise. */
  readonly webhookDefault: boolean;
  /** Where the facts come from. */
  readonly sources: readonly string[];
}

const matrix = "github.com/kubeflow/spark-operator, version matrix of the README, git tags";
const renamed = "github.com/kubeflow/spark-operator/pull/1955";

const first = {
  baseSpark: "3.5.0",
  minimum: "1.16",
  tested: [],
  namespacesKey: "sparkJobNamespaces",
  webhookDefault: false,
  sources: [matrix, renamed],
} as const;

const second = {
  minimum: "1.16",
  tested: [],
  namespacesKey: "spark.jobNamespaces",
  webhookDefault: true,
  sources: [matrix],
} as const;

const endToEnd = ["1.32", "1.33", "1.34", "1.35"];

/** The chart releases that are known here, oldest first. */
export const operatorRows = [
  {
    chart: "1.1.15",
    app: "v1beta2-1.3.1-3.1.1",
    baseSpark: "3.1.1",
    minimum: "1.16",
    tested: [],
    doubtfulFrom: "1.22",
    doubt: "the webhook of the later 1.3.3 is reported dead on 1.22.7",
    namespacesKey: "sparkJobNamespace",
    webhookDefault: false,
    sources: [matrix, "github.com/kubeflow/spark-operator/issues/1495"],
  },
  { ...first, chart: "1.2.5", app: "v1beta2-1.4.2-3.5.0" },
  { ...first, chart: "1.2.15", app: "v1beta2-1.4.6-3.5.0" },
  { ...first, chart: "1.3.2", app: "v1beta2-1.5.0-3.5.0" },
  { ...first, chart: "1.4.6", app: "v1beta2-1.6.2-3.5.0" },
  {
    ...second,
    chart: "2.0.2",
    app: "2.0.2",
    baseSpark: "3.5.2",
    tested: ["1.32"],
    sources: [matrix, "EOEPCA deployment guide (Spark 3.2.0 under 2.0.2)"],
  },
  { ...second, chart: "2.1.0", app: "2.1.0", baseSpark: "3.5.3" },
  { ...second, chart: "2.2.1", app: "2.2.1", baseSpark: "3.5.5" },
  { ...second, chart: "2.3.0", app: "2.3.0", baseSpark: "4.0.0" },
  { ...second, chart: "2.4.0", app: "2.4.0", baseSpark: "4.0.0" },
  {
    ...second,
    chart: "2.5.0",
    app: "2.5.0",
    baseSpark: "4.0.1",
    tested: endToEnd,
    sources: [matrix, "its end-to-end tests"],
  },
  {
    ...second,
    chart: "2.5.2",
    app: "2.5.2",
    baseSpark: "4.0.4",
    tested: [...endToEnd, "1.36"],
    sources: [
      matrix,
      "its end-to-end tests (1.32 to 1.35)",
      "this project's engine test (1.36, simulated pods)",
    ],
  },
] as const satisfies readonly OperatorRow[];

/** A chart version of the Spark operator that the table knows. */
export type OperatorVersion = (typeof operatorRows)[number]["chart"];
