import { z } from "zod";

/** A process as it was when it was started; what a data folder keeps of it between two commands. */
export const processRecord = z.object({
  pid: z.int().positive(),
  /** Tells this process from a later one with the same id. */
  identity: z.string(),
  /** Digest of program and arguments; another one means: start it anew. */
  recipe: z.string(),
});

export type ProcessRecord = z.infer<typeof processRecord>;

/** Processes by name. */
export type Records<Name extends string> = Readonly<Partial<Record<Name, ProcessRecord>>>;
