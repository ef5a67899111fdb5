import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import type { CatalogueImage } from "../../components/workloads/openeo/catalogue";
import { UserError } from "../userError";
import { builders } from "./builders";
import type { BuilderName, BuildOptions, LoadTarget } from "./options";

/**
 * Builds an image, and pushes or loads it. Its build context is gone afterwards, also when it is
 * interrupted.
 *
 * @param image its name, with tag
 * @throws UserError where a program fails, or is interrupted
 */
export async function makeImage(
  made: CatalogueImage,
  image: string,
  builder: BuilderName,
  { push, load }: BuildOptions,
): Promise<void> {
  const calls = builders[builder];
  await interruptible(async (signal) => {
    const folder = await mkdtemp(path.join(tmpdir(), "eo-image-"));
    const run = (program: string, args: readonly string[]) => execute(program, args, signal);
    try {
      const context = await writeContext(folder, made);
      await run(builder, calls.build(context, image));
      if (push === true) await run(builder, calls.push(image));
      if (load === undefined || load === builder) return;
      if (load === "minikube" && builder === "docker") return await run(...loads.minikube(image));
      const archive = path.join(folder, "image.tar");
      await run(builder, calls.save(image, archive));
      await run(...loads[load](archive));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** How a cluster takes an image: by its name from docker, or from a file. */
const loads: Readonly<Record<LoadTarget, (what: string) => [string, readonly string[]]>> = {
  minikube: (imageOrArchive) => ["minikube", ["image", "load", imageOrArchive]],
  docker: (archive) => ["docker", ["load", "--input", archive]],
};

/** Writes what the image is made of; whatever the umask, its files can be read by everybody. */
async function writeContext(folder: string, made: CatalogueImage): Promise<string> {
  const context = path.join(folder, "context");
  await mkdir(path.join(context, "catalogues"), { recursive: true });
  await chmod(path.join(context, "catalogues"), 0o755);
  await writeFile(path.join(context, "Containerfile"), made.containerfile);
  for (const { inContext, content } of made.files) {
    await writeFile(path.join(context, inContext), content);
    await chmod(path.join(context, inContext), 0o644);
  }
  return context;
}

/** Runs a program with its progress on the terminal; stdout is for the answer. */
async function execute(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const run = await execa(program, args, {
    ...{ stdin: "ignore", stdout: 2, stderr: "inherit" },
    cancelSignal: signal,
    reject: false,
  });
  if (signal.aborted) throw new UserError("interrupted; the settings are as they were");
  if (!run.failed) return;
  const how = run.exitCode === undefined ? (run.shortMessage ?? "") : `exit code ${run.exitCode}`;
  throw new UserError(`${program} ${args[0]} failed (${how}); what it said stands above`);
}

async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const abort = () => interrupt.abort();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, abort);
  try {
    await work(interrupt.signal);
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}
