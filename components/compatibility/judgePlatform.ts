import { endOfLifeRows, type EndOfLife } from "./endOfLifeTable";
import {
  chartRows,
  finkRows,
  kopsRule,
  rkeProviders,
  rkeRows,
  rkeSources,
  type RkeRow,
} from "./platformTable";
import { impossible, tested, untested, type Judgement } from "./verdict";
import { compareMinors, compareVersions, minorOf, parseVersion } from "./version";

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
  if (row.madeFor !== undefined && minorOf(kubernetes) !== row.madeFor) {
    return untested(
      `${pair}: the chart is made for Kubernetes ${row.madeFor}`,
      "take the chart whose minor version is Kubernetes' own",
      ...row.sources,
    );
  }
  return tested(`${pair}: the chart allows it`, ...row.sources);
}

/** Whether a version of RKE 1 installs a Kubernetes version. */
export function judgeRke(asked: { readonly rke: string; readonly kubernetes: string }): Judgement {
  const { rke, kubernetes } = asked;
  const pair = `Kubernetes ${kubernetes} with RKE ${rke}`;
  const row = rkeRow(kubernetes);
  if (row === undefined) {
    const newest = rkeRows.at(-1)?.kubernetes ?? "";
    return compareMinors(kubernetes, newest) > 0
      ? impossible(
          `${pair}: RKE 1 has ended at Kubernetes ${newest}`,
          "take another way to make the cluster",
          ...rkeSources,
        )
      : untested(`${pair}: the table has no such Kubernetes`, tryIt, ...rkeSources);
  }
  const tooOld = row.from !== undefined && compareVersions(rke, row.from) < 0;
  const tooNew = row.to !== undefined && compareMinors(rke, row.to) > 0;
  if (!tooOld && !tooNew) return tested(`${pair}: on Rancher's list`, ...rkeSources);
  const range = [
    ...(row.from === undefined ? [] : [`from ${row.from}`]),
    ...(row.to === undefined ? [] : [`up to the line ${row.to}`]),
  ].join(" ");
  return impossible(`${pair}: installed by RKE ${range}`, `take RKE ${range}`, ...rkeSources);
}

/** Whether a version of the Terraform provider `rancher/rke` installs a Kubernetes version. */
export function judgeRkeProvider(asked: {
  readonly provider: string;
  readonly kubernetes: string;
}): Judgement {
  const rke = rkeProviders[asked.provider];
  return rke === undefined
    ? untested(`RKE provider ${asked.provider}: not in the table`, tryIt, ...rkeSources)
    : judgeRke({ rke, kubernetes: asked.kubernetes });
}

/** Whether a Docker version is supported below a Kubernetes version on RKE 1. */
export function judgeDocker(asked: {
  readonly docker: string;
  readonly kubernetes: string;
}): Judgement {
  const { docker, kubernetes } = asked;
  const pair = `Docker ${docker} below Kubernetes ${kubernetes}`;
  const allowed = rkeRow(kubernetes)?.docker;
  if (allowed === undefined) {
    return untested(`${pair}: the table has no such Kubernetes`, tryIt, ...rkeSources);
  }
  const fits = allowed.some(
    ({ from = "0.0", to }) => compareMinors(docker, from) >= 0 && compareMinors(docker, to) <= 0,
  );
  if (fits) return tested(`${pair}: on Rancher's list`, ...rkeSources);
  const list = allowed.map(({ from, to }) => {
    if (from === to) return to;
    return from === undefined ? `up to ${to}` : `${from} to ${to}`;
  });
  return impossible(
    `${pair}: Rancher supports Docker ${list.join(", ")}`,
    `take Docker ${list.join(", ")}`,
    ...rkeSources,
  );
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

const rkeRow = (kubernetes: string): RkeRow | undefined =>
  rkeRows.find((row) => row.kubernetes === minorOf(kubernetes));
