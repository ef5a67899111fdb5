import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { makeAccount } from "../../../base/access";
import { cronProblem } from "../../../base/cron";
import { requireWhole, type Refusals } from "../../../base/refusal";
import type { EnvironmentSource } from "../../spark";
import { loginVariables } from "../backendConfig";
import { lacksUntil } from "../images";
import type { OpenEoJobTrackerArgs } from "./args";
import { metadataOf, type OpenEoContext } from "./context";
import { pythonPodSpec, refusePodSize } from "./pod";

const defaults = {
  schedule: "* * * * *",
  startingDeadlineSeconds: 60,
  activeDeadlineSeconds: 600,
  successfulJobsHistory: 1,
  failedJobsHistory: 3,
  cpuMillicores: 100,
  memoryMib: 1024,
} satisfies Required<OpenEoJobTrackerArgs>;

/** The arguments with the defaults in place of what was left out. */
const filledIn = (args: OpenEoJobTrackerArgs): Required<OpenEoJobTrackerArgs> => ({
  schedule: args.schedule ?? defaults.schedule,
  startingDeadlineSeconds: args.startingDeadlineSeconds ?? defaults.startingDeadlineSeconds,
  activeDeadlineSeconds: args.activeDeadlineSeconds ?? defaults.activeDeadlineSeconds,
  successfulJobsHistory: args.successfulJobsHistory ?? defaults.successfulJobsHistory,
  failedJobsHistory: args.failedJobsHistory ?? defaults.failedJobsHistory,
  cpuMillicores: args.cpuMillicores ?? defaults.cpuMillicores,
  memoryMib: args.memoryMib ?? defaults.memoryMib,
});

/** What the job tracker asks the API server: the state of one SparkApplication after the other. */
export const jobTrackerRules = [
  { apiGroups: ["sparkoperator.k8s.io"], resources: ["sparkapplications"], verbs: ["get"] },
];

/** What only a web application reads. */
const webOnly = new Set<string>([
  loginVariables.user,
  loginVariables.password,
  "IMAGE_NAME",
  "KUBE_OPENEO_API_PORT",
  "OPENEO_CATALOG_FILES",
  "SIGNED_URL_SECRET",
  "SPARK_LOCAL_IP",
]);

/** The job tracker's environment: the web application's, without what only that reads. */
export const jobTrackerEnvironment = (
  environment: OpenEoContext["environment"],
): Record<string, EnvironmentSource> => ({
  ...Object.fromEntries(Object.entries(environment).filter(([name]) => !webOnly.has(name))),
  PYARROW_IGNORE_TIMEZONE: { value: "1" },
});

/** Kubernetes appends eleven characters to the name of a CronJob where 63 are allowed. */
const longestName = 52;

/** The name of the job tracker's objects. */
const nameOf = (instance: string): string => `${instance}-job-tracker`;

/** Refuses what the API server would refuse, or what would never run. */
export function checkJobTracker(
  refusals: Refusals,
  instance: string,
  args: OpenEoJobTrackerArgs,
  path = "jobTracker",
): void {
  const given = filledIn(args);
  refusals.require(
    nameOf(instance).length <= longestName,
    "name",
    `"${instance}" is too long beside a job tracker: at most ${longestName - nameOf("").length} characters`,
  );
  const problem = cronProblem(given.schedule);
  refusals.require(problem === undefined, `${path}.schedule`, problem ?? "");
  const whole = (key: Exclude<keyof OpenEoJobTrackerArgs, "schedule">, least: number) =>
    requireWhole(refusals, `${path}.${key}`, given[key], { least });
  // The controller looks every ten seconds: what is due for less is missed.
  whole("startingDeadlineSeconds", 10);
  whole("activeDeadlineSeconds", 1);
  whole("successfulJobsHistory", 0);
  whole("failedJobsHistory", 0);
  refusePodSize(refusals, path, given);
}

/**
 * Whether an image keeps batch jobs where there is neither a job registry nor ZooKeeper.
 *
 * @param imageVersion its tag
 */
export const keepsJobsItself = (imageVersion: string): boolean =>
  lacksUntil(imageVersion, "jobsInMemory") === undefined;

/** What there is to warn about: jobs that are kept nowhere, or stay in the state they began with. */
export function jobTrackerWarnings(
  imageVersion: string,
  environment: OpenEoContext["environment"],
  hasTracker: boolean,
): readonly string[] {
  const hasRegistry = "OPENEO_EJR_API" in environment;
  const hasZooKeeper = "ZOOKEEPERNODES" in environment;
  if (!hasRegistry && !hasZooKeeper) {
    if (!keepsJobsItself(imageVersion)) {
      return [
        "no batch job can be made: this image keeps them in a job registry or in ZooKeeper, and it is told of neither; set jobRegistry or zooKeeper",
      ];
    }
    return hasTracker
      ? ["the job tracker finds nothing: without a job registry openEO follows jobs by itself"]
      : [];
  }
  const needed = hasRegistry || !keepsJobsItself(imageVersion);
  return needed && !hasTracker
    ? ["batch jobs stay in the state they began with: the job tracker tells it; switch it on"]
    : [];
}

/** The job tracker's CronJob, with an account that may read SparkApplications and nothing else. */
export function makeJobTracker(
  context: OpenEoContext,
  args: OpenEoJobTrackerArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.CronJob {
  const name = nameOf(context.name);
  const metadata = metadataOf(context, name);
  const { account } = makeAccount(name, metadata, jobTrackerRules, opts);
  const spec = cronJobSpec(context, filledIn(args), account.metadata.name);
  return new k8s.batch.v1.CronJob(`${name}-cronjob`, { metadata, spec }, opts);
}

/** One run at a time; one that fails is not repeated, as the next is near. */
function cronJobSpec(
  context: OpenEoContext,
  args: Required<OpenEoJobTrackerArgs>,
  account: pulumi.Input<string>,
) {
  const { cpuMillicores, memoryMib } = args;
  const program = {
    name: "job-tracker",
    account,
    run: ["-m", "openeogeotrellis.job_tracker_v2", "--app-cluster", "k8s"],
    environment: jobTrackerEnvironment(context.environment),
    cpuMillicores,
    memoryMib,
  };
  const labels = { ...context.labels, "app.kubernetes.io/name": nameOf(context.name) };
  return {
    schedule: args.schedule,
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: args.startingDeadlineSeconds,
    successfulJobsHistoryLimit: args.successfulJobsHistory,
    failedJobsHistoryLimit: args.failedJobsHistory,
    jobTemplate: {
      spec: {
        activeDeadlineSeconds: args.activeDeadlineSeconds,
        backoffLimit: 0,
        template: {
          metadata: { labels },
          spec: { restartPolicy: "Never", ...pythonPodSpec(context, program, {}) },
        },
      },
    },
  };
}
