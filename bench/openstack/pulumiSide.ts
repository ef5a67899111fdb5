import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { engineEnvironment, pulumi } from "../../embedded/local/engine";
import { cloneRoot, localPaths, type LocalPaths } from "../../embedded/local/paths";
import { ensurePassphrase, switchOffLogs } from "../../embedded/local/project";
import { measure, type Cost } from "../measure";
import { stateOf, type StateResource } from "../state";

type Env = Readonly<Record<string, string | undefined>>;
const stack = "bench";

/** The program of `program/` with a stack of its own. */
export class PulumiSide {
  private constructor(
    private readonly paths: LocalPaths,
    private readonly bin: string,
    private readonly cloud: Env,
    private readonly parallelism: number,
  ) {}

  /**
   * @param bin the toolchain's programs, with the bridged plugin
   * @param config settings of the program
   * @param cloud variables that say which cloud it is
   */
  static async in(
    folder: string,
    bin: string,
    config: Readonly<Record<string, string>>,
    cloud: Env,
    parallelism: number,
  ): Promise<PulumiSide> {
    const paths = localPaths(folder);
    await ensurePassphrase(paths);
    await mkdir(paths.project, { recursive: true });
    await mkdir(paths.backend, { recursive: true });
    await switchOffLogs(paths.pulumiHome);
    const write = (name: string, value: unknown) =>
      writeFile(path.join(paths.project, name), stringify(value));
    const name = "bench";
    const main = path.join(cloneRoot, "bench/openstack/program/index.ts");
    await write("Pulumi.yaml", { name, runtime: "nodejs", main });
    const settings = Object.entries(config).map(
      ([key, value]) => [`${name}:${key}`, value] as const,
    );
    await write(`Pulumi.${stack}.yaml`, { config: Object.fromEntries(settings) });
    await pulumi(paths, bin, ["stack", "init", stack]);
    return new PulumiSide(paths, bin, cloud, parallelism);
  }

  /** Makes what is not there. */
  up(): Promise<Cost> {
    return this.run("up");
  }

  /** @throws Error where anything is changed */
  noChange(): Promise<Cost> {
    return this.run("up", "--expect-no-changes");
  }

  destroy(): Promise<Cost> {
    return this.run("destroy");
  }

  state(): Promise<readonly StateResource[]> {
    return stateOf(this.paths, this.bin, stack);
  }

  private run(...args: [string, ...string[]]): Promise<Cost> {
    const same = ["--yes", "--skip-preview", "--stack", stack, "--parallel", `${this.parallelism}`];
    return measure({
      command: [path.join(this.bin, "pulumi"), ...args, ...same],
      cwd: this.paths.project,
      env: { ...engineEnvironment(this.paths, this.bin), ...this.cloud },
    });
  }
}
