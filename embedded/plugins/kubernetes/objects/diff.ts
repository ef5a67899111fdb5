import { hasUnknown, omit, stringAt, type JsonObject } from "../../protocol/properties";
import type { DiffRequest, DiffResult, PropertyChange } from "../../protocol/provider";
import { describe, fallbackNamespace, referenceOf } from "../cluster";
import type { Context } from "../context";
import { readCheckpoint } from "./checkpoint";
import { compare, essence, type Difference } from "./compare";
import { respectIgnored } from "./ignored";
import { isAutonamed } from "./naming";
import { ConflictError, fieldManager } from "./ownership";
import { tryOut, type Plan } from "./plan";
import { contentFields, immutableFields, isUnder, replacing } from "./replacement";
import { toApi } from "./shape";

/** Gives back what the check has learnt about the same object, once. */
export type RecallPlan = (urn: string, object: JsonObject) => Plan | undefined;

/**
 * What is to be done. The API server says it: it merges the new inputs with the live object in a
 * dry run, and what comes out is compared with the live object. So edits by hand are found with
 * no refresh before, and the verdict is that of `kubectl diff --server-side`.
 */
export async function diff(
  context: Context,
  request: DiffRequest,
  recall: RecallPlan,
): Promise<DiffResult> {
  const { inputs: before, live: known } = readCheckpoint(request.oldState);
  const oldInputs =
    Object.keys(request.oldInputs.value).length > 0 ? request.oldInputs.value : before;
  const after = request.news.value;
  const inputChanges = compare(normal(oldInputs), normal(after));
  const changes = new Map<string, PropertyChange>();
  const always = replacing(after, context.settings);
  const result = () => ({
    changes,
    deleteBeforeReplace: mustGoFirst(known, after, changes),
  });
  if (hasUnknown(after)) {
    record(changes, inputChanges, true, always);
    return result();
  }
  const plan = await planOf(context, request, inputChanges, recall);
  if (plan === "conflict") return result();
  switch (plan.kind) {
    case "untried":
      record(changes, inputChanges, true, always);
      break;
    case "immutable":
      record(changes, inputChanges, true, [...always, ...immutableFields(plan.error)]);
      replaceSomething(changes, immutableFields(plan.error));
      break;
    case "merged":
      recordMerge(context, request, plan, inputChanges, changes);
      break;
  }
  return result();
}

async function planOf(
  context: Context,
  { urn, news, ignoreChanges, oldState }: DiffRequest,
  inputChanges: readonly Difference[],
  recall: RecallPlan,
): Promise<Plan | "conflict"> {
  const object = toApi(news.value);
  const recalled = ignoreChanges.length === 0 ? recall(urn.text, object) : undefined;
  if (recalled) return recalled;
  const { manager = fieldManager(urn) } = readCheckpoint(oldState);
  try {
    const asked = await respectIgnored(context.cluster, object, ignoreChanges);
    const force = context.settings.enablePatchForce;
    return await tryOut(context.cluster, asked, { manager, force });
  } catch (error) {
    if (!(error instanceof ConflictError) || inputChanges.length > 0) throw error;
    // Nothing of ours is to be changed: what a controller has made of it may stay so.
    context.log.warning(error.message, urn.text);
    return "conflict";
  }
}

function recordMerge(
  context: Context,
  { urn, news }: DiffRequest,
  plan: Extract<Plan, { kind: "merged" }>,
  inputChanges: readonly Difference[],
  changes: Map<string, PropertyChange>,
): void {
  const name = describe(referenceOf(news.value));
  const identity = ["metadata.name", "metadata.namespace"];
  const moved = inputChanges.filter(({ path }) => isUnder(path, identity));
  if (moved.length > 0) return record(changes, inputChanges, true, identity);
  if (!plan.live) {
    if (ranOut(news.value)) return;
    context.log.info(`${name} was deleted outside of Pulumi; it is made again`, urn.text);
    changes.set("metadata", { kind: "update", replace: false, inputDiff: false });
    return;
  }
  const drift = compare(essence(plan.live), essence(plan.merged));
  if (drift.length === 0) return;
  // Content that the program changed makes another object; content edited by hand is set right.
  record(changes, inputChanges, true, contentFields(news.value, context.settings));
  const paths = new Set(inputChanges.map(({ path }) => path));
  const byOthers = drift.filter(({ path }) => !isUnder(path, [...paths].map(inData)));
  record(changes, byOthers, false, []);
  if (byOthers.length > 0) context.log.info(driftMessage(name, byOthers, plan), urn.text);
}

/** A Secret's `stringData` stands in `data` of the live object. */
function inData(path: string): string {
  return path.replace(/^stringData(?=$|[.[])/, "data");
}

/** A Job that ends and goes by itself is not missed. */
function ranOut(object: JsonObject): boolean {
  const spec = object["spec"];
  return (
    object["kind"] === "Job" &&
    typeof spec === "object" &&
    spec !== null &&
    "ttlSecondsAfterFinished" in spec
  );
}

function driftMessage(
  name: string,
  drift: readonly Difference[],
  plan: Extract<Plan, { kind: "merged" }>,
): string {
  const managers = [...new Set(plan.overridden.map(({ manager }) => manager))];
  const who = managers.length > 0 ? ` by ${managers.join(", ")}` : "";
  const paths = drift.map(({ path }) => path);
  const shown = paths.length > 8 ? [...paths.slice(0, 8), `${paths.length - 8} more`] : paths;
  return `${name} was changed outside of Pulumi${who}; to be set right: ${shown.join(", ")}`;
}

function record(
  changes: Map<string, PropertyChange>,
  differences: readonly Difference[],
  inputDiff: boolean,
  replaced: readonly string[],
): void {
  for (const { path, kind } of differences) {
    if (!changes.has(path))
      changes.set(path, { kind, inputDiff, replace: isUnder(path, replaced) });
  }
}

/** The server may name a field in another way than the program: `clusterIPs[0]`. */
function replaceSomething(changes: Map<string, PropertyChange>, fields: readonly string[]): void {
  if ([...changes.values()].some(({ replace }) => replace)) return;
  const [field = "spec"] = fields;
  changes.set(field, { kind: "update", replace: true, inputDiff: false });
}

/** Inputs with null, empty and default values out of the way. */
function normal(inputs: JsonObject): JsonObject {
  const object = omit(toApi(inputs), "status");
  return "stringData" in inputs ? { ...object, ...dataAsGiven(inputs) } : object;
}

function dataAsGiven({ data, stringData }: JsonObject): JsonObject {
  return {
    ...(data === undefined ? {} : { data }),
    ...(stringData === undefined ? {} : { stringData }),
  };
}

/** Two objects cannot have one name: the old one goes first, unless the name was made up. */
function mustGoFirst(
  known: JsonObject,
  after: JsonObject,
  changes: ReadonlyMap<string, PropertyChange>,
): boolean {
  if (![...changes.values()].some(({ replace }) => replace) || isAutonamed(after)) return false;
  const namespace = (object: JsonObject) =>
    stringAt(object, "metadata", "namespace") ?? fallbackNamespace;
  const sameName = stringAt(known, "metadata", "name") === stringAt(after, "metadata", "name");
  const clusterWide = stringAt(known, "metadata", "namespace") === undefined;
  return sameName && (clusterWide || namespace(known) === namespace(after));
}
