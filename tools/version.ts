import { parse, satisfies, validRange, type SemVer } from "semver";

/**
 * The first version in what a tool prints.
 *
 * @returns undefined where there is none of three numbers
 */
export function versionIn(printed: string): SemVer | undefined {
  const found = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)/.exec(printed)?.[1];
  return parse(found) ?? undefined;
}

/** True where `version` lies in the range; vendors' suffixes (`1.36.3-gke.1`) count as versions. */
export function isAccepted(version: SemVer, range: string): boolean {
  if (validRange(range) === null) throw new Error(`not a range of versions: ${range}`);
  return satisfies(version, range, { includePrerelease: true });
}

/** A range in a sentence: without the mark that keeps pre-releases of the upper end out. */
export function rangeInWords(range: string): string {
  return range.replace(/-0\b/g, "");
}
