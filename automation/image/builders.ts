import { execa } from "execa";
import { builderNames, type BuilderName } from "./options";
import { UserError } from "../userError";

/** What one of the programs is called with. */
interface Calls {
  /** Succeeds where the program can build here. */
  readonly probe: readonly string[];
  readonly build: (context: string, image: string) => readonly string[];
  readonly push: (image: string) => readonly string[];
  /** Writes an image to a file as `docker load` takes it. */
  readonly save: (image: string, archive: string) => readonly string[];
}

const build = (context: string, image: string) => [
  ...["build", "--file", `${context}/Containerfile`],
  ...["--tag", image, context],
];
const push = (image: string) => ["push", image];

/** How each program is called. */
export const builders: Readonly<Record<BuilderName, Calls>> = {
  docker: {
    // The program alone is not enough: its server builds.
    probe: ["version", "--format", "{{.Server.Version}}"],
    build,
    push,
    save: (image, archive) => ["save", "--output", archive, image],
  },
  podman: {
    probe: ["info"],
    build,
    push,
    save: (image, archive) => ["save", "--format", "docker-archive", "--output", archive, image],
  },
  buildah: {
    probe: ["info"],
    build,
    push,
    save: (image, archive) => ["push", image, `docker-archive:${archive}:${image}`],
  },
};

/**
 * The program that builds: the wanted one, else the first that works here.
 *
 * @throws UserError with what is wrong with each, where none works
 */
export async function findBuilder(wanted: BuilderName | undefined): Promise<BuilderName> {
  const troubles: string[] = [];
  for (const name of wanted === undefined ? builderNames : [wanted]) {
    const trouble = await whyNot(name, builders[name].probe);
    if (trouble === undefined) return name;
    troubles.push(`  ${name}: ${trouble}`);
  }
  throw new UserError(
    [
      "no program here can build an image:",
      ...troubles,
      "install one: apt-get install buildah on Debian and Ubuntu, else",
      "https://podman.io/docs/installation or https://docs.docker.com/engine/install",
    ].join("\n"),
  );
}

/** Why a program cannot be used, in one line; `undefined` where it can. */
export async function whyNot(
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  const run = await execa(program, args, { reject: false, timeout: 20_000, stdin: "ignore" });
  if (!run.failed) return undefined;
  if (run.code === "ENOENT") return "is not on PATH";
  if (run.timedOut) return "does not answer";
  return run.stderr.trim().split("\n").at(-1) || `${args[0]} ended with ${run.exitCode}`;
}
