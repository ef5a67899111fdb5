import { sparkRows, type SparkRow } from "./sparkTable";
import { impossible, tested, untested, type Judgement } from "./verdict";
import { compareMinors, minorOf, parseVersion } from "./version";

/** A Spark version and a Kubernetes version, each as `major.minor` or longer. */
export interface SparkOnKubernetes {
  readonly spark: string;
  readonly kubernetes: string;
}

/** The row of a Spark version; `undefined` where the table has none. */
export function sparkRow(spark: string): SparkRow | undefined {
  const patch = parseVersion(spark)?.[2] ?? 0;
  return sparkRows.findLast((row) => row.spark === minorOf(spark) && patch >= (row.fromPatch ?? 0));
}

/** Whether a Spark version runs on a Kubernetes version. */
export function judgeSpark({ spark, kubernetes }: SparkOnKubernetes): Judgement {
  const row = sparkRow(spark);
  const pair = `Spark ${spark} on Kubernetes ${kubernetes}`;
  if (row === undefined) {
    if (compareMinors(spark, "2.3") < 0) {
      return impossible(
        `${pair}: Spark runs on Kubernetes since 2.3`,
        `take ${newestFor(kubernetes)}`,
        "Spark 2.3 documentation, Running on Kubernetes",
      );
    }
    return untested(`${pair}: the table has no such Spark`, "try it before you rely on it");
  }
  if (row.minimum !== undefined && compareMinors(kubernetes, row.minimum) < 0) {
    return impossible(
      `${pair}: needs Kubernetes ${row.minimum} or newer`,
      `take Kubernetes ${row.minimum} or newer, or ${newestFor(kubernetes)}`,
      ...row.sources,
    );
  }
  if (row.maximum !== undefined && compareMinors(kubernetes, row.maximum) > 0) {
    return impossible(
      `${pair}: works up to Kubernetes ${row.maximum} only${row.note ? ` (${row.note})` : ""}`,
      `take ${newestFor(kubernetes)}, or Kubernetes ${row.maximum}`,
      ...row.sources,
    );
  }
  if (row.tested.includes(minorOf(kubernetes))) {
    return tested(`${pair}: somebody ran it`, ...row.sources);
  }
  return untested(
    `${pair}: nobody is on record who ran it${knownOn(row)}`,
    "try it before you rely on it",
    ...row.sources,
  );
}

function knownOn(row: SparkRow): string {
  const facts = [
    ...(row.tested.length > 0 ? [`it ran on ${row.tested.join(", ")}`] : []),
    ...(row.recommended === undefined ? [] : [`Spark recommends ${row.recommended} or newer`]),
  ];
  return facts.length > 0 ? `; ${facts.join("; ")}` : "";
}

/** The newest Spark that ran on that Kubernetes, else the newest that is not known to fail there. */
function newestFor(kubernetes: string): string {
  const able = sparkRows.filter(
    ({ minimum = "0.0", maximum = "99.99" }) =>
      compareMinors(kubernetes, minimum) >= 0 && compareMinors(kubernetes, maximum) <= 0,
  );
  const best =
    able.findLast((row) => row.tested.includes(minorOf(kubernetes))) ??
    able.findLast((row) => row.recommended === undefined && row.spark !== "5.0");
  return best === undefined ? "another Spark version" : `Spark ${best.spark}`;
}
