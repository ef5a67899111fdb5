import { parse } from "yaml";
import { z } from "zod";
import type { FoundFile } from "./credentials";

const fileSchema = z.object({ clouds: z.record(z.string(), z.record(z.string(), z.unknown())) });
type Entries = z.infer<typeof fileSchema>["clouds"];
type Entry = Readonly<Record<string, unknown>>;

/** An entry of clouds.yaml, with what secure.yaml adds to it. */
export type MergedCloud =
  { readonly name: string; readonly entry: Entry } | { readonly problem: string };

/** The entry of a name, or the only one there is. */
export function mergedCloud(
  wanted: string | undefined,
  cloudsYaml: FoundFile,
  secureYaml: FoundFile | undefined,
): MergedCloud {
  const clouds = entriesOf(cloudsYaml);
  if ("problem" in clouds) return clouds;
  const secure = secureYaml === undefined ? { entries: {} } : entriesOf(secureYaml);
  if ("problem" in secure) return secure;
  const names = Object.keys(clouds.entries);
  const [only] = names;
  const name = wanted ?? (names.length === 1 ? only : undefined);
  const entry = name === undefined ? undefined : clouds.entries[name];
  if (name === undefined || entry === undefined) {
    const asked = wanted === undefined ? "which cloud is not said" : `there is no cloud ${wanted}`;
    const list = names.join(", ") || "none";
    return { problem: `${cloudsYaml.path}: ${asked}; name one of its clouds: ${list}` };
  }
  return { name, entry: merged(entry, secure.entries[name] ?? {}) };
}

function entriesOf({
  path,
  text,
}: FoundFile): { readonly entries: Entries } | { readonly problem: string } {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    // The parser's own message quotes the line, which may hold a secret.
    return { problem: `${path} is no YAML` };
  }
  const read = fileSchema.safeParse(value);
  return read.success
    ? { entries: read.data.clouds }
    : { problem: `${path} has no clouds with their values; it is a clouds.yaml of OpenStack's` };
}

const asEntry = z.record(z.string(), z.unknown());

/** Both; the second goes before the first, and tables are merged. */
function merged(first: Entry, second: Entry): Entry {
  const values = Object.entries(second).map(([key, value]) => {
    const [a, b] = [asEntry.safeParse(first[key]), asEntry.safeParse(value)];
    return [key, a.success && b.success ? merged(a.data, b.data) : value] as const;
  });
  return { ...first, ...Object.fromEntries(values) };
}
