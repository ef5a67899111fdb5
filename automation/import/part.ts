import type { SecretKey } from "../../settings";
import { isRecord } from "../../settings/source";

/** Why there is something to tell of a key. */
export type NoteKind =
  /** It is translated, and something is different. */
  | "changed"
  /** What it asks for holds here in any case. */
  | "needless"
  /** The chart itself makes nothing of it. */
  | "dead"
  /** There is no setting for it. */
  | "untranslated"
  /** The chart has no such key. */
  | "unknown";

/** Something to tell of a key of the chart's values; never a secret's value. */
export interface Note {
  readonly kind: NoteKind;
  /** The key, such as `driver.env.SPARK_LOCAL_IP`. */
  readonly key: string;
  readonly message: string;
}

/** A setting of the section `openeo`. */
interface SettingPart {
  readonly part: "setting";
  /** Its place in the section. */
  readonly at: readonly string[];
  readonly value: unknown;
  /** The chart's key that it comes from. */
  readonly from: string;
  /** Whether any other key that says the same goes first. */
  readonly weak?: true;
}

/** A text that becomes a file, which a setting names. */
export interface FilePart {
  readonly part: "file";
  /** Its name in the folder. */
  readonly name: string;
  readonly content: string;
  readonly at: readonly string[];
  readonly from: string;
  /** Whether the setting is a list of files. */
  readonly isList?: true;
}

/** A credential: where it stands, and the secret setting that it becomes. Its value stays there. */
export interface SecretPart {
  readonly part: "secret";
  readonly secret: SecretKey;
  readonly from: string;
}

/** A credential that is a variable without a setting of its own. */
interface SecretVariablePart {
  readonly part: "secretVariable";
  readonly name: string;
  readonly from: string;
}

/** What a key of the chart's values comes to. */
export type Part =
  SettingPart | FilePart | SecretPart | SecretVariablePart | ({ readonly part: "note" } & Note);

/** The chart's values, as YAML has them. */
export type Values = Readonly<Record<string, unknown>>;

/** What becomes of a key: of its value, beside all others. */
export type Fate = (value: unknown, key: string, all: Values) => readonly Part[];

/** Something to tell. */
export const note = (kind: NoteKind, key: string, message: string): Part => ({
  part: "note",
  kind,
  key,
  message,
});

/** A setting of openEO; its place with dots. */
export const setting = (at: string, value: unknown, from: string): Part => ({
  part: "setting",
  at: at.split("."),
  value,
  from,
});

/** The same, unless another key says it. */
export const weakly = (at: string, value: unknown, from: string): Part => ({
  part: "setting",
  at: at.split("."),
  value,
  from,
  weak: true,
});

/** The value at a place of the values; `undefined` where there is none. */
export function valueAt(all: unknown, place: string): unknown {
  return place
    .split(".")
    .reduce<unknown>(
      (at, step) => (isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined),
      all,
    );
}

/** Whether a flag is on, as Helm's `if` sees it: YAML's `no` and `off` are not. */
export const isOn = (value: unknown): boolean =>
  !isEmpty(value) &&
  value !== false &&
  value !== 0 &&
  !/^(no|off|false)$/i.test(typeof value === "string" ? value : "");

/** Whether there is nothing in it. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);
