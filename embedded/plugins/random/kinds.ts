import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { hashSync } from "bcryptjs";
import type { Json, JsonObject } from "../protocol/properties";

/** One kind of random value. */
export interface Kind {
  /** What the outputs say where the program says nothing. */
  readonly defaults: JsonObject;
  /** What it makes. */
  readonly outputs: readonly string[];
  /** Outputs that are secret whatever the inputs are. */
  readonly secret: readonly string[];
  /** What is wrong with the inputs; nothing where all is well. */
  problems(inputs: JsonObject): { property: string; reason: string }[];
  /** Makes the value. */
  make(inputs: JsonObject): { id: string; outputs: JsonObject };
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const numeric = "0123456789";
const special = "!@#$%&*()-_=+[]{}<>:?";

/** The kinds by type token. */
export const kinds: Readonly<Record<string, Kind>> = {
  "random:index/randomPassword:RandomPassword": text(["result", "bcryptHash"], true),
  "random:index/randomString:RandomString": text(["result"], false),
  "random:index/randomId:RandomId": {
    defaults: {},
    outputs: ["b64Std", "b64Url", "dec", "hex"],
    secret: [],
    problems: (inputs) => positive(inputs, "byteLength"),
    make: (inputs) => {
      const bytes = randomBytes(number(inputs["byteLength"]));
      const prefix = typeof inputs["prefix"] === "string" ? inputs["prefix"] : "";
      const id = bytes.toString("base64url");
      const outputs = {
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + id,
        dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
        hex: prefix + bytes.toString("hex"),
      };
      return { id, outputs };
    },
  },
  "random:index/randomBytes:RandomBytes": {
    defaults: {},
    outputs: ["base64", "hex"],
    secret: ["base64", "hex"],
    problems: (inputs) => positive(inputs, "length"),
    make: (inputs) => {
      const bytes = randomBytes(number(inputs["length"]));
      return {
        id: "none",
        outputs: { base64: bytes.toString("base64"), hex: bytes.toString("hex") },
      };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    defaults: {},
    outputs: ["result"],
    secret: [],
    problems: () => [],
    make: () => {
      const result = randomUUID();
      return { id: result, outputs: { result } };
    },
  },
  "random:index/randomInteger:RandomInteger": {
    defaults: {},
    outputs: ["result"],
    secret: [],
    problems: ({ min, max, seed }) => [
      ...(number(min) > number(max)
        ? [{ property: "min", reason: `must not be above max, ${number(max)}` }]
        : []),
      ...(seed === undefined ? [] : [seedRefused]),
    ],
    make: ({ min, max }) => {
      const result = randomInt(number(min), number(max) + 1);
      return { id: String(result), outputs: { result } };
    },
  },
};

const seedRefused = {
  property: "seed",
  reason: "the stand-in cannot repeat the official plugin's sequences: leave seed out",
};

function number(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}

function positive(inputs: JsonObject, property: string) {
  const value = inputs[property];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return [];
  return [
    { property, reason: `must be a whole number of at least 1, got ${JSON.stringify(value)}` },
  ];
}

interface CharacterClass {
  readonly characters: string;
  readonly minimum: number;
}

/** The character classes that the inputs allow, each with how many of it there must be. */
function classes(inputs: JsonObject): CharacterClass[] {
  const own = inputs["overrideSpecial"];
  const specials = typeof own === "string" && own !== "" ? own : special;
  const wanted: [string, string, string][] = [
    ["lower", "minLower", lower],
    ["upper", "minUpper", upper],
    ["numeric", "minNumeric", numeric],
    ["special", "minSpecial", specials],
  ];
  return wanted
    .filter(([name]) => inputs[name] !== false)
    .map(([, minimum, characters]) => ({ characters, minimum: number(inputs[minimum]) }));
}

/** RandomPassword and RandomString: characters of chosen classes. */
function text(outputs: readonly string[], password: boolean): Kind {
  const all = { lower: true, upper: true, numeric: true, number: true, special: true };
  const minima = { minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };
  return {
    defaults: { ...all, ...minima },
    outputs,
    secret: password ? outputs : [],
    problems: (inputs) => {
      const problems = positive(inputs, "length");
      const allowed = classes(inputs);
      const least = allowed.reduce((sum, { minimum }) => sum + minimum, 0);
      if (allowed.length === 0) {
        const reason = "at least one of lower, upper, numeric and special must be true";
        problems.push({ property: "special", reason });
      }
      if (problems.length === 0 && number(inputs["length"]) < least) {
        problems.push({
          property: "length",
          reason: `must be at least ${least}, the sum of minima`,
        });
      }
      return problems;
    },
    make: (inputs) => {
      const result = characters(number(inputs["length"]), classes(inputs));
      if (!password) return { id: result, outputs: { result } };
      // More than 72 bytes never enter a bcrypt hash.
      const made: JsonObject = { result, bcryptHash: hashSync(result.slice(0, 72)) };
      return { id: "none", outputs: made };
    },
  };
}

function characters(length: number, allowed: readonly CharacterClass[]): string {
  const pick = (from: string) => from.charAt(randomInt(from.length));
  const any = allowed.map((one) => one.characters).join("");
  const picked = allowed.flatMap((one) =>
    Array.from({ length: one.minimum }, () => pick(one.characters)),
  );
  while (picked.length < length) picked.push(pick(any));
  // The obligatory ones must not stand at known places.
  for (let last = picked.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [picked[last], picked[other]] = [picked[other] ?? "", picked[last] ?? ""];
  }
  return picked.join("");
}
