/** Reads the text of a Java properties file: one `key=value` a line, `#` and `!` begin comments. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*[#!]/.test(line));
  return new Map(lines.map((line) => splitLine(line)));
}

function splitLine(line: string): readonly [string, string] {
  // The separator is the first = or : that no backslash stands before.
  const [, key = "", value = ""] = /^((?:\\.|[^\\=:])*)[=:]\s*(.*)$/.exec(line) ?? [];
  return [unescape(key.trim()), unescape(value)];
}

function unescape(text: string): string {
  return text.replaceAll(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: "\n", t: "\t", r: "\r" }[code] ?? code;
  });
}

/** Writes such a text, in the order given. */
export function propertiesText(properties: ReadonlyMap<string, string>): string {
  const escape = (text: string) => text.replaceAll(/[\\=:#!]/g, "\\$&").replaceAll("\n", "\\n");
  return [...properties].map(([key, value]) => `${escape(key)}=${escape(value)}\n`).join("");
}

/** The entries below a prefix, without it. */
export function below(
  properties: ReadonlyMap<string, string>,
  prefix: string,
): Record<string, string> {
  const entries = [...properties].filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}
