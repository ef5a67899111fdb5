import { isRecord } from "../../settings/source";

/** A place in a tree; numbers are places in a list. */
export type Path = readonly (string | number)[];

/** Every place in a tree, each after those around it. */
export function pathsIn(value: unknown, at: Path): readonly Path[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([step, part]) => [[...at, step], ...pathsIn(part, [...at, step])]);
}

/** A copy with a value at a path. */
export function put(value: unknown, path: readonly string[], leaf: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  const own = isRecord(value) ? value : {};
  const old = Object.hasOwn(own, first) ? own[first] : undefined;
  return Object.fromEntries([...Object.entries(own), [first, put(old, rest, leaf)]]);
}

/** A copy without what is at a path. */
export function without(value: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) =>
      index !== first ? [item] : rest.length === 0 ? [] : [without(item, rest)],
    );
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      key !== first ? [[key, part]] : rest.length === 0 ? [] : [[key, without(part, rest)]],
    ),
  );
}
