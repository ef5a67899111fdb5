import { cronProblem } from "../../base/cron";
import { Refusals, requireKubernetesVersion, requireWhole } from "../../base/refusal";
import { charts } from "../../charts";
import { judgeOperatorSpark, judgeSpark } from "../../compatibility";
import { weigh } from "../../services/verdicts";
import { checkPreemptible } from "../preemptible";
import { refuseApplicationName, refuseCredentials, refuseSize } from "../spark";
import { scheduledPodSize } from "./application";
import type { ScheduledSparkArgs, SparkJobArgs } from "./args";

/** A run's name is the application's with `-` and the time in nanoseconds behind it. */
const longestName = 63 - 20;

/**
 * Looks at all arguments before anything is registered.
 *
 * @returns what there is to warn about
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
export function checkScheduledSpark(name: string, args: ScheduledSparkArgs): readonly string[] {
  const refusals = new Refusals(`ScheduledSpark ${name}`);
  refuseApplicationName(refusals, name);
  refusals.require(
    name.length <= longestName,
    "name",
    `"${name}" leaves no room for the time of a run: at most ${longestName} characters`,
  );
  refusals.require(
    args.jobNamespaces.includes(args.namespace),
    "namespace",
    `"${args.namespace}" is none of the operator's job namespaces (${args.jobNamespaces.join(", ")}); ` +
      "an application elsewhere is never started: add it to jobNamespaces",
  );
  const problem = cronProblem(args.schedule);
  refusals.require(problem === undefined, "schedule", problem ?? "");
  const operator = args.sparkOperatorVersion ?? charts.sparkOperator.version;
  refuseTimeZone(refusals, args.timeZone, operator);
  for (const key of ["successfulRunHistory", "failedRunHistory"] as const) {
    requireWhole(refusals, key, args[key], { least: 0 });
  }
  refuseJob(refusals, args.application);
  const { sparkVersion: spark } = args.application;
  const { kubernetesVersion: kubernetes } = args;
  const propertyPath = "application.sparkVersion";
  const warnings = weigh(refusals, [
    ...(requireKubernetesVersion(refusals, kubernetes)
      ? [{ propertyPath, judgement: judgeSpark({ spark, kubernetes }) }]
      : []),
    { propertyPath, judgement: judgeOperatorSpark({ operator, spark }) },
  ]);
  refusals.throwIfAny();
  return warnings;
}

function refuseJob(refusals: Refusals, job: SparkJobArgs): void {
  const own = "application";
  refusals.require(
    /^[^\s:@]+(:\d+)?(\/[^\s:@]+)*(:[^\s:@/]+|@sha256:[0-9a-f]{64})$/.test(job.image) &&
      !job.image.endsWith(":latest"),
    `${own}.image`,
    `"${job.image}" names no one image; name it with an exact tag or its digest`,
  );
  const paths = { mainApplicationFile: [job.mainApplicationFile], jars: job.jars ?? [] };
  for (const [key, values] of Object.entries(paths)) {
    const wrong = values.find((path) => !path.startsWith("local://"));
    const rule = `"${wrong ?? ""}" is no local:// path; the image has to bring it`;
    refusals.require(wrong === undefined, `${own}.${key}`, rule);
  }
  refuseSize(refusals, `${own}.driver`, scheduledPodSize(job.driver));
  refuseSize(refusals, `${own}.executor`, scheduledPodSize(job.executor));
  requireWhole(refusals, `${own}.executors`, job.executors, { least: 1 });
  requireWhole(refusals, `${own}.executorCores`, job.executorCores, { least: 1 });
  requireWhole(refusals, `${own}.retries`, job.retries, { least: 0 });
  refuseCredentials(refusals, `${own}.sparkConf`, job.sparkConf ?? {});
  refuseCredentials(refusals, `${own}.environment`, job.environment ?? {});
  const twice = Object.keys(job.secretEnvironment ?? {}).filter(
    (name) => name in (job.environment ?? {}),
  );
  refusals.require(
    twice.length === 0,
    `${own}.secretEnvironment`,
    `${twice.join(", ")} stands in environment too`,
  );
  if (job.preemptible) {
    checkPreemptible(refusals, `${own}.preemptible`, job.preemptible, job.sparkVersion);
  }
}

/** Operators before this have no time zones, and pass over one. Source: its git tags. */
const firstWithTimeZone = [2, 2];

function refuseTimeZone(refusals: Refusals, timeZone: string | undefined, operator: string): void {
  if (timeZone === undefined) return;
  refusals.require(
    isTimeZone(timeZone),
    "timeZone",
    `"${timeZone}" is no time zone; write it as Europe/Brussels, or UTC`,
  );
  const [major = 0, minor = 0] = operator.split(".").map(Number);
  const [firstMajor = 0, firstMinor = 0] = firstWithTimeZone;
  refusals.require(
    major > firstMajor || (major === firstMajor && minor >= firstMinor),
    "timeZone",
    `spark-operator ${operator} passes over time zones; leave it out, or take 2.2.0 or newer`,
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
