import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { satisfies } from "semver";
import { z } from "zod";
import { measure, type Cost } from "../measure";
import type { terraformOf } from "./terraform";

/** The Terraform that the goals are set against. */
export const wantedTerraform = "~1.11.0";

type Env = Readonly<Record<string, string | undefined>>;

/** Why no figure can be had of the Terraform on PATH; none where it can. */
export async function terraformProblem(): Promise<string | undefined> {
  const said = await execa("terraform", ["version", "-json"], { reject: false, stdin: "ignore" });
  if (said.exitCode !== 0) return "there is no terraform on PATH";
  const { terraform_version: version } = z
    .object({ terraform_version: z.string() })
    .parse(JSON.parse(said.stdout));
  if (satisfies(version, wantedTerraform)) return undefined;
  return `terraform on PATH is ${version}; the peer is ${wantedTerraform}`;
}

/** Terraform with its configuration and its state in a folder of its own. */
export class TerraformPeer {
  private constructor(
    private readonly folder: string,
    private readonly env: Env,
    private readonly parallelism: number,
  ) {}

  /**
   * @param provider the provider's program, taken as it is: nothing is asked of a registry
   * @param cloud variables that say which cloud it is
   */
  static async in(
    folder: string,
    configuration: ReturnType<typeof terraformOf>,
    provider: string,
    cloud: Env,
    parallelism: number,
  ): Promise<TerraformPeer> {
    await mkdir(folder, { recursive: true });
    const settings = path.join(folder, "terraform.rc");
    const { source } = configuration.terraform.required_providers.openstack;
    const override = `${JSON.stringify(source)} = ${JSON.stringify(path.dirname(provider))}`;
    await writeFile(
      settings,
      `provider_installation {\n  dev_overrides {\n    ${override}\n  }\n}\n`,
    );
    await writeFile(path.join(folder, "main.tf.json"), JSON.stringify(configuration, null, 1));
    const env = { ...cloud, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" };
    return new TerraformPeer(folder, env, parallelism);
  }

  /** Makes what is not there. */
  apply(): Promise<Cost> {
    return this.run("apply", "-auto-approve");
  }

  destroy(): Promise<Cost> {
    return this.run("destroy", "-auto-approve");
  }

  /** @throws Error where it would change anything: what was applied is not what is wanted then */
  async mustBeDone(): Promise<void> {
    await this.run("plan", "-detailed-exitcode");
  }

  private run(command: string, ...flags: string[]): Promise<Cost> {
    const same = ["-input=false", "-no-color", `-parallelism=${this.parallelism}`];
    return measure({
      command: ["terraform", command, ...flags, ...same],
      cwd: this.folder,
      env: this.env,
    });
  }
}
