/** One thing that is wrong with a stack's settings. */
export interface Problem {
  /** The setting, as a path: `openeo.executor.instances`. */
  readonly key: string;
  /** What was given, short enough for one line; left out where nothing was, or where it may be a secret. */
  readonly given?: string;
  /** What is wrong and what is allowed; lower case, no full stop, never a secret's value. */
  readonly message: string;
  /** The command that mends it. */
  readonly remedy: string;
  /** `missing-secret`: a required secret is not set; `wrong`: anything else. */
  readonly kind: "missing-secret" | "wrong";
}

/** A stack's settings cannot be used; carries every problem, not only the first. */
export class SettingsError extends Error {
  /** All problems, in the order of their keys. */
  readonly problems: readonly Problem[];

  /** @param problems at least one */
  constructor(problems: readonly Problem[]) {
    super(describeProblems(problems));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/** The problems as a text for people: each with its key, what was given, and the command that mends it. */
export function describeProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.flatMap(({ key, given, message, remedy }) => [
    `  ${key}: ${message}${given === undefined ? "" : ` (given: ${given})`}`,
    `    mend it: ${remedy}`,
  ]);
  return [`the settings have ${count}`, ...lines].join("\n");
}
