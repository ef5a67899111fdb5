import { dns1035Rule, isDns1035Label } from "../../base/names";
import { requireWhole, type Refusals } from "../../base/refusal";
import type { PodSize } from "./model";

/** Names that hold a credential, but not those that only say where credentials come from. */
const credentialName =
  /(secret|password|passwd|token|credentials?|(access|api|account|storage|private)[._-]?key)(?!.*\.(provider|enabled|path)s?$)/i;

/** Values that are a credential, or hold one, whatever they are called. */
const credentialValue =
  /\b(AKIA|ASIA)[A-Z0-9]{12,}|:\/\/[^/\s:@]+:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** System properties on a command line of the JVM, with their values. */
const systemProperty = /-D([^=\s]+)=/g;

/** Whether a name, of a variable or a Spark property, is one that holds a credential. */
export const isCredentialName = (name: string): boolean => credentialName.test(name);

const isCredential = (name: string, value: string): boolean =>
  isCredentialName(name) ||
  credentialValue.test(value) ||
  [...value.matchAll(systemProperty)].some(([, property = ""]) => isCredentialName(property));

/** Refuses what would lie open in the cluster's API and looks like a credential, by name or value. */
export function refuseCredentials(
  refusals: Refusals,
  propertyPath: string,
  values: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(values)) {
    refusals.require(
      !isCredential(key, value),
      `${propertyPath}.${key}`,
      "looks like a credential, which anyone who may read the object could read here; " +
        "put it into a Secret that the image reads from its environment",
    );
  }
}

/** Refuses a name that the operator's webhook would refuse, later and in fewer words. */
export function refuseApplicationName(refusals: Refusals, name: string): void {
  refusals.require(
    isDns1035Label(name),
    "name",
    `"${name}" names a SparkApplication: ${dns1035Rule}`,
  );
}

/** Refuses sizes that Spark or Kubernetes would refuse, or that no Python application fits in. */
export function refuseSize(refusals: Refusals, propertyPath: string, size: PodSize): void {
  const atLeast = (least: number, key: keyof PodSize, unit: string) =>
    requireWhole(refusals, `${propertyPath}.${key}`, size[key], { least, unit });
  atLeast(100, "cpuMillicores", "thousandths of a core");
  atLeast(size.cpuMillicores, "cpuLimitMillicores", "thousandths of a core");
  atLeast(512, "memoryMib", "MiB");
  atLeast(384, "memoryOverheadMib", "MiB");
}
