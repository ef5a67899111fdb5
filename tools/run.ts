import { execa, ExecaError } from "execa";
import { ToolchainError } from "./shop";

/** What a program is run in, and what is told of it where it fails. */
export interface RunOptions {
  /** The whole environment, nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder that it runs in. Default: this process' own. */
  readonly cwd?: string;
  /** What is told where it fails, such as `installing OpenStack failed`. */
  readonly failure: string;
  /** What the user can look at where it fails. */
  readonly remedy: string;
}

/** How many of the last lines of a failed program are shown. */
const shownLines = 15;

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to standard output
 * @throws ToolchainError with the last lines of what it said, where it cannot be run or fails
 */
export async function run(
  command: string,
  args: readonly string[],
  { env, cwd, failure, remedy }: RunOptions,
): Promise<string> {
  try {
    return (await execa(command, args, { env, cwd, extendEnv: false, stdin: "ignore" })).stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const said = String(error.stderr || error.shortMessage).trim();
    const lines = said.split("\n").slice(-shownLines).join("\n  ");
    throw new ToolchainError(`${failure}:\n  ${lines}\n${remedy}`);
  }
}
