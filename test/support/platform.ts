import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { stopControlPlane } from "../../embedded/control-plane";
import { pulumi } from "../../embedded/local/engine";
import { localPaths, type LocalPaths } from "../../embedded/local/paths";
import { prepareProject } from "../../embedded/local/project";
import { localStack, prepareLocal, type UpOptions } from "../../embedded/local/up";

/** A local platform of a test's own: the same parts as `make up`, in a folder that goes away. */
export interface Platform {
  readonly paths: LocalPaths;
  /** Folder of the toolchain's programs. */
  readonly bin: string;
  /** Runs the engine on the stack; never rejects, look at `exitCode` and `all`. */
  engine(...args: string[]): Promise<{ exitCode: number; all: string }>;
  /** Counts of the last update by kind: `{ create: 40 }`, `{ same: 39, update: 1 }`. */
  lastChanges(): Promise<Record<string, number>>;
  /** Gives the stack other settings for the updates that follow. */
  configure(overrides: Readonly<Record<string, unknown>>): Promise<void>;
  kubectl(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** What a platform of a test's own is made from. */
export interface PlatformOptions extends Pick<
  UpOptions,
  "stack" | "nodes" | "overrides" | "tools"
> {
  /** Variables of the engine and its plugins. */
  readonly env?: (paths: LocalPaths) => Readonly<Record<string, string>>;
}

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { stack = localStack, env = () => ({}) } = options;
  const paths = localPaths(await mkdtemp(path.join(tmpdir(), "eo-platform-")));
  const bin = await prepareLocal({ ...options, paths });
  const engine = async (...args: string[]) => {
    const options = { reject: false, all: true, env: env(paths) } as const;
    const run = await pulumi(paths, bin, [...args, "--stack", stack], options);
    return { exitCode: run.exitCode ?? 1, all: String(run.all) };
  };
  return {
    paths,
    bin,
    engine,
    configure: (overrides) => prepareProject(paths, stack, overrides),
    async lastChanges() {
      const args = ["stack", "history", "--json", "--page-size", "1", "--stack", stack];
      const { stdout } = await pulumi(paths, bin, args);
      const [last] = JSON.parse(String(stdout)) as { resourceChanges?: Record<string, number> }[];
      return last?.resourceChanges ?? {};
    },
    async kubectl(...args) {
      const env = { KUBECONFIG: paths.kubeconfig };
      return (await execa(path.join(bin, "kubectl"), args, { env })).stdout;
    },
    async stop() {
      await stopControlPlane({ dir: paths.dir, wipe: true });
      await rm(paths.dir, { recursive: true, force: true });
    },
  };
}

/** Runs `pulumi up` and throws its output where it fails. */
export async function up(platform: Platform, ...args: string[]): Promise<Record<string, number>> {
  const run = await platform.engine("up", "--yes", "--skip-preview", "--color", "never", ...args);
  if (run.exitCode !== 0) throw new Error(run.all);
  return platform.lastChanges();
}

/**
 * Runs `pulumi up` and says what it did, as `create kubernetes:core/v1:Service openeo-service`, sorted;
 * throws its output where it fails.
 */
export async function upDone(platform: Platform): Promise<string[]> {
  const run = await platform.engine("up", "--yes", "--skip-preview", "--color", "never");
  if (run.exitCode !== 0) throw new Error(run.all);
  const line = /^ *[-+~]+ +(\S+) (\S+) (created|updated|deleted|replaced)\b/gm;
  return [...run.all.matchAll(line)]
    .filter(([, type = ""]) => !type.startsWith("pulumi:pulumi:"))
    .map(([, type = "", name = "", what = ""]) => `${what} ${type} ${name}`)
    .sort();
}

/** Asks again, twice a second for a minute or as said, until the answer pleases; gives the last answer. */
export async function eventually<T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
  seconds = 60,
): Promise<T> {
  let answer = await ask();
  for (let turn = 0; turn < 2 * seconds && !pleases(answer); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    answer = await ask();
  }
  return answer;
}
