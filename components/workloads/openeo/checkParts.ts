import type { Refusals } from "../../base/refusal";
import type { OpenEoArgs } from "./args";
import { checkBatch } from "./batch/check";
import { checkLite } from "./batch/lite";
import { checkJobTracker, jobTrackerWarnings } from "./batch/tracker";
import { driverEnvironment, isNowhere } from "./environment";
import type { ImageContent } from "./images";
import { secretVariables } from "./secretVariables";

/**
 * Looks at the parts beside the web application.
 *
 * @returns what there is to warn about
 */
export function checkParts(
  refusals: Refusals,
  name: string,
  args: OpenEoArgs,
  image: ImageContent,
): readonly string[] {
  const environment = saidEnvironment(args, image);
  checkBatch(refusals, args.batch ?? {}, image.sparkVersion);
  if (args.lite) checkLite(refusals, args.lite, args.imageVersion, environment);
  if (args.jobTracker) checkJobTracker(refusals, name, args.jobTracker);
  return jobTrackerWarnings(args.imageVersion, environment, args.jobTracker !== undefined);
}

/** The driver's environment, as far as it names something that is there. */
function saidEnvironment(args: OpenEoArgs, { pythonVersion }: ImageContent) {
  const plain = driverEnvironment(args, { pythonVersion, catalogs: [], hasBackendConfig: true });
  const secret = Object.keys(secretVariables(args)).map(
    (key) => [key, { secret: "any", key }] as const,
  );
  return Object.fromEntries([
    ...Object.entries(plain).filter(([, source]) => !isNowhere(source)),
    ...secret,
  ]);
}
