import type { Check } from "../crossCheck";
import type { PlainSettings } from "../schema";
import { batchSchema } from "./batch";
import type { OpenEoInstance } from "./instances";

type Instance = OpenEoInstance<PlainSettings["openeo"]>;

/** What the settings of batch jobs mean beside others. */
export function checkBatch(instance: Instance, settings: PlainSettings, check: Check): void {
  const { batch } = instance.openeo;
  if (batch.template === undefined) checkScheduling(instance, settings, check);
  else checkBesideTemplate(instance, settings, check);
}

function checkScheduling(
  { at, openeo: { batch } }: Instance,
  { sparkOperator: operator }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  if (!operator.enabled) return;
  if (batch.eodata && operator.jobPodSecurity !== "privileged") {
    const message = `mounts folders of the nodes, which sparkOperator.jobPodSecurity ${operator.jobPodSecurity} refuses to pods`;
    const remedy = remedies.set(["sparkOperator", "jobPodSecurity"], "privileged");
    refuse([...at, "batch", "eodata"], message, remedy);
  }
  if (batch.yunikorn.enabled && !operator.batchScheduler) {
    const message = "names a scheduler that the operator passes over";
    const remedy = remedies.set(["sparkOperator", "batchScheduler"], true);
    refuse([...at, "batch", "yunikorn", "enabled"], message, remedy);
  }
}

/** A template says for itself what these settings would; what they are by default does no harm. */
function checkBesideTemplate(
  { at, openeo }: Instance,
  { target }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  const { batch } = openeo;
  const defaults = batchSchema(target).parse(undefined);
  const differs = (key: "eodata" | "eventLog" | "log4j2") =>
    JSON.stringify(batch[key]) !== JSON.stringify(defaults[key]);
  const silent: readonly (readonly [isSilent: boolean, ...path: string[]])[] = [
    [differs("eodata"), "eodata"],
    // In the stack's own store the folder is made.
    [differs("eventLog") && openeo.s3 !== undefined, "eventLog"],
    [batch.yunikorn.enabled, "yunikorn", "enabled"],
    [batch.preemptible.enabled, "preemptible", "enabled"],
    [differs("log4j2"), "log4j2"],
  ];
  for (const [isSilent, ...path] of silent) {
    const place = [...at, "batch", ...path];
    const message = "does nothing beside batch.template; say it in the template";
    if (isSilent) refuse(place, message, remedies.remove(place));
  }
}
