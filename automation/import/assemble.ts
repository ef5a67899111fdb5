import { nodeAt, schemaNode } from "../../settings/schema";
import { isRecord } from "../../settings/source";
import { keyOf } from "../../settings/wording";
import type { Problem } from "../../settings";
import { judge } from "./judge";
import type { FilePart, Note, Part, SecretPart } from "./part";
import { put, without } from "./tree";

/** Settings of openEO, and what there is to tell and to do besides. */
export interface Imported {
  /** The section `openeo`: every part of it is one that the settings take. */
  readonly openeo: Readonly<Record<string, unknown>>;
  readonly notes: readonly Note[];
  /** Secret settings, each with the keys that its value stands under. */
  readonly secrets: readonly Pick<SecretPart, "secret" | "from">[];
  /** Secret variables, whose values go into one secret setting. */
  readonly secretVariables: readonly { readonly name: string; readonly from: string }[];
  /** Settings that are required, and that the values do not give. */
  readonly missing: readonly Problem[];
}

/**
 * Puts the parts together, and takes out what the settings would refuse.
 *
 * @param parts what the values came to
 * @param pathOf how the settings name a file; `undefined` where none is written
 * @param stack for the commands that mend; left out: the selected one
 */
export function assemble(
  parts: readonly Part[],
  pathOf: ((file: FilePart) => string) | undefined,
  stack?: string,
): Imported {
  const settings = settingsIn(parts, pathOf);
  const origins = new Map(settings.map(({ at, from }) => [keyOf(["openeo", ...at]), from]));
  const wanted = settings.reduce<unknown>((all, { at, value }) => put(all, at, value), {});
  const template = withoutTemplateOverlap(wanted);
  const judged = judge(template.openeo, stack);
  const refused = judged.refused.map(({ key, message, given }): Note => {
    const shown = given === undefined ? "" : ` (given: ${given})`;
    return {
      kind: "untranslated",
      key: originOf(key, origins),
      message: `does not fit ${key}: ${message}${shown}`,
    };
  });
  const notes = parts.flatMap((one): Note[] => (one.part === "note" ? [one] : []));
  return {
    openeo: inOrder(judged.openeo),
    notes: [...notes, ...template.notes, ...filesLeftOut(parts, pathOf), ...refused],
    secrets: parts.flatMap((one) => (one.part === "secret" ? [one] : [])),
    secretVariables: parts.flatMap((one) => (one.part === "secretVariable" ? [one] : [])),
    missing: judged.missing,
  };
}

interface Setting {
  readonly at: readonly string[];
  readonly value: unknown;
  readonly from: string;
}

/** The settings in the order in which the latter of two goes first. */
function settingsIn(
  parts: readonly Part[],
  pathOf: ((file: FilePart) => string) | undefined,
): readonly Setting[] {
  const given = parts.flatMap((one) => (one.part === "setting" ? [one] : []));
  const files = parts.flatMap((one): Setting[] => {
    if (one.part !== "file" || pathOf === undefined) return [];
    const path = pathOf(one);
    return [{ at: one.at, value: one.isList ? [path] : path, from: one.from }];
  });
  const variables = parts.flatMap((one) => (one.part === "secretVariable" ? [one] : []));
  const secretEnv = variables.map(({ name }) => name);
  return [
    ...given.filter(({ weak }) => weak === true),
    ...given.filter(({ weak }) => weak !== true),
    ...files,
    ...(secretEnv.length === 0
      ? []
      : [{ at: ["secretEnv"], value: secretEnv, from: variables[0]?.from ?? "" }]),
  ];
}

/** A template of one's own says for itself what these settings would. */
function withoutTemplateOverlap(openeo: unknown): { openeo: unknown; notes: readonly Note[] } {
  const batch = isRecord(openeo) ? openeo["batch"] : undefined;
  if (!isRecord(batch) || batch["template"] === undefined || batch["log4j2"] === undefined) {
    return { openeo, notes: [] };
  }
  const message =
    "is left out, as it does nothing beside openeo.batch.template; say it in the template";
  const notes: Note[] = [{ kind: "changed", key: "configMaps.batchJobLog4j2", message }];
  return { openeo: without(openeo, ["batch", "log4j2"]), notes };
}

function filesLeftOut(
  parts: readonly Part[],
  pathOf: ((file: FilePart) => string) | undefined,
): readonly Note[] {
  if (pathOf !== undefined) return [];
  return parts.flatMap((one): Note[] =>
    one.part === "file"
      ? [
          {
            kind: "untranslated",
            key: one.from,
            message: `is left out; with --out FOLDER it is written to ${one.name}, which openeo.${one.at.join(".")} then names`,
          },
        ]
      : [],
  );
}

/** The chart's key that a setting comes from: that of the part itself, or of one around it or in it. */
function originOf(key: string, origins: ReadonlyMap<string, string>): string {
  const near = [...origins].filter(
    ([other]) => key === other || key.startsWith(other) || other.startsWith(`${key}.`),
  );
  const section = key.slice(0, key.lastIndexOf("."));
  const beside = [...origins].filter(([other]) => other.startsWith(`${section}.`));
  return (near[0] ?? beside[0])?.[1] ?? key;
}

/** In the order of the settings' reference. */
function inOrder(openeo: unknown): Record<string, unknown> {
  if (!isRecord(openeo)) return {};
  const names = Object.keys(nodeAt(schemaNode("existing"), ["openeo"])?.properties ?? {});
  return Object.fromEntries(
    Object.entries(openeo).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)),
  );
}
