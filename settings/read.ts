import { formerKeys } from "./formerKeys";
import type { Problem } from "./problem";
import { nodeAt, schemaNode, settingsSchema, type PlainSettings, type SchemaNode } from "./schema";
import { isSecretKey, secretKeys, secretSettings } from "./secrets";
import { asSchemaWants, isRecord } from "./source";
import type { Target } from "./target";
import { keyOf, meant, shown, type Remedies } from "./wording";

/** What the schema made of the plain values. */
export interface Reading {
  /** The settings; what is wrong in them is replaced by an example, so that the rest can be judged. */
  readonly settings: PlainSettings;
  readonly problems: readonly Problem[];
}

/** An issue of zod, as far as it is used. */
interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

/** Reads plain values with the schema of a target. */
export function readPlain(
  plain: Readonly<Record<string, unknown>>,
  target: Target,
  remedies: Remedies,
): Reading {
  const schema = settingsSchema(target);
  const node = schemaNode(target);
  const input = withSections(asSchemaWants(plain, node), node);
  const problems = new Map<string, Problem>();
  let candidate = input;
  // Each round mends what the last one found; a mended value may let a deeper problem come out.
  for (let round = 0; round < 20; round += 1) {
    const result = schema.safeParse(candidate);
    if (result.success) return { settings: result.data, problems: [...problems.values()] };
    for (const issue of result.error.issues.flatMap(separate)) {
      const problem = problemOf(issue, candidate, node, remedies);
      const asked = !isMissing(issue, candidate) || isEnabled(issue.path, candidate, node);
      if (asked && !problems.has(problem.key)) problems.set(problem.key, problem);
      candidate = mended(candidate, issue, node);
    }
  }
  throw new Error("cannot happen: the examples of the settings' schema do not fit it");
}

/** One issue for each unknown key. */
const separate = (issue: Issue): readonly Issue[] =>
  issue.keys === undefined
    ? [issue]
    : issue.keys.map((key) => ({ ...issue, path: [...issue.path, key] }));

function problemOf(issue: Issue, input: unknown, node: SchemaNode, remedies: Remedies): Problem {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") return unknownKey(path, node, remedies);
  const whole = nodeAt(node, path.slice(0, -1));
  const own = issue.code === "invalid_key" ? whole : asPart(nodeAt(node, path), whole);
  const allowed = own?.allowed ?? own?.description ?? own?.type ?? "something else";
  const key = keyOf(path);
  if (issue.code === "invalid_key") {
    const message = `has a name that is not allowed: ${allowed}`;
    return { key, message, remedy: remedies.remove(path), kind: "wrong" };
  }
  const remedy = setExample(path, own, remedies);
  if (isMissing(issue, input)) {
    return { key, message: `is required: ${allowed}`, remedy, kind: "wrong" };
  }
  const given = shown(valueAt(input, path));
  const said = issue.code === "custom" && issue.message !== "Invalid input";
  const message = said ? issue.message : `must be ${allowed}`;
  return { key, ...(given === undefined ? {} : { given }), message, remedy, kind: "wrong" };
}

/** The command that sets a setting, or the first part of one that has parts. */
export function setExample(
  path: readonly PropertyKey[],
  node: SchemaNode | undefined,
  remedies: Remedies,
): string {
  if (node?.type === "array") {
    return setExample([...path, 0], asPart(node.items, node), remedies);
  }
  if (node?.type === "object") {
    const [first = "", part] = Object.entries(node.properties ?? {})[0] ?? [];
    return setExample([...path, first], part, remedies);
  }
  return remedies.set(path, node?.examples?.[0]);
}

/** A key that nobody reads: what was meant by it, else what there is. Its value is not repeated. */
export function unknownKey(
  path: readonly PropertyKey[],
  node: SchemaNode,
  remedies: Remedies,
): Problem {
  const key = keyOf(path);
  const remove = remedies.remove(path);
  const replace = (other: readonly PropertyKey[]) => {
    const [name = ""] = other;
    const set =
      typeof name === "string" && isSecretKey(name)
        ? remedies.setSecret(name, secretSettings[name].input)
        : setExample(other, nodeAt(node, other), remedies);
    return `${remove} && ${set}`;
  };
  const successor = Object.hasOwn(formerKeys, key) ? formerKeys[key] : undefined;
  if (successor !== undefined) {
    const message = `is now ${keyOf(successor)}`;
    return { key, message, remedy: replace(successor), kind: "wrong" };
  }
  const parent = path.slice(0, -1);
  const names = Object.keys(nodeAt(node, parent)?.properties ?? {});
  const all = parent.length === 0 ? [...names, ...secretKeys] : names;
  const name = meant(String(path.at(-1)), all);
  if (name !== undefined) {
    const message = `is no setting; did you mean ${keyOf([...parent, name])}?`;
    return { key, message, remedy: replace([...parent, name]), kind: "wrong" };
  }
  const place = parent.length === 0 ? "there are" : `in ${keyOf(parent)} there are`;
  const message = `is no setting; ${place} ${all.join(", ")}`;
  return { key, message, remedy: remove, kind: "wrong" };
}

const isMissing = (issue: Issue, input: unknown): boolean =>
  issue.code !== "unrecognized_keys" && valueAt(input, issue.path) === undefined;

/** A part that can be switched off, or that holds such parts. */
const isSection = ({ type, properties = {} }: SchemaNode): boolean =>
  type === "object" &&
  (Object.hasOwn(properties, "enabled") || Object.values(properties).some(isSection));

/** Sections that were left out become empty ones: what they require is told part by part. */
function withSections(value: unknown, node: SchemaNode): unknown {
  if (!isRecord(value)) return value;
  const sections = Object.entries(node.properties ?? {}).flatMap(([key, part]) => {
    if (!isSection(part)) return [];
    const own = Object.hasOwn(value, key) ? value[key] : {};
    return [[key, withSections(own, part)] as const];
  });
  return { ...value, ...Object.fromEntries(sections) };
}

/** Whether a setting is in use: nothing is required in a section that is switched off. */
function isEnabled(path: readonly PropertyKey[], input: unknown, node: SchemaNode): boolean {
  return path.every((_, depth) => {
    const flag = [...path.slice(0, depth), "enabled"];
    const own = nodeAt(node, flag);
    return own === undefined || (valueAt(input, flag) ?? own.default) !== false;
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input;
  for (const step of path) {
    const list: readonly unknown[] | undefined = Array.isArray(at) ? at : undefined;
    if (list) at = list[Number(step)];
    else at = isRecord(at) && Object.hasOwn(at, step) ? at[String(step)] : undefined;
  }
  return at;
}

/** A copy without the issue: an unknown key left out, a wrong value replaced by its example. */
function mended(input: unknown, issue: Issue, node: SchemaNode): unknown {
  const [step, ...rest] = issue.path;
  if (step === undefined) return node.examples?.[0] ?? {};
  const isBadName = issue.code === "invalid_key" && rest.length === 0;
  const inner = { ...issue, path: rest };
  if (Array.isArray(input) && node.items !== undefined) {
    const items = asPart(node.items, node);
    const list: readonly unknown[] = input;
    return list.map((item, index) => (index === step ? mended(item, inner, items) : item));
  }
  const object = isRecord(input) ? input : {};
  const name = String(step);
  const others = Object.entries(object).filter(([key]) => key !== name);
  const part = nodeAt(node, [name]);
  if (part === undefined || isBadName) return Object.fromEntries(others);
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return Object.fromEntries([...others, [name, mended(value, inner, asPart(part, node))]]);
}

/** Part of a list, or of an object with names of the user's own: the whole may speak for it. */
function asPart(part: SchemaNode, whole?: SchemaNode): SchemaNode;
function asPart(part?: SchemaNode, whole?: SchemaNode): SchemaNode | undefined;
function asPart(part?: SchemaNode, whole?: SchemaNode): SchemaNode | undefined {
  if (part === undefined || part.examples !== undefined || whole === undefined) return part;
  const [example] = whole.examples ?? [];
  const examples: readonly unknown[] = isRecord(example)
    ? Object.values(example)
    : Array.isArray(example)
      ? example
      : [];
  const allowed = whole.allowed === undefined ? {} : { allowed: `part of ${whole.allowed}` };
  return examples.length === 0 ? part : { ...part, ...allowed, examples };
}
