import { readFileSync } from "node:fs";
import ts from "typescript";

/** A property's type, and whether it must be given; in TypeScript's words: `Record<string, string>`. */
export interface Member {
  readonly type: string;
  readonly required: boolean;
}
export type Members = Readonly<Record<string, Member>>;

/** Interfaces by name; names that stand for another interface lead to the same members. */
export type Declarations = ReadonlyMap<string, Members>;

/** What TypeScript files declare. */
export function typescriptDeclarations(files: readonly string[]): Declarations {
  const found = new Map<string, Members>();
  const aliases: [string, string][] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement)) {
        const members = statement.members.filter(ts.isPropertySignature);
        found.set(
          statement.name.text,
          Object.fromEntries(
            members.map((member) => [
              member.name.getText(source),
              {
                type: (member.type?.getText(source) ?? "").replaceAll("output.", ""),
                required: member.questionToken === undefined,
              },
            ]),
          ),
        );
      }
      if (ts.isTypeAliasDeclaration(statement)) {
        aliases.push([statement.name.text, statement.type.getText(source)]);
      }
    }
  }
  for (const [name, other] of aliases) {
    const members = found.get(other);
    if (members) found.set(name, members);
  }
  return found;
}

/** What the classes of arguments in a Python source declare; `Args` is left off their names. */
export function pythonDeclarations(source: string): Declarations {
  const found = new Map<string, Members>();
  const classes =
    /^class (\w+?)(?:Args)?(?:\(.*\))?:\n {4}def __init__\(__self__, \*,\n([^]*?)\):\n/gm;
  for (const [, name = "", parameters = ""] of source.matchAll(classes)) {
    const lines = parameters.split("\n").map((line) => line.trim().replace(/,$/, ""));
    found.set(name, Object.fromEntries(lines.map(pythonMember)));
  }
  return found;
}

function pythonMember(line: string): [string, Member] {
  const [, name = "", type = "", rest] = /^(\w+): (.*?)( = None)?$/.exec(line) ?? [];
  return [camelCase(name), { type: typescriptType(type), required: rest === undefined }];
}

function camelCase(name: string): string {
  // Python marks a name that is one of its keywords with an underscore.
  return name
    .replace(/_$/, "")
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const scalars: Readonly<Record<string, string>> = {
  str: "string",
  int: "number",
  float: "number",
  bool: "boolean",
};

/** A Python annotation in TypeScript's words. */
function typescriptType(annotation: string): string {
  const [, outer, inner = ""] = /^([\w.]+)\[(.*)\]$/.exec(annotation) ?? [];
  if (outer === "Optional" || outer === "pulumi.Input") return typescriptType(inner);
  if (outer === "Sequence") return `${typescriptType(inner)}[]`;
  if (outer === "Mapping") {
    return `Record<string, ${typescriptType(inner.replace(/^str, /, ""))}>`;
  }
  return scalars[annotation] ?? annotation.replace(/^'(\w+)Args'$/, "$1");
}

/** A structure with the names of interfaces resolved, so that only properties and scalars are left. */
export type Structure = string | { readonly [name: string]: Structure };

/** The members of an interface, those of optional properties marked, down to the scalars. */
export function structure(all: Declarations, name: string): Structure {
  const members = all.get(name);
  if (!members) throw new Error(`no interface ${name}`);
  return Object.fromEntries(
    Object.entries(members)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { type, required }]) => [required ? key : `${key}?`, resolved(all, type)]),
  );
}

function resolved(all: Declarations, type: string): Structure {
  if (type.endsWith("[]")) return { "[]": resolved(all, type.slice(0, -2)) };
  const values = /^Record<string, (.*)>$/.exec(type)?.[1];
  if (values !== undefined) return { "{}": resolved(all, values) };
  return all.has(type) ? structure(all, type) : type;
}
