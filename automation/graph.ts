import { recordStack } from "./recordStack";

/** What a command has to say: its result, and beside it what the user should know. */
export interface Answer {
  readonly text: string;
  /** For stderr, a line each. */
  readonly notes: readonly string[];
}

/**
 * One line a component, provider or resource: full type token, tab, name; sorted, the stack itself
 * left out.
 */
export async function graph(stack: string): Promise<Answer> {
  const { resources, missingSecrets } = await recordStack(stack);
  const lines = resources.map(({ type, name }) => `${type}\t${name}\n`).sort();
  return { text: lines.join(""), notes: placeholderNotes(missingSecrets) };
}

export const placeholderNotes = (missing: readonly string[]): string[] =>
  missing.map((key) => `placeholder for the secret ${key}: it is not set`);
