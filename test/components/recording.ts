import * as pulumi from "@pulumi/pulumi";
import type { ChartReader } from "../../components/base/chartSource";
import { record as recordProgram, type Recorded } from "../../automation/record";

export { masked } from "../../automation/record";

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
    readonly all: readonly Recorded[],
    /** What the program warned about. */
    readonly warnings: readonly string[],
  ) {}

  /** All resources of a type. */
  of(type: string): Recorded[] {
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

/** A credential that must not be seen. */
export const canary = "canary-4711-secret";

/** Runs a program with no engine behind it and returns what it registered and warned about. */
export async function record(run: () => unknown, reader?: ChartReader): Promise<Recording> {
  const warnings: string[] = [];
  const { warn } = console;
  // With no engine behind it, Pulumi's log is the console.
  console.warn = (text: string) => warnings.push(text.replace("warning: [runtime] ", ""));
  try {
    return new Recording(await recordProgram(run, reader), warnings);
  } finally {
    console.warn = warn;
  }
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
