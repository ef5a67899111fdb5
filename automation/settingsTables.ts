import { settingsReference, targets, type SettingReference } from "../settings";

/** The settings as Markdown: one table a section. */
export function settingsTables(): string {
  const all = settingsReference();
  const sections = new Map<string, SettingReference[]>();
  for (const setting of all) {
    const section = setting.secret ? "Secrets" : sectionOf(setting.key);
    sections.set(section, [...(sections.get(section) ?? []), setting]);
  }
  return [...sections].map(([title, settings]) => sectionText(title, settings)).join("\n");
}

const sectionOf = (key: string): string =>
  key.includes(".") ? `\`${key.split(".")[0] ?? ""}\`` : "Cluster";

function sectionText(title: string, settings: readonly SettingReference[]): string {
  const rows = settings.map(
    (setting) =>
      `| \`${setting.key}\` | ${cell(setting.description)} | ${cell(setting.allowed)} | ${cell(defaultText(setting))} |`,
  );
  const head = ["| key | meaning | allowed | default |", "|---|---|---|---|"];
  return [`### ${title}`, "", ...head, ...rows, ""].join("\n");
}

/** One default where all targets share it, else one a target. */
function defaultText({ defaults, required, secret }: SettingReference): string {
  if (secret) return "";
  const texts = targets.map((target) => {
    if (required.includes(target)) return "required";
    const value = defaults[target];
    return value === undefined ? "none" : `\`${plainText(value)}\``;
  });
  const [first = ""] = texts;
  if (texts.every((text) => text === first)) return first === "none" ? "" : first;
  return targets
    .map((target, index) => [target, texts[index] ?? ""] as const)
    .filter(([, text]) => text !== "none")
    .map(([target, text]) => `${target}: ${text}`)
    .join("; ");
}

const plainText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const cell = (text: string): string => text.replaceAll("|", "\\|");
