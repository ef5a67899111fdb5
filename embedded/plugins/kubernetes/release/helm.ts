import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Connection } from "../connection";

export interface HelmOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Given on standard input, so that no secret stands in an argument or a file. */
  readonly input?: string;
}

/** helm failed; the message is its own. */
export class HelmError extends Error {}

// helm winds up what it has begun when it is asked to end; more than this nobody waits for.
const graceMs = 10_000;

/**
 * Runs helm and returns what it prints.
 *
 * @throws HelmError where it fails, cannot be executed, or is cancelled
 */
export async function helm(args: readonly string[], options: HelmOptions): Promise<string> {
  // A preview with no release needs none of this.
  const { execa } = await import("execa");
  const { context } = options.connection;
  const kubeconfig = options.connection.kubeconfigFile();
  const where = [
    ...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]),
    ...(context === undefined ? [] : ["--kube-context", context]),
  ];
  const run = await execa("helm", [...args, ...where], {
    input: options.input ?? "",
    reject: false,
    cancelSignal: options.signal,
    forceKillAfterDelay: graceMs,
  });
  if (!run.failed) return run.stdout;
  if (run.code === "ENOENT") {
    throw new HelmError("helm is not on PATH; install helm 3, or put its folder on PATH");
  }
  const said = errorOf(run.stderr);
  if (run.isCanceled) throw new HelmError(`cancelled${said === "" ? "" : `: ${said}`}`);
  throw new HelmError(
    said || `helm ${args[0] ?? ""} ended with exit code ${run.exitCode ?? "none"}`,
  );
}

// Lines that say nothing of what went wrong.
const noise =
  /^(WARNING: Kubernetes configuration file|level=|walk\.go:|\w\d{4} |coalesce\.go|warning: )/;

function errorOf(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => line.trim() !== "" && !noise.test(line))
    .join("\n")
    .replace(/^Error: /m, "")
    .trim();
}

/** Runs `work` with a folder for its owner alone, which is gone afterwards. */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-helm-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that only its owner can read. */
export async function writePrivate(file: string, content: string): Promise<string> {
  await writeFile(file, content, { mode: 0o600 });
  return file;
}
