import type { z } from "zod";
import type { Check } from "../crossCheck";
import type { batchSchema } from "./batch";

/**
 * What the settings of batch jobs mean beside others.
 *
 * @param at where the settings of the openEO stand
 * @param batch its `batch`
 * @param operator `sparkOperator`; `undefined` where this stack deploys none
 */
export function checkBatchSettings(
  at: readonly string[],
  batch: z.output<ReturnType<typeof batchSchema>>,
  operator: { readonly jobPodSecurity: string; readonly batchScheduler: boolean } | undefined,
  { refuse, remedies }: Check,
): void {
  const own = (...path: string[]) => [...at, "batch", ...path];
  if (batch.eodata && operator && operator.jobPodSecurity !== "privileged") {
    const message = `mounts folders of the nodes, which sparkOperator.jobPodSecurity ${operator.jobPodSecurity} refuses to pods`;
    const remedy = remedies.set(["sparkOperator", "jobPodSecurity"], "privileged");
    refuse(own("eodata"), message, remedy);
  }
  if (batch.yunikorn.enabled && operator?.batchScheduler === false) {
    const message = "names a scheduler that the operator passes over";
    const remedy = remedies.set(["sparkOperator", "batchScheduler"], true);
    refuse(own("yunikorn", "enabled"), message, remedy);
  }
  if (batch.template === undefined) return;
  const silent = "does nothing beside batch.template; say it in the template";
  for (const name of ["yunikorn", "preemptible"] as const) {
    const key = own(name, "enabled");
    if (batch[name].enabled) refuse(key, silent, remedies.set(key, false));
  }
  if (batch.log4j2 !== undefined) {
    refuse(own("log4j2"), silent, remedies.remove(own("log4j2")));
  }
}
