import { Refusals, requireWhole } from "../../../base/refusal";
import { bucketNameRule, isBucketName, isFolder } from "../../../services/objectStore/buckets";
import { checkPreemptible } from "../../preemptible";
import { refuseCredentials } from "../../spark";
import type { OpenEoBatchArgs } from "./args";

/** What a template of jobs says for itself, so that the settings beside it would do nothing. */
const ofTemplate = ["eodata", "eventLog", "yunikorn", "preemptible", "log4j2"] as const;

/** Refuses settings of batch jobs that openEO, Spark or Kubernetes would refuse, or pass over. */
export function checkBatch(
  refusals: Refusals,
  args: OpenEoBatchArgs,
  sparkVersion: string,
  path = "batch",
): void {
  const { eventLog, yunikorn, fuse, preemptible } = args;
  requireWhole(refusals, `${path}.concurrentJobs`, args.concurrentJobs, { least: 0 });
  const matches = (key: string, value: string | undefined, pattern: RegExp, rule: string) =>
    refusals.require(
      value === undefined || pattern.test(value),
      `${path}.${key}`,
      `"${value ?? ""}" is ${rule}`,
    );
  refusals.require(
    eventLog?.bucket === undefined || isBucketName(eventLog.bucket),
    `${path}.eventLog.bucket`,
    `"${eventLog?.bucket ?? ""}" is no bucket: ${bucketNameRule}`,
  );
  refusals.require(
    eventLog?.folder === undefined || isFolder(eventLog.folder),
    `${path}.eventLog.folder`,
    `"${eventLog?.folder ?? ""}" is no folder of a bucket, as in logs/2026`,
  );
  matches(
    "fuse.mounter",
    fuse?.mounter,
    /^(s3fs|geesefs|rclone)$/,
    "none of s3fs, geesefs, rclone",
  );
  matches(
    "yunikorn.queue",
    yunikorn?.queue,
    /^root(\.[A-Za-z0-9_-]{1,64})*$/,
    "no queue; root first",
  );
  requireWhole(
    refusals,
    `${path}.yunikorn.schedulingTimeoutSeconds`,
    yunikorn?.schedulingTimeoutSeconds,
    { least: 1 },
  );
  if (preemptible) checkPreemptible(refusals, `${path}.preemptible`, preemptible, sparkVersion);
  checkPropagated(refusals, args.propagatedEnvironment ?? [], path);
  for (const key of args.template === undefined ? [] : ofTemplate) {
    refusals.require(
      args[key] === undefined,
      `${path}.${key}`,
      `does nothing beside ${path}.template; say it in the template, or leave the template out`,
    );
  }
}

function checkPropagated(refusals: Refusals, names: readonly string[], path: string): void {
  const wrong = names.filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  refusals.require(
    wrong.length === 0,
    `${path}.propagatedEnvironment`,
    `"${wrong.join('", "')}" is no name of a variable`,
  );
  const values = Object.fromEntries(names.map((name) => [name, ""]));
  refuseCredentials(refusals, `${path}.propagatedEnvironment`, values);
}
