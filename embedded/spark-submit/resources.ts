import type { V1ResourceRequirements } from "@kubernetes/client-node";

type Properties = ReadonlyMap<string, string>;

/** What Spark adds to the memory of a JVM, at least, in MiB. */
const smallestOverheadMib = 384;
/** The overhead's share of the memory. */
const overheadFactor = 0.1;
const defaultMemory = "1g";

/**
 * Requests and limits of a driver or an executor, by the rules of Spark's documentation: memory plus
 * overhead is both request and limit, cores are the request, a limit of cores is only set if given.
 */
export function resources(
  properties: Properties,
  role: "driver" | "executor",
): V1ResourceRequirements {
  const get = (name: string) => properties.get(name);
  const cores = get(`spark.kubernetes.${role}.request.cores`) ?? get(`spark.${role}.cores`) ?? "1";
  const limit = get(`spark.kubernetes.${role}.limit.cores`);
  const memory = `${totalMib(properties, role)}Mi`;
  return {
    requests: { cpu: cores, memory },
    limits: { memory, ...(limit === undefined ? {} : { cpu: limit }) },
  };
}

function totalMib(properties: Properties, role: string): number {
  const memory = mib(properties.get(`spark.${role}.memory`) ?? defaultMemory);
  const overhead = properties.get(`spark.${role}.memoryOverhead`);
  if (overhead !== undefined) return memory + mib(overhead);
  const factor = Number(
    properties.get(`spark.${role}.memoryOverheadFactor`) ??
      properties.get("spark.kubernetes.memoryOverheadFactor") ??
      overheadFactor,
  );
  return memory + Math.max(Math.floor(memory * factor), smallestOverheadMib);
}

/** A size as Spark writes it, in MiB; a bare number is MiB already. */
export function mib(size: string): number {
  const [, number = "", unit = "m"] = /^(\d+)\s*([kmgt])?i?b?$/i.exec(size.trim()) ?? [];
  if (number === "") throw new Error(`"${size}" is no size: give a number and k, m, g or t`);
  const perUnit: Record<string, number> = { k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 };
  return Math.floor(Number(number) * (perUnit[unit.toLowerCase()] ?? 1));
}
