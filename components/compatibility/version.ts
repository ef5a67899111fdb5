/** `1.36` or `v1.36.3-rancher1-1` as numbers; `undefined` for what is no version. */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Major and minor of a version: `1.36.3` becomes `1.36`; what is no version stays as it is. */
export function minorOf(text: string): string {
  const parsed = parseVersion(text);
  return parsed === undefined ? text : `${parsed[0]}.${parsed[1]}`;
}

/** Below 0 where `a` is the older of two `major.minor[.patch]`; a missing patch counts as 0. */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a) ?? [0, 0, 0];
  const right = parseVersion(b) ?? [0, 0, 0];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** {@link compareVersions} on major and minor alone. */
export const compareMinors = (a: string, b: string): number =>
  compareVersions(minorOf(a), minorOf(b));
