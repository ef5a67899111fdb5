import { writeSync } from "node:fs";
import { Listr } from "listr2";

/** Tells what a step does now. */
export type Say = (text: string) => void;

/** One thing that takes its time. */
export interface Step {
  /** What it is about, as long as it has not begun. */
  readonly title: string;
  readonly run: (say: Say) => Promise<void>;
}

/** What happens in a step. */
export interface Progress {
  /** Number of the step, from 1, and how many there are. */
  readonly step: number;
  readonly of: number;
  /** What is being done, as `building etcd 3.6.5`. */
  readonly text: string;
  /** `changed`: the text is new; `running`: a second has gone by. */
  readonly state: "changed" | "running" | "done";
  /** Seconds since the step began. */
  readonly seconds: number;
}

export type OnProgress = (progress: Progress) => void;

/** How often a pipe is told that a step still runs, in seconds. */
const heartbeat = 30;

/** Runs steps one after the other: each uses all processors. */
export async function runSteps(steps: readonly Step[], onProgress: OnProgress): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const began = process.hrtime.bigint();
    let text = step.title;
    const tell = (state: Progress["state"]) => {
      const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
      onProgress({ step: index + 1, of: steps.length, text, state, seconds });
    };
    const ticker = setInterval(() => tell("running"), 1_000);
    try {
      await step.run((now) => {
        text = now;
        tell("changed");
      });
    } finally {
      clearInterval(ticker);
    }
    tell("done");
  }
}

/** Shows steps where a person looks: a list on a terminal, else plain lines. */
export async function showSteps(
  steps: readonly Step[],
  out: NodeJS.WriteStream & { readonly fd: number } = process.stderr,
): Promise<void> {
  if (steps.length === 0) return;
  if (!out.isTTY)
    return runSteps(
      steps,
      plainLines((line) => out.write(`${line}\n`)),
    );
  const tasks = steps.map((step, index) => ({
    title: `[${index + 1}/${steps.length}] ${step.title}`,
    task: (_: unknown, task: { title: string }) =>
      runSteps([step], (now) => {
        task.title = line({ ...now, step: index + 1, of: steps.length });
      }),
  }));
  // The list hides the cursor, and holds back what is written to the stream while it runs. Its own
  // listener for signals would end with an exit code of its choice.
  const interrupted = () => {
    writeSync(out.fd, "\u001b[?25h\n");
    process.kill(process.pid, "SIGINT");
  };
  process.once("SIGINT", interrupted);
  try {
    await new Listr(tasks, { registerSignalListeners: false }).run();
  } finally {
    process.off("SIGINT", interrupted);
  }
}

/** Progress as lines that stay readable in a log: a new text, a sign of life, the end. */
export function plainLines(write: (line: string) => void): OnProgress {
  let told = 0;
  return (progress) => {
    const beats = Math.floor(progress.seconds / heartbeat);
    if (progress.state === "running" && beats <= told) return;
    told = progress.state === "done" ? 0 : beats;
    write(line(progress));
  };
}

/** `[2/6] building kube-apiserver 1.36.3 … 2m51s`. */
export function line({ step, of, text, state, seconds }: Progress): string {
  const elapsed = state === "changed" && seconds === 0 ? "" : ` … ${duration(seconds)}`;
  return `[${step}/${of}] ${text}${elapsed}${state === "done" ? ", done" : ""}`;
}

/** `51s`, `2m51s`. */
export function duration(seconds: number): string {
  const rest = `${seconds % 60}s`;
  return seconds < 60 ? rest : `${Math.floor(seconds / 60)}m${rest.padStart(3, "0")}`;
}
