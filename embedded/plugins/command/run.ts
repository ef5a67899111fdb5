import { execa } from "execa";
import { objectAt, stringAt, type Json, type JsonObject } from "../protocol/properties";

/** What a command said. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Told of a line as soon as it is there. */
export type OnLine = (line: string) => void;

/** What a command runs with. */
export interface RunOptions {
  readonly inputs: JsonObject;
  /** What it said the last time; it sees that in its environment. */
  readonly previous: Said | undefined;
  readonly onLine: OnLine;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** In seconds; 0: as long as it likes. */
  readonly timeout: number;
}

/**
 * Runs a command here.
 *
 * @throws Error with its exit code and its last lines
 */
export async function runHere(command: string, options: RunOptions): Promise<Said> {
  const { inputs, previous, onLine, signal, timeout } = options;
  const [program = "/bin/sh", ...args] = interpreterOf(inputs);
  const logging = stringAt(inputs, "logging") ?? "stdoutAndStderr";
  const shown = { stdout: /^stdout/.test(logging), stderr: /stderr$/i.test(logging) };
  const running = execa(program, [...args, command], {
    cwd: stringAt(inputs, "dir"),
    env: { ...textsOf(objectAt(inputs, "environment")), ...seen(inputs, previous) },
    input: stringAt(inputs, "stdin") ?? "",
    cancelSignal: signal,
    timeout: timeout * 1000,
    reject: false,
  });
  const told = (["stdout", "stderr"] as const)
    .filter((stream) => shown[stream])
    .map(async (stream) => {
      for await (const line of running.iterable({ from: stream })) onLine(String(line));
    });
  const [ended] = await Promise.all([running, ...told]);
  const said = { stdout: String(ended.stdout), stderr: String(ended.stderr) };
  if (ended.failed) throw new Error(failure(ended, said));
  return said;
}

function interpreterOf({ interpreter }: JsonObject): readonly string[] {
  return Array.isArray(interpreter) ? interpreter.map(text) : ["/bin/sh", "-c"];
}

const seen = (inputs: JsonObject, previous: Said | undefined): Record<string, string> =>
  previous === undefined || inputs["addPreviousOutputInEnv"] === false
    ? {}
    : { PULUMI_COMMAND_STDOUT: previous.stdout, PULUMI_COMMAND_STDERR: previous.stderr };

const textsOf = (values: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]));

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

/** How a command ended. */
interface Ended {
  readonly exitCode?: number;
  readonly shortMessage?: string;
}

const shownLines = 20;

function failure({ exitCode, shortMessage }: Ended, { stdout, stderr }: Said): string {
  const lines = `${stdout}\n${stderr}`.trim().split("\n").slice(-shownLines).join("\n");
  const how = exitCode === undefined ? (shortMessage ?? "was ended") : `exit status ${exitCode}`;
  return `${how}: running the command failed:\n${lines}`;
}
