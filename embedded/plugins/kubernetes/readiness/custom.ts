import { isObject, type Json, type JsonObject } from "../../protocol/properties";
import { keysOf } from "../objects/compare";
import { ready, waiting, type Judge } from "./readiness";
import { condition } from "./workloads";

/**
 * Reads the annotation `pulumi.com/waitFor`: `condition=Type`, `condition=Type=Status`,
 * `jsonpath={.path}`, `jsonpath={.path}=value`, or a JSON list of such.
 *
 * @throws where an expression has none of these forms
 */
export function customJudge(text: string): Judge {
  const expressions = list(text).map(expression);
  return (live) => {
    const missing = expressions.filter(({ holds }) => !holds(live));
    if (missing.length === 0) return ready;
    return waiting(missing.map((one) => one.text).join(", "));
  };
}

function list(text: string): string[] {
  if (!text.startsWith("[")) return [text];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [text];
}

function expression(text: string): { text: string; holds: (live: JsonObject) => boolean } {
  const onCondition = /^condition=([^=]+)(?:=(.+))?$/.exec(text);
  if (onCondition) {
    const [, type = "", status = "True"] = onCondition;
    const wanted = status.toLowerCase();
    return { text, holds: (live) => condition(live, type)?.status.toLowerCase() === wanted };
  }
  const [, path, value] = /^jsonpath=\{\.?(.+?)\}(?:=(.+))?$/.exec(text) ?? [];
  const keys = path === undefined ? undefined : keysOf(path.replaceAll("'", '"'));
  if (!keys) {
    throw new Error(
      `pulumi.com/waitFor: "${text}" must be condition=Type or jsonpath={.path}, with =value behind it if wanted`,
    );
  }
  return { text, holds: (live) => matches(find(live, keys), value) };
}

function find(live: Json, keys: readonly string[]): Json | undefined {
  let found: Json | undefined = live;
  for (const key of keys) {
    if (Array.isArray(found)) found = found[Number(key)];
    else found = isObject(found) ? found[key] : undefined;
  }
  return found;
}

function matches(found: Json | undefined, value: string | undefined): boolean {
  if (found === undefined || found === null) return false;
  if (value === undefined) return true;
  return (typeof found === "string" ? found : JSON.stringify(found)) === value;
}
