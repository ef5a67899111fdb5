import { charts } from "../../charts";
import { judgeOperatorSpark, judgeSpark } from "../../compatibility";
import { Refusals, requireKubernetesVersion, requireWhole } from "../../base/refusal";
import { weigh } from "../../services/verdicts";
import { refuseApplicationName, refuseCredentials, refuseSize } from "../spark";
import { sizeOf } from "./application";
import type { OpenEoArgs } from "./args";
import { checkParts } from "./checkParts";
import { refuseCatalogs } from "./checkCatalogs";
import { refuseFeatures } from "./checkFeatures";
import { longestName } from "./names";
import { imageContent, imageReleases, type ImageContent } from "./images";

/** What the arguments come to. */
export interface CheckedOpenEo {
  /** What the image holds. */
  readonly image: ImageContent;
  /** What there is to warn about. */
  readonly warnings: readonly string[];
}

/**
 * Looks at all arguments before anything is registered.
 *
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
export function checkOpenEo(name: string, args: OpenEoArgs): CheckedOpenEo {
  const refusals = new Refusals(`OpenEo ${name}`);
  refuseApplicationName(refusals, name);
  refusals.require(
    name.length <= longestName,
    "name",
    `"${name}" is longer than ${longestName} characters: names of other objects go on after it`,
  );
  refusals.require(
    args.jobNamespaces.includes(args.namespace),
    "namespace",
    `"${args.namespace}" is none of the operator's job namespaces (${args.jobNamespaces.join(", ")}); ` +
      "an application elsewhere is never started: add it to jobNamespaces",
  );
  refuseImage(refusals, args);
  refuseCatalogs(refusals, args);
  refuseFeatures(refusals, args);
  refusePods(refusals, args);
  refuseCredentials(refusals, "sparkConf", args.sparkConf ?? {});
  refuseCredentials(refusals, "extraEnv", args.extraEnv ?? {});
  for (const pod of ["driver", "executor"] as const) {
    refuseCredentials(refusals, pod, { javaOptions: args[pod]?.javaOptions ?? "" });
  }
  const image = imageContent(args);
  refusals.require(
    image !== undefined,
    "imageVersion",
    `"${args.imageVersion}" is no release whose content is known (${Object.keys(imageReleases).join(", ")}); ` +
      "give sparkVersion and pythonVersion beside it",
  );
  const warnings =
    image === undefined
      ? []
      : [...judge(refusals, args, image.sparkVersion), ...checkParts(refusals, name, args, image)];
  refusals.throwIfAny();
  if (image === undefined) throw new Error("cannot happen: an unknown image was refused");
  return { image, warnings };
}

function judge(refusals: Refusals, args: OpenEoArgs, spark: string): readonly string[] {
  const { kubernetesVersion: kubernetes } = args;
  const operator = args.sparkOperatorVersion ?? charts.sparkOperator.version;
  const propertyPath = "sparkVersion";
  return weigh(refusals, [
    ...(requireKubernetesVersion(refusals, kubernetes)
      ? [{ propertyPath, judgement: judgeSpark({ spark, kubernetes }) }]
      : []),
    { propertyPath, judgement: judgeOperatorSpark({ operator, spark }) },
  ]);
}

function refuseImage(refusals: Refusals, args: OpenEoArgs): void {
  refusals.require(args.image !== "", "image", "is empty; name the image without its tag");
  refusals.require(
    !/:[^/]*$/.test(args.image),
    "image",
    `"${args.image}" carries a tag; put it into imageVersion`,
  );
  refusals.require(
    args.imageVersion !== "" && args.imageVersion !== "latest",
    "imageVersion",
    `"${args.imageVersion}" names no one image; name an exact tag`,
  );
  const python = args.pythonVersion ?? "3.8";
  refusals.require(
    /^3\.\d+$/.test(python),
    "pythonVersion",
    `"${python}" is no version of Python; write it as major.minor, such as 3.8`,
  );
  const paths = [args.mainApplicationFile ?? "local://", ...(args.jars ?? [])];
  paths.forEach((path, index) =>
    refusals.require(
      path.startsWith("local://"),
      index === 0 ? "mainApplicationFile" : `jars[${index - 1}]`,
      `"${path}" is no local:// path; the image has to bring it`,
    ),
  );
}

function refusePods(refusals: Refusals, args: OpenEoArgs): void {
  refuseSize(refusals, "driver", sizeOf(args.driver));
  refuseSize(refusals, "executor", sizeOf(args.executor));
  const whole = (path: string, least: number, value: number | undefined) =>
    requireWhole(refusals, path, value, { least });
  whole("executor.instances", 1, args.executor?.instances);
  whole("executor.cores", 1, args.executor?.cores);
  whole("timeToLiveSeconds", 1, args.timeToLiveSeconds);
  const { restart = {}, dynamicAllocation: executors } = args;
  whole("restart.failureRetries", 0, restart.failureRetries);
  whole("restart.failureRetryIntervalSeconds", 1, restart.failureRetryIntervalSeconds);
  whole("restart.submissionFailureRetries", 0, restart.submissionFailureRetries);
  whole(
    "restart.submissionFailureRetryIntervalSeconds",
    1,
    restart.submissionFailureRetryIntervalSeconds,
  );
  if (executors !== undefined) {
    const { minExecutors: least, initialExecutors: first, maxExecutors: most } = executors;
    whole("dynamicAllocation.minExecutors", 0, least);
    whole("dynamicAllocation.maxExecutors", 1, most);
    refusals.require(
      Number.isInteger(first) && least <= first && first <= most,
      "dynamicAllocation.initialExecutors",
      `must be a whole number from minExecutors (${least}) to maxExecutors (${most}), got ${first}`,
    );
  }
  requireWhole(refusals, "metrics.port", args.metrics?.port, { least: 1024, most: 49151 });
}
