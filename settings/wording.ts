import { closest, distance } from "fastest-levenshtein";

/** A path of a setting as text: `sparkOperator.jobNamespaces[0]`. */
export function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const name = String(step);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

/** Writes the commands which mend a stack's settings. */
export class Remedies {
  readonly #stack: string;

  /** @param stack the stack's name; left out: the one that is selected */
  constructor(stack?: string) {
    this.#stack = stack === undefined ? "" : ` --stack ${quoted(stack)}`;
  }

  /** The command that sets a setting to an example of an allowed value. */
  set(path: readonly PropertyKey[], example: unknown): string {
    const value = typeof example === "string" ? example : JSON.stringify(example ?? "VALUE");
    return `pulumi config set${this.#stack} ${place(path)} ${quoted(value)}`;
  }

  /** The same for a setting whose value is encrypted without need. */
  setPlain(path: readonly PropertyKey[], example: unknown): string {
    return this.set(path, example).replace("config set", "config set --plaintext");
  }

  /** The command that sets a secret, which it asks for: it never stands on a command line. */
  setSecret(key: string, input: string): string {
    return `pulumi config set${this.#stack} --secret ${key}${input}`;
  }

  /** The command that removes a setting. */
  remove(path: readonly PropertyKey[]): string {
    return `pulumi config rm${this.#stack} ${place(path)}`;
  }
}

/** A setting on a command line; as a path where it has parts, or a name that needs brackets. */
function place(path: readonly PropertyKey[]): string {
  const key = keyOf(path);
  return `${path.length > 1 || key.startsWith("[") ? "--path " : ""}${quoted(key)}`;
}

/** A word as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w.:/@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** What looks like a credential, or may hold one, is not repeated. */
const credentialLike =
  /AKIA[A-Z0-9]{4,}|-----BEGIN|:\/\/[^/\s]*@|[A-Za-z0-9+/=_-]{32,}|password|secret|token/i;

/** What was given, short enough for one line; `undefined` where it may be a secret. */
export function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  if (value.length > 60 || /[\n\r]/.test(value) || credentialLike.test(value)) return undefined;
  return JSON.stringify(value);
}

/** The name that was probably meant: near in spelling, or the same in other letters. */
export function meant(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const found = names.find((name) => plain(name) === plain(word)) ?? closest(word, [...names]);
  const far = distance(plain(found), plain(word));
  return far <= Math.max(2, Math.floor(found.length / 3)) && far < word.length ? found : undefined;
}
