import {
  operatorRows,
  type NamespacesKey,
  type OperatorRow,
  type OperatorVersion,
} from "./operatorTable";
import { impossible, tested, untested, type Judgement } from "./verdict";
import { compareMinors, compareVersions, minorOf, parseVersion } from "./version";

/** The chart versions of the Spark operator that the table knows, oldest first. */
export const operatorVersions: readonly OperatorVersion[] = operatorRows.map(({ chart }) => chart);

const rows: readonly OperatorRow[] = operatorRows;

/** The row of an operator chart; `undefined` where the table has none. */
export const operatorRow = (chart: string): OperatorRow | undefined =>
  rows.find((row) => row.chart === chart);

/**
 * What a chart version calls the namespaces that jobs run in. The other two names are silently
 * ignored by that chart. `undefined` for versions between those that are on record.
 */
export function namespacesKey(chart: string): NamespacesKey | undefined {
  if (parseVersion(chart) === undefined) return undefined;
  if (compareVersions(chart, "1.1.27") <= 0) return "sparkJobNamespace";
  if (compareVersions(chart, "2.0.0") >= 0) return "spark.jobNamespaces";
  const renamed = compareVersions(chart, "1.2.4") >= 0 && compareVersions(chart, "1.4.6") <= 0;
  return renamed ? "sparkJobNamespaces" : undefined;
}

/** An operator chart and the Kubernetes below it. */
export interface OperatorOnKubernetes {
  /** Chart version. */
  readonly operator: string;
  readonly kubernetes: string;
}

/** Whether an operator chart runs on a Kubernetes version. */
export function judgeOperator({ operator, kubernetes }: OperatorOnKubernetes): Judgement {
  const row = operatorRow(operator);
  const pair = `spark-operator ${operator} on Kubernetes ${kubernetes}`;
  if (row === undefined) return unknownOperator(pair);
  if (compareMinors(kubernetes, row.minimum) < 0) {
    return impossible(
      `${pair}: needs Kubernetes ${row.minimum} or newer`,
      `take Kubernetes ${row.minimum} or newer`,
      ...row.sources,
    );
  }
  if (row.tested.includes(minorOf(kubernetes))) {
    return tested(`${pair}: somebody ran it`, ...row.sources);
  }
  const doubtful =
    row.doubtfulFrom !== undefined && compareMinors(kubernetes, row.doubtfulFrom) >= 0;
  const able = rows.findLast((other) => other.tested.includes(minorOf(kubernetes)));
  return untested(
    `${pair}: ${doubtful ? row.doubt : "nobody is on record who ran it"}`,
    able === undefined
      ? "try it before you rely on it"
      : `spark-operator ${able.chart} ran on Kubernetes ${minorOf(kubernetes)}`,
    ...row.sources,
  );
}

/** An operator chart and the Spark of the applications that it submits. */
export interface OperatorWithSpark {
  /** Chart version. */
  readonly operator: string;
  /** Spark's version in the application's image. */
  readonly spark: string;
}

/**
 * Whether an operator submits applications of a Spark version. Its own Spark only submits; the
 * application's runs.
 */
export function judgeOperatorSpark({ operator, spark }: OperatorWithSpark): Judgement {
  const row = operatorRow(operator);
  const pair = `Spark ${spark} under spark-operator ${operator}`;
  if (row === undefined) return unknownOperator(pair);
  const own = parseVersion(row.baseSpark)?.[0] ?? 0;
  const wanted = parseVersion(spark)?.[0] ?? 0;
  if (wanted <= own) {
    return tested(
      `${pair}: the operator submits with Spark ${row.baseSpark}, the image's own runs`,
      ...row.sources,
    );
  }
  const able = rows.find((other) => (parseVersion(other.baseSpark)?.[0] ?? 0) >= wanted);
  return untested(
    `${pair}: the operator submits with Spark ${row.baseSpark}, which is older by a major version`,
    able === undefined
      ? "try it before you rely on it"
      : `take spark-operator ${able.chart} or newer`,
    ...row.sources,
  );
}

/** An operator chart and an image tag that replaces the chart's own. */
export interface OperatorTag {
  /** Chart version. */
  readonly operator: string;
  readonly imageTag: string;
}

/** Whether an image tag belongs to the release of a chart: another operator reads other flags. */
export function judgeImageTag({ operator, imageTag }: OperatorTag): Judgement {
  const row = operatorRow(operator);
  const pair = `image tag ${imageTag} in spark-operator chart ${operator}`;
  if (row === undefined) return unknownOperator(pair);
  if (imageTag === row.app || imageTag.startsWith(`${row.app}-`)) {
    return tested(`${pair}: of the chart's own release`, ...row.sources);
  }
  return untested(
    `${pair}: the chart is made for the operator ${row.app}`,
    `leave the image tag out, or take ${row.app}`,
    ...row.sources,
  );
}

const unknownOperator = (pair: string): Judgement =>
  untested(
    `${pair}: the table has no such chart`,
    `take one of ${operatorVersions.slice(-3).join(", ")}`,
  );
