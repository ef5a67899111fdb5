import {
  compatibility,
  judgeOperator,
  judgeOperatorSpark,
  judgeSpark,
  minimumKubernetes,
  type Judgement,
} from "../components/compatibility";
import type { Answer } from "./graph";

/** Versions that somebody wants to use together. */
export interface Versions {
  readonly spark?: string;
  readonly kubernetes?: string;
  readonly operator?: string;
}

/** A verdict on every pair of the versions that are given; the tables where none is. */
export function compat(versions: Versions): Answer & { readonly refused: boolean } {
  const { spark, kubernetes, operator } = versions;
  if (!spark && !kubernetes && !operator) return { text: tables(), notes: [], refused: false };
  const judgements = [
    ...(spark && kubernetes ? [judgeSpark({ spark, kubernetes })] : []),
    ...(operator && kubernetes ? [judgeOperator({ operator, kubernetes })] : []),
    ...(operator && spark ? [judgeOperatorSpark({ operator, spark })] : []),
  ];
  if (judgements.length === 0) {
    return { text: "", notes: ["give two of --spark, --kubernetes, --operator"], refused: true };
  }
  const refused = judgements.some(({ verdict }) => verdict === "impossible");
  return { text: judgements.map(verdictText).join(""), notes: [], refused };
}

function verdictText({ verdict, reason, remedy, sources }: Judgement): string {
  const lines = [`${verdict}: ${reason}`, ...(remedy ? [`  ${remedy}`] : [])];
  return [...lines, ...sources.map((source) => `  source: ${source}`), ""].join("\n");
}

function tables(): string {
  const spark = compatibility.spark.map((row) => [
    `Spark ${row.spark}${row.fromPatch === undefined ? "" : `.${row.fromPatch}`}`,
    `Kubernetes ${row.minimum ?? "?"} to ${row.maximum ?? "newest"}`,
    row.tested.length > 0 ? `ran on ${row.tested.join(", ")}` : "",
  ]);
  const operators = compatibility.operator.map((row) => [
    `spark-operator ${row.chart}`,
    `base Spark ${row.baseSpark}`,
    "",
  ]);
  const services = Object.entries(minimumKubernetes).map(([service, minimum]) => [
    service,
    `Kubernetes ${minimum} or newer`,
    "",
  ]);
  return [...spark, ...operators, ...services]
    .map(([name = "", range = "", ran = ""]) =>
      `${name.padEnd(24)}${range.padEnd(34)}${ran}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
