import type { z } from "zod";
import type { Refuser } from "../crossChecks";
import { keyOf, type Remedies } from "../wording";
import type { batchSchema } from "./batch";

/**
 * What the settings of batch jobs mean beside others.
 *
 * @param batch `openeo.batch`
 * @param operator `sparkOperator`; `undefined` where this stack deploys none
 */
export function checkBatchSettings(
  batch: z.output<ReturnType<typeof batchSchema>>,
  operator: { readonly jobPodSecurity: string; readonly batchScheduler: boolean } | undefined,
  { refuse }: Pick<Refuser, "refuse">,
  remedies: Remedies,
): void {
  const own = (...path: string[]) => ["openeo", "batch", ...path];
  if (batch.eodata && operator && operator.jobPodSecurity !== "privileged") {
    const message = `mounts folders of the nodes, which sparkOperator.jobPodSecurity ${operator.jobPodSecurity} refuses to pods`;
    const remedy = remedies.set(["sparkOperator", "jobPodSecurity"], "privileged");
    refuse(keyOf(own("eodata")), message, remedy);
  }
  if (batch.yunikorn.enabled && operator?.batchScheduler === false) {
    const message = "names a scheduler that the operator passes over";
    const remedy = remedies.set(["sparkOperator", "batchScheduler"], true);
    refuse(keyOf(own("yunikorn", "enabled")), message, remedy);
  }
  if (batch.template === undefined) return;
  const silent = "does nothing beside openeo.batch.template; say it in the template";
  for (const name of ["yunikorn", "preemptible"] as const) {
    const key = own(name, "enabled");
    if (batch[name].enabled) refuse(keyOf(key), silent, remedies.set(key, false));
  }
  if (batch.log4j2 !== undefined) {
    refuse(keyOf(own("log4j2")), silent, remedies.remove(own("log4j2")));
  }
}
