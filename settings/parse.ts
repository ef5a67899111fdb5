import path from "node:path";
import { crossCheck, type CrossChecked } from "./crossChecks";
import { withAbsoluteFiles } from "./files";
import { SettingsError, type Problem } from "./problem";
import { defaultStack, resolveOpenStack } from "./openstack/resolve";
import { readPlain, unknownKey } from "./read";
import { nodeAt, schemaNode, type PlainSettings, type SchemaNode } from "./schema";
import { isSecretKey, secretSettings, type SecretKey } from "./secrets";
import type { Settings } from "./settings";
import { isRecord, type SettingsSource } from "./source";
import { targetSchema, type Target } from "./target";
import { Remedies } from "./wording";

/**
 * Understands what a stack says.
 *
 * @throws SettingsError with every problem, each with the command that mends it
 */
export function parseSettings(source: SettingsSource): Settings {
  const remedies = new Remedies(source.stack);
  const { plain, secrets, problems: misplaced } = sortSecrets(source, remedies);
  const target = targetOf(plain);
  const reading = readPlain(plain, target, remedies);
  const { settings } = reading;
  const cross = crossCheck(settings, secrets, plain, remedies, source);
  const problems = combined(misplaced, reading.problems, cross.problems);
  if (problems.length > 0) throw new SettingsError(problems);
  return frozen(arranged(settings, secrets, cross, source));
}

/**
 * An unusable target is reported like any other setting; the rest is judged as for the one that
 * demands least.
 */
function targetOf(plain: Readonly<Record<string, unknown>>): Target {
  const parsed = targetSchema.safeParse(plain["target"]);
  return parsed.success ? parsed.data : "local";
}

interface Sorted {
  readonly plain: Readonly<Record<string, unknown>>;
  readonly secrets: readonly SecretKey[];
  readonly problems: readonly Problem[];
}

/** Pulumi.yaml documents settings without a default as empty: the engine demands every other. */
function isUnset(value: unknown, node: SchemaNode | undefined): boolean {
  if (value === "" || value === null || value === undefined) return true;
  return node !== undefined && (value === "{}" || (isRecord(value) && isEmpty(value)));
}

const isEmpty = (record: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(record).length === 0;

/** Puts plain and secret settings apart; each in the other's place is a problem. */
function sortSecrets({ plain, secretKeys }: SettingsSource, remedies: Remedies): Sorted {
  const problems: Problem[] = [];
  const refuse = (key: string, message: string, remedy: string) =>
    problems.push({ key, message, remedy, kind: "wrong" });
  const node = schemaNode("existing");
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(plain)) {
    if (isUnset(value, nodeAt(node, [key]))) continue;
    if (secretKeys.includes(key)) continue;
    if (!isSecretKey(key)) {
      kept.push([key, value]);
      continue;
    }
    const message = "is a secret, and stands in plain text; replace it at its source too";
    refuse(key, message, remedies.setSecret(key, secretSettings[key].input));
  }
  for (const key of new Set(secretKeys.filter((name) => !isSecretKey(name)))) {
    const own = nodeAt(node, [key]);
    if (own === undefined) {
      problems.push(unknownKey([key], node, remedies));
    } else if (own.type === "object") {
      const message = `holds an encrypted part, and takes plain ones only; the secrets are ${Object.keys(secretSettings).join(", ")}`;
      refuse(key, message, remedies.setSecret("s3SecretAccessKey", ""));
    } else {
      const message = `is encrypted, and takes a plain value: ${own.allowed ?? "a text"}`;
      refuse(key, message, remedies.setPlain([key], own.examples?.[0]));
    }
  }
  return {
    plain: Object.fromEntries(kept),
    secrets: [...new Set(secretKeys.filter(isSecretKey))],
    problems,
  };
}

/**
 * All problems by key. What hangs on a setting that is wrong by itself is left out: a section that
 * could not be read lacks nothing.
 */
function combined(
  misplaced: readonly Problem[],
  read: readonly Problem[],
  cross: readonly Problem[],
): readonly Problem[] {
  const problems = [...misplaced];
  for (const problem of [...read, ...cross]) {
    const told = problems.some(
      ({ key }) => problem.key === key || /^[.[]/.test(restAfter(problem.key, key) ?? ""),
    );
    if (!told) problems.push(problem);
  }
  return problems.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const restAfter = (key: string, start: string): string | undefined =>
  key.startsWith(start) ? key.slice(start.length) : undefined;

function arranged(
  settings: PlainSettings,
  secrets: readonly SecretKey[],
  { warnings, ownWarnings }: CrossChecked,
  { root, stack = defaultStack }: SettingsSource,
): Settings {
  const { openstack, openeo, openeoInstances } = withAbsoluteFiles(settings, root);
  const {
    batchVolumeProvisioner,
    objectStore,
    openeoServices,
    sparkOperator,
    traefik,
    kubeconfigFile,
    chartMirror,
    kubeContext,
  } = settings;
  const isAddress = chartMirror !== undefined && /^(https?|oci):\/\//.test(chartMirror);
  const kubeconfigIsSecret = secrets.includes("kubeconfig");
  return {
    target: settings.target,
    kubernetesVersion: settings.kubernetesVersion,
    ...(kubeconfigFile === undefined || kubeconfigIsSecret
      ? {}
      : { kubeconfigFile: path.resolve(root, kubeconfigFile) }),
    ...(kubeContext === undefined ? {} : { kubeContext }),
    kubeconfigIsSecret,
    ...(openstack === undefined ? {} : { openstack: resolveOpenStack(openstack, stack).openstack }),
    ...(chartMirror === undefined
      ? {}
      : { chartMirror: isAddress ? chartMirror : path.resolve(root, chartMirror) }),
    sparkOperator,
    traefik,
    objectStore,
    openeo,
    openeoInstances,
    ...(batchVolumeProvisioner === undefined ? {} : { batchVolumeProvisioner }),
    openeoServices,
    secrets,
    warnings,
    ownWarnings,
  };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
