import { isRecord } from "../../settings/source";
import { keyOf, meant } from "../../settings/wording";
import { chartKeys, foreignKeys } from "./chartKeys";
import { environmentParts } from "./environment";
import { isEmpty, note, type Part, type Values } from "./part";

/** What the chart's values come to, key by key. */
export const partsOf = (values: Values): readonly Part[] => [
  ...environmentParts(values),
  ...walk(values, [], values),
];

const isSection = (key: string): boolean =>
  Object.keys(chartKeys).some((other) => other.startsWith(`${key}.`));

/** Each key that the chart has, down to where the table knows it. */
function walk(value: Values, at: readonly string[], all: Values): readonly Part[] {
  return Object.entries(value).flatMap(([name, part]): readonly Part[] => {
    const path = [...at, name];
    const key = keyOf(path);
    const fate = Object.hasOwn(chartKeys, key) ? chartKeys[key] : undefined;
    if (isSection(key) && isRecord(part)) return walk(part, path, all);
    if (fate !== undefined) return fate(part, key, all);
    if (!isSection(key)) return [note("unknown", key, unknownKey(at, name))];
    // For Helm, nothing takes the chart's own value away.
    return isEmpty(part) ? [] : [note("untranslated", key, "takes an object")];
  });
}

/** What was probably meant: a name that is near, the same name elsewhere, or another chart's. */
function unknownKey(at: readonly string[], name: string): string {
  const foreign =
    at.length === 0 && Object.hasOwn(foreignKeys, name) ? foreignKeys[name] : undefined;
  if (foreign !== undefined) return foreign;
  const parent = at.map((step) => `${step}.`).join("");
  const siblings = Object.keys(chartKeys).flatMap((key) =>
    key.startsWith(parent) ? (key.slice(parent.length).split(".")[0] ?? []) : [],
  );
  const near = meant(name, [...new Set(siblings)]);
  const same = Object.keys(chartKeys).find((key) => key.endsWith(`.${name}`));
  const other = near === undefined ? same : `${parent}${near}`;
  return other === undefined
    ? "is no key of the chart"
    : `is no key of the chart; did you mean ${other}?`;
}
