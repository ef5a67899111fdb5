/** What is known of one Spark line on Kubernetes. */
export interface SparkRow {
  /** Spark's `major.minor`. */
  readonly spark: string;
  /** First patch release that the row holds for. Left out: all. */
  readonly fromPatch?: number;
  /** Oldest Kubernetes that Spark's documentation allows. */
  readonly minimum?: string;
  /** Newest Kubernetes that it is known to work on, where newer ones are known not to. */
  readonly maximum?: string;
  /** Kubernetes versions that somebody ran it on. */
  readonly tested: readonly string[];
  /** Oldest Kubernetes that is recommended, without being required. */
  readonly recommended?: string;
  /** What else there is to know; lower case, no full stop. */
  readonly note?: string;
  /** Where the facts come from. */
  readonly sources: readonly string[];
}

/** Spark on Kubernetes. Where two rows fit a version, the later one holds. */
export const sparkRows: readonly SparkRow[] = [
  {
    spark: "2.3",
    minimum: "1.6",
    maximum: "1.15",
    tested: ["1.8"],
    note: "cluster mode only; the limit is inferred from 2.4, whose Kubernetes client is newer",
    sources: [
      "Spark 2.3 documentation, Running on Kubernetes",
      "github.com/ttauveron/k8s-big-data-experiments",
      "inferred from Spark 2.4",
    ],
  },
  {
    spark: "2.4",
    minimum: "1.6",
    maximum: "1.15",
    tested: ["1.15"],
    note: "its Kubernetes client fails on 1.16 and newer",
    sources: ["SPARK-31786", "github.com/apache/spark/pull/28625", "Fink deployment notes"],
  },
  {
    spark: "3.1",
    minimum: "1.6",
    tested: ["1.18", "1.25"],
    sources: [
      "Spark 3.1 documentation, Running on Kubernetes",
      "Fink deployment notes",
      "github.com/astrolabsoftware/fink-k8s",
    ],
  },
  {
    spark: "3.2",
    minimum: "1.6",
    tested: ["1.32"],
    note: "the version in openEO's image",
    sources: ["Spark 3.2 documentation, Running on Kubernetes", "EOEPCA deployment guide (openEO)"],
  },
  {
    spark: "3.2",
    fromPatch: 2,
    minimum: "1.20",
    tested: ["1.32"],
    sources: ["github.com/apache/spark/pull/35306", "EOEPCA deployment guide (openEO, 3.2.0)"],
  },
  { spark: "3.3", minimum: "1.20", tested: [], sources: ["SPARK-38007"] },
  {
    spark: "3.4",
    minimum: "1.22",
    tested: [],
    note: "the version in fink-broker's chart",
    sources: ["SPARK-39968", "github.com/astrolabsoftware/fink-broker"],
  },
  {
    spark: "3.5",
    minimum: "1.24",
    tested: [],
    sources: ["Spark 3.5 documentation, Running on Kubernetes"],
  },
  {
    spark: "4.0",
    recommended: "1.29",
    tested: ["1.32", "1.33", "1.34", "1.35", "1.36"],
    note: "1.36: submission against a real API server with simulated pods",
    sources: [
      "github.com/apache/spark/pull/48371",
      "spark-operator 2.5 end-to-end tests (1.32 to 1.35)",
      "this project's engine test with pyspark 4.0.1 (1.36)",
    ],
  },
  {
    spark: "5.0",
    minimum: "1.35",
    tested: [],
    note: "in development",
    sources: ["github.com/apache/spark/pull/57048", "github.com/apache/spark/pull/56605"],
  },
];
