import { isRecord } from "../../settings/source";
import { keyOf } from "../../settings/wording";
import { scalarOf } from "./quantities";
import { isEmpty, note, valueAt, type Part, type Values } from "./part";

/** A variable of the pods' environment, as the chart is given it. */
export interface Variable {
  readonly name: string;
  /** Its text; none where it comes from an object of the cluster. */
  readonly value?: string;
  /** Where its text comes from, such as `key access of Secret s3`. */
  readonly source?: string;
  /** Whether that is a Secret. */
  readonly isSecret?: boolean;
  /** The chart's key that it stands under. */
  readonly key: string;
  /** Whether the driver has it. */
  readonly onDriver: boolean;
}

/** The variables of the chart's values, each once, and what there is to tell of them. */
export interface Variables {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly notes: readonly Part[];
}

/** In the order in which the chart writes them: of two with one name, Kubernetes takes the latter. */
const places = [
  ["executor.env", false],
  ["executor.extraEnv", false],
  ["driver.env", true],
  ["driver.extraEnv", true],
  ["global.extraEnv", true],
] as const;

/** Reads all variables: those of the driver go before those of the executors. */
export function readVariables(all: Values): Variables {
  const variables = new Map<string, Variable>();
  const notes: Part[] = [];
  for (const [place, onDriver] of places) {
    const { found, unread } = read(valueAt(all, place), place, onDriver);
    notes.push(...unread.map((key) => note("untranslated", key, "is no variable of Kubernetes")));
    for (const variable of found) {
      const other = variables.get(variable.name);
      if (other !== undefined && !isSame(other, variable)) {
        const message = `is given otherwise under ${variable.key}, which is taken for driver and executors`;
        notes.push(note("changed", other.key, message));
      }
      variables.set(variable.name, variable);
    }
  }
  return { variables, notes };
}

interface Read {
  readonly found: readonly Variable[];
  readonly unread: readonly string[];
}

function read(value: unknown, place: string, onDriver: boolean): Read {
  if (isEmpty(value)) return { found: [], unread: [] };
  const isMap = place.endsWith(".env");
  if (isMap ? !isRecord(value) : !Array.isArray(value)) return { found: [], unread: [place] };
  const entries = isRecord(value)
    ? Object.entries(value).map(([name, text]) => ({ name, text, key: keyIn(place, name) }))
    : listed(value, place);
  const found: Variable[] = [];
  const unread: string[] = [];
  for (const { name, text, key } of entries) {
    const variable = variableOf(name, text, key, onDriver);
    if (variable === undefined) unread.push(key);
    else found.push(variable);
  }
  return { found, unread };
}

const keyIn = (place: string, name: string): string => keyOf([...place.split("."), name]);

function listed(value: unknown, place: string) {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item, index) => {
    const { name, value: text = "", valueFrom } = isRecord(item) ? item : {};
    const known = typeof name === "string" ? name : "";
    const key = keyIn(place, known);
    return known === ""
      ? { name: "", text: undefined, key: `${place}[${index}]` }
      : { name: known, text: isRecord(valueFrom) ? valueFrom : text, key };
  });
}

function variableOf(
  name: string,
  given: unknown,
  key: string,
  onDriver: boolean,
): Variable | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === "__proto__") return undefined;
  if (isRecord(given)) {
    const [from = "", reference] = Object.entries(given)[0] ?? [];
    const kind = /^(secret|configMap)KeyRef$/.exec(from)?.[1];
    if (kind === undefined) return { name, source: from, key, onDriver };
    const { name: object, key: entry } = isRecord(reference) ? reference : {};
    const what = kind === "secret" ? "Secret" : "ConfigMap";
    const source = `key ${scalarOf(entry)} of ${what} ${scalarOf(object)}`;
    return { name, source, isSecret: kind === "secret", key, onDriver };
  }
  const value = scalarOf(given);
  return value === undefined ? undefined : { name, value, key, onDriver };
}

const isSame = (one: Variable, other: Variable): boolean =>
  one.value === other.value && one.source === other.source;
