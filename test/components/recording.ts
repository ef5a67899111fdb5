import * as pulumi from "@pulumi/pulumi";
import { noCharts, withChartReader, type ChartReader } from "../../components/base/chartSource";

/** One resource as the engine would get it. */
export interface Seen {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

/** What a resource is made from. */
export type Inputs = Readonly<Record<string, unknown>>;

/** One step after the other into a value; `undefined` where there is nothing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Inputs)[key] : undefined,
    value,
  );
}

/** What {@link at} finds as a list; empty where there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** What a program registered. */
export class Recording {
  constructor(
    readonly all: readonly Seen[],
    /** What the program warned about. */
    readonly warnings: readonly string[],
  ) {}

  /** All resources of a type. */
  of(type: string): Seen[] {
    return this.all.filter((seen) => seen.type === type);
  }

  /** Inputs of the one resource of a type, or of the one that bears the name too. */
  one(type: string, name?: string): Inputs {
    const found = this.of(type).filter((seen) => name === undefined || seen.name === name);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`${found.length} resources of ${type} ${name ?? ""}`);
    }
    return first.inputs;
  }
}

/** What a generated password is in tests. */
export const canary = "canary-4711-secret";

const secretMark = "4dabf18193072939515e22adb298388d";

/** Values that the engine would keep encrypted are seen as this. */
export const masked = "[secret]";

function mask(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return masked;
  if (Array.isArray(value)) return value.map(mask);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
}

/** Runs a program with no engine behind it and returns what it registered. */
export async function record(
  run: () => unknown,
  reader: ChartReader = noCharts,
): Promise<Recording> {
  const seen: Seen[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        const known = inputs as Inputs;
        seen.push({ type, name, inputs: mask(known) as Inputs });
        const made = type.endsWith("RandomPassword") ? { result: canary } : {};
        return { id: `${name}-id`, state: { ...known, ...made } };
      },
      call: () => ({}),
    },
    "eoplatform",
    "test",
    false,
  );
  const warnings: string[] = [];
  const { warn } = console;
  // With no engine behind it, Pulumi's log is the console.
  console.warn = (text: string) => warnings.push(text.replace("warning: [runtime] ", ""));
  try {
    await withChartReader(reader, async () => {
      run();
      await pulumi.runtime.disconnect();
    });
  } finally {
    console.warn = warn;
  }
  return new Recording(seen, warnings);
}

/** The problems of a refusal, as `path: reason`; empty when nothing was refused. */
export function refusals(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
  return [];
}
