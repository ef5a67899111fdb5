import { endOfLifeRows, type EndOfLife } from "./endOfLifeTable";
import { chartRows, finkRows, kopsRule } from "./platformTable";
import { impossible, tested, untested, type Judgement } from "./verdict";
import { compareMinors, minorOf, parseVersion } from "./version";

const tryIt = "try it before you rely on it";

/** Whether a chart installs on a Kubernetes version. */
export function judgeChart(asked: {
  readonly chart: string;
  readonly version: string;
  readonly kubernetes: string;
}): Judgement {
  const { chart, version, kubernetes } = asked;
  const pair = `chart ${chart} ${version} on Kubernetes ${kubernetes}`;
  const row = chartRows.find((one) => one.chart === chart && one.version === version);
  if (row === undefined) return untested(`${pair}: the table has no such chart`, tryIt);
  if (row.minimum !== undefined && compareMinors(kubernetes, row.minimum) < 0) {
    return impossible(
      `${pair}: needs Kubernetes ${row.minimum} or newer`,
      `take Kubernetes ${row.minimum} or newer`,
      ...row.sources,
    );
  }
  if (row.testedTo !== undefined && compareMinors(kubernetes, row.testedTo) > 0) {
    return untested(`${pair}: tested up to Kubernetes ${row.testedTo}`, tryIt, ...row.sources);
  }
  return tested(`${pair}: the chart allows it`, ...row.sources);
}

/** Whether a kops version makes a Kubernetes version. */
export function judgeKops(asked: {
  readonly kops: string;
  readonly kubernetes: string;
}): Judgement {
  const { kops, kubernetes } = asked;
  const pair = `Kubernetes ${kubernetes} with kops ${kops}`;
  const behind = (parseVersion(kops)?.[1] ?? 0) - (parseVersion(kubernetes)?.[1] ?? 0);
  if (behind < 0) {
    return impossible(
      `${pair}: newer than kops`,
      `take kops ${minorOf(kubernetes)}`,
      ...kopsRule.sources,
    );
  }
  if (behind <= kopsRule.supported) return tested(`${pair}: supported`, ...kopsRule.sources);
  const remedy = `take kops ${minorOf(kubernetes)}, or a newer Kubernetes`;
  return behind <= kopsRule.deprecated
    ? untested(`${pair}: deprecated there`, remedy, ...kopsRule.sources)
    : impossible(`${pair}: too old for it`, remedy, ...kopsRule.sources);
}

/** Whether a Fink release runs on a Spark and a Kubernetes version. */
export function judgeFink(asked: {
  readonly fink: string;
  readonly spark: string;
  readonly kubernetes: string;
}): Judgement {
  const { fink, spark, kubernetes } = asked;
  const pair = `Fink ${fink} with Spark ${spark} on Kubernetes ${kubernetes}`;
  const row = finkRows.find((one) => minorOf(one.fink) === minorOf(fink));
  if (row === undefined) return untested(`${pair}: the table has no such Fink`, tryIt);
  if (minorOf(row.spark) !== minorOf(spark)) {
    return impossible(
      `${pair}: its image holds Spark ${row.spark}`,
      `take Spark ${row.spark}`,
      ...row.sources,
    );
  }
  if (row.maximum !== undefined && compareMinors(kubernetes, row.maximum) > 0) {
    return impossible(
      `${pair}: works up to Kubernetes ${row.maximum} only`,
      `take a newer Fink, or Kubernetes ${row.maximum}`,
      ...row.sources,
    );
  }
  return row.kubernetes === minorOf(kubernetes)
    ? tested(`${pair}: somebody ran it`, ...row.sources)
    : untested(`${pair}: nobody is on record who ran it`, tryIt, ...row.sources);
}

/** The end of life of a Kubernetes version; `undefined` where none is on record. */
export const kubernetesEndOfLife = (kubernetes: string): EndOfLife | undefined =>
  endOfLifeRows.find(({ subject }) => subject === `Kubernetes ${minorOf(kubernetes)}`);
