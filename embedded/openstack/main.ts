import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { showSteps } from "../../tools/progress";
import { installOpenStack } from "../../tools/toolchain";
import { defaultQuotas, isQuota, startOpenStack, status, stopOpenStack, type Quotas } from ".";

/** What the command line says. */
interface Options {
  readonly dir: string;
  readonly computes?: number;
  readonly quota: Partial<Quotas>;
  readonly wipe?: boolean;
}

async function up({ dir, computes, quota }: Options): Promise<void> {
  const began = performance.now();
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => interrupt.abort(new Error("interrupted; what had begun is stopped")));
  }
  const { authUrl, cloudsYaml, clouds } = await startOpenStack({
    dir,
    tools: await installOpenStack((text) => console.error(text)),
    computes,
    quotas: quota,
    signal: interrupt.signal,
    show: showSteps,
    onStep: (step) => console.error(step),
  });
  console.error(`took ${Math.round((performance.now() - began) / 1000)} s`);
  console.log(
    `${authUrl}\nexport OS_CLIENT_CONFIG_FILE=${cloudsYaml} OS_CLOUD=${clouds.application}`,
  );
}

async function showStatus({ dir }: Options): Promise<void> {
  const { running, components, openStack } = await status(dir);
  const { authUrl, cloudsYaml } = openStack ?? {};
  console.log(JSON.stringify({ running, authUrl, cloudsYaml, components }, undefined, 2));
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 20) return number;
  throw new InvalidArgumentError("must be a whole number between 1 and 20");
}

function quota(text: string, before: Partial<Quotas>): Partial<Quotas> {
  const [name = "", limit = ""] = text.split("=");
  if (isQuota(name) && /^\d+$/.test(limit)) return { ...before, [name]: Number(limit) };
  const known = Object.keys(defaultQuotas).join(", ");
  throw new InvalidArgumentError(`must be NAME=NUMBER with a name of ${known}`);
}

const defaultDir = path.resolve(
  process.env["EO_LOCAL_DIR"] ?? path.join(__dirname, "../../.local"),
);
const program = new Command("openstack").description("a real OpenStack on loopback");
program
  .command("up")
  .description("start it, or what of it does not run; gets its programs the first time")
  .option("--dir <folder>", "data folder", defaultDir)
  .option("--computes <count>", "simulated compute nodes of a new one (default: 5)", count)
  .option("--quota <name=limit>", "a quota of its project; may be repeated", quota, {})
  .action(up);
program
  .command("down")
  .description("stop it")
  .option("--dir <folder>", "data folder", defaultDir)
  .option("--wipe", "also remove its data")
  .action((options: Options) => stopOpenStack(options));
program
  .command("status")
  .description("what of it runs")
  .option("--dir <folder>", "data folder", defaultDir)
  .action(showStatus);
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
