/**
 * An amount of CPU in thousandths of a core, as Kubernetes writes it: `1`, `0.5`, `1200m`.
 *
 * @returns `undefined` for anything else
 */
export function millicoresOf(value: unknown): number | undefined {
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)(m?)$/.exec(plain(value)) ?? [];
  if (number === undefined) return undefined;
  return Math.ceil(Number(number) * (unit === "m" ? 1 : 1000));
}

/** Spark's suffixes, each a power of 1024, in MiB. */
const mebibytesIn: Readonly<Record<string, number>> = {
  k: 1 / 1024,
  "": 1,
  m: 1,
  g: 1024,
  t: 1024 ** 2,
};

/**
 * An amount of memory in MiB, as Spark reads it: `4096m`, `4g`, `4gb`; a number alone is of MiB.
 * `4Gi`, which Spark refuses, is taken for what it means.
 *
 * @returns `undefined` for anything else
 */
export function mebibytesOf(value: unknown): number | undefined {
  const [, number, unit = ""] = /^(\d{1,9})([kmgt]?)(?:i|b|ib)?$/i.exec(plain(value)) ?? [];
  const factor = mebibytesIn[unit.toLowerCase()];
  return number === undefined || factor === undefined
    ? undefined
    : Math.ceil(Number(number) * factor);
}

/** A whole number, or the text of one. */
export function wholeOf(value: unknown): number | undefined {
  const text = plain(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A text of one line; numbers are taken as YAML wrote them, as the chart's `quote` does. */
export function textOf(value: unknown): string | undefined {
  const text = plain(value);
  return text === "" ? undefined : text;
}

const plain = (value: unknown): string =>
  typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";

/** Any scalar as the chart's `quote` writes it; `undefined` for objects, lists and nothing. */
export const scalarOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
