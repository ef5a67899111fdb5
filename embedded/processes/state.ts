import type { z } from "zod";
import { parseJson, readIfThere, writeFileWhole } from "./files";
import { isAlive } from "./process";
import type { ProcessRecord, Records } from "./record";

/** How a data folder keeps what is recorded between two commands. */
export const stateFile = <T>(schema: z.ZodType<T>) => ({
  /**
   * Reads the recorded state.
   *
   * @returns undefined where there is none
   * @throws where the file cannot be understood: what runs is then unknown
   */
  read: async (file: string): Promise<T | undefined> => {
    const text = await readIfThere(file);
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new Error(
      `${file} cannot be understood, so it is unknown which processes belong to it: ` +
        `end them by hand, remove the folder of this file and start again`,
    );
  },

  /** Writes the state, whole or not at all. */
  write: (file: string, state: T): void => {
    writeFileWhole(file, JSON.stringify(state, undefined, 2));
  },
});

/** Those of the recorded processes that still run, in the order of the names. */
export function stillRunning<Name extends string>(
  records: Records<Name>,
  names: readonly Name[],
): Records<Name> {
  const running: Partial<Record<Name, ProcessRecord>> = {};
  for (const name of names) {
    const record = records[name];
    if (record && isAlive(record)) running[name] = record;
  }
  return running;
}

/** The process id of each recorded process that runs, and whether all of them do. */
export function statusOf<Name extends string>(records: Records<Name>, names: readonly Name[]) {
  const alive = stillRunning(records, names);
  const components: Partial<Record<Name, number>> = {};
  for (const name of names) if (alive[name]) components[name] = alive[name].pid;
  return { running: names.every((name) => alive[name]), components };
}
