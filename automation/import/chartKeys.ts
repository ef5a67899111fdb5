import { isCredentialName } from "../../components/workloads/spark/checks";
import { isRecord } from "../../settings/source";
import { fileKeys } from "./fileKeys";
import { dead, needless, to, unless } from "./fates";
import { imageKeys } from "./imageKeys";
import { isEmpty, note, type Fate, type Part } from "./part";
import { allPodKeys, podKeys } from "./podKeys";
import { mayBeCredential } from "./credentials";
import { scalarOf, textOf, wholeOf } from "./quantities";
import { accessKeys, liteKeys, routeKeys } from "./routeKeys";

/** What the component writes itself, in the same words. */
const ownConf = /^spark\.(appMasterEnv|executorEnv)\.DRIVER_IMPLEMENTATION_PACKAGE$/;

const s3aSecrets: Readonly<Record<string, "s3AccessKeyId" | "s3SecretAccessKey">> = {
  "spark.hadoop.fs.s3a.access.key": "s3AccessKeyId",
  "spark.hadoop.fs.s3a.secret.key": "s3SecretAccessKey",
};

const sparkConf: Fate = (value, key) =>
  Object.entries(isRecord(value) ? value : {}).flatMap(([name, given]): Part[] => {
    const from = `${key}["${name}"]`;
    const secret = Object.hasOwn(s3aSecrets, name) ? s3aSecrets[name] : undefined;
    if (secret !== undefined) return [{ part: "secret", secret, from }];
    if (isEmpty(given)) return [];
    const text = scalarOf(given);
    if (text === undefined) return [note("untranslated", from, "is no text")];
    if (ownConf.test(name) && text === "openeogeotrellis") return [];
    if (isCredentialName(name) || mayBeCredential(text)) {
      const message =
        "seems to be a credential, which would lie open in the SparkApplication; there is no setting for it";
      return [note("untranslated", from, message)];
    }
    return [{ part: "setting", at: ["sparkConf", name], value: text, from }];
  });

const scheduler: Fate = (value, key) =>
  textOf(value) === "default-scheduler" || isEmpty(value)
    ? []
    : [
        note(
          "untranslated",
          key,
          "the web application is left to the cluster's scheduler; batch jobs go to YuniKorn with openeo.batch.yunikorn.enabled and sparkOperator.batchScheduler",
        ),
      ];

/** One whose only content is that it is off has no effect at all. */
const dynamicAllocationEnabled: Fate = (value, key) =>
  value === true
    ? []
    : [note("dead", key, "the chart switches it on wherever dynamicAllocation has anything in it")];

const restart = (name: string) => to(`restart.${name}`, wholeOf, "whole number");

const executors = (name: string) => to(`dynamicAllocation.${name}`, wholeOf, "whole number");

/**
 * Every key that the public chart `sparkapplication` reads, and those that people give it although
 * it does not, with what becomes of them. Read in the templates, values and README of chart 1.3.1,
 * Open-EO/openeo-geotrellis-kubernetes at a7c2df0.
 */
export const chartKeys: Readonly<Record<string, Fate>> = {
  ...imageKeys,
  ...podKeys,
  ...allPodKeys,
  ...fileKeys,
  ...routeKeys,
  ...accessKeys,
  ...liteKeys,
  sparkConf,
  "batchScheduler.name": scheduler,
  "batchScheduler.queue": unless(
    (value) => value === "root.default",
    needless("the queue of batch jobs is openeo.batch.yunikorn.queue"),
  ),
  "restartPolicy.type": to("restart.policy", textOf, "text"),
  "restartPolicy.onFailureRetries": restart("failureRetries"),
  "restartPolicy.onFailureRetryInterval": restart("failureRetryIntervalSeconds"),
  "restartPolicy.onSubmissionFailureRetries": restart("submissionFailureRetries"),
  "restartPolicy.onSubmissionFailureRetryInterval": restart(
    "submissionFailureRetryIntervalSeconds",
  ),
  timeToLiveSeconds: to("timeToLiveSeconds", wholeOf, "whole number"),
  "dynamicAllocation.enabled": dynamicAllocationEnabled,
  "dynamicAllocation.initialExecutors": executors("initialExecutors"),
  "dynamicAllocation.minExecutors": executors("minExecutors"),
  "dynamicAllocation.maxExecutors": executors("maxExecutors"),
  "ha.enabled": dead("no template of the chart has high availability any more"),
};

const operatorsOwn =
  "is a key of the Spark operator's chart, not of openEO's; here: sparkOperator.jobNamespaces";

/** Keys of another chart that stand beside this one in many instructions. */
export const foreignKeys: Readonly<Record<string, string>> = {
  // Renamed twice in the operator's chart, where a stale one is silently ignored.
  sparkJobNamespace: operatorsOwn,
  sparkJobNamespaces: operatorsOwn,
  jobNamespaces: operatorsOwn,
  spark: operatorsOwn,
  sparkapplication:
    "is no key of the chart; of values for a chart around this one, give what stands here as a file",
  webhook:
    "is a key of the Spark operator's chart; the operator of the stack always has its webhook",
};
