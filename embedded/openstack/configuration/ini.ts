/** One value of a setting as oslo.config reads it; a list is joined with commas. */
export type IniValue = string | number | boolean | readonly string[];

/** Sections of a configuration file, each with its settings. */
export type Ini = Readonly<Record<string, Readonly<Record<string, IniValue>>>>;

/** The text of an INI file as oslo.config reads it. */
export function iniText(ini: Ini): string {
  return Object.entries(ini)
    .map(([section, settings]) => {
      const lines = Object.entries(settings).map(([name, value]) => `${name} = ${shown(value)}`);
      return [`[${section}]`, ...lines, ""].join("\n");
    })
    .join("\n");
}

function shown(value: IniValue): string {
  // oslo.config substitutes $names in values.
  const text = typeof value === "object" ? value.join(",") : String(value);
  return text.replaceAll("$", "$$$$");
}
