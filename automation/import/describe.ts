import { stringify } from "yaml";
import { secretSettings } from "../../settings/secrets";
import { Remedies } from "../../settings/wording";
import type { Imported } from "./assemble";
import type { NoteKind } from "./part";

/** The settings as the part of a stack file. */
export const stackFilePart = ({ openeo }: Imported): string =>
  stringify({ config: { "eoplatform:openeo": openeo } }, { lineWidth: 0 });

const headings: Readonly<Record<NoteKind, string>> = {
  unknown: "no keys of the chart",
  dead: "keys that the chart itself makes nothing of",
  untranslated: "not translated",
  changed: "translated, with a difference",
  needless: "needless here",
};

const kinds = ["unknown", "dead", "untranslated", "changed", "needless"] as const;

/** What the settings do not say: each key with its reason, the secrets, and what is left to do. */
export function remarks(imported: Imported, stack?: string): readonly string[] {
  const { notes } = imported;
  return [
    ...kinds.flatMap((kind) => {
      const own = notes.filter((one) => one.kind === kind);
      const lines = own.map(({ key, message }) => `  ${key}: ${message}`);
      return own.length === 0 ? [] : [`${headings[kind]}:`, ...new Set(lines)];
    }),
    ...secretLines(imported, new Remedies(stack)),
    ...missingLines(imported),
    `when it is in the stack's file: ./eo check ${stack ?? "STACK"}`,
  ];
}

function secretLines(
  { secrets, secretVariables }: Imported,
  remedies: Remedies,
): readonly string[] {
  const names = [...new Set(secrets.map(({ secret }) => secret))];
  const lines = names.map((name) => {
    const from = secrets.filter(({ secret }) => secret === name).map((one) => one.from);
    const command = remedies.setSecret(name, secretSettings[name].input);
    return `  ${[...new Set(from)].join(", ")}: ${command}`;
  });
  if (secretVariables.length > 0) {
    const variables = secretVariables.map(({ from }) => from).join(", ");
    const { input } = secretSettings.openeoSecretEnv;
    lines.push(`  ${variables}: ${remedies.setSecret("openeoSecretEnv", input)}`);
    lines.push("    (one JSON object of texts, by the names in openeo.secretEnv)");
  }
  return lines.length === 0
    ? []
    : ["credentials, none of which is repeated here; each has to be set with:", ...lines];
}

const missingLines = ({ missing }: Imported): readonly string[] =>
  missing.length === 0
    ? []
    : ["required besides:", ...missing.map(({ key, remedy }) => `  ${key}: ${remedy}`)];
