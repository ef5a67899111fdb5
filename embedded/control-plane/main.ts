import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { findPyspark, locateTools } from "../../tools/toolchain";
import { startControlPlane, status, stopControlPlane, type NodeShape } from ".";

/** What the command line says. */
interface Options {
  readonly dir: string;
  readonly nodes?: number;
  readonly nodeCpu?: string;
  readonly nodeMemory?: string;
  readonly wipe?: boolean;
}

const tools = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "spark-operator",
] as const;

async function up(options: Options): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () =>
      interrupt.abort(new Error("interrupted; what had begun is stopped")),
    );
  }
  const { kubeconfig, apiServer } = await startControlPlane({
    dir: options.dir,
    tools: await locateTools([...tools]),
    nodes: shape(options),
    sparkHome: await findPyspark(),
    signal: interrupt.signal,
    onStep: (step) => console.error(step),
  });
  console.log(`${apiServer}\nexport KUBECONFIG=${kubeconfig}`);
}

/** Only what was asked for: nodes that run keep the shape they have. */
function shape({ nodes, nodeCpu, nodeMemory }: Options): NodeShape | undefined {
  if (nodes === undefined && nodeCpu === undefined && nodeMemory === undefined) return undefined;
  return { count: nodes, cpu: nodeCpu, memory: nodeMemory };
}

function nodeCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 254) return count;
  throw new InvalidArgumentError("must be a whole number between 1 and 254");
}

const defaultDir = path.resolve(
  process.env["EO_LOCAL_DIR"] ?? path.join(__dirname, "../../.local"),
);
const program = new Command("control-plane").description("a Kubernetes control plane on loopback");
program
  .command("up")
  .description("start it, or what of it does not run")
  .option("--dir <folder>", "data folder", defaultDir)
  .option("--nodes <count>", "number of simulated nodes (default: 4)", nodeCount)
  .option("--node-cpu <quantity>", "CPUs of each (default: 8)")
  .option("--node-memory <quantity>", "memory of each (default: 32Gi)")
  .action(up);
program
  .command("down")
  .description("stop it")
  .option("--dir <folder>", "data folder", defaultDir)
  .option("--wipe", "also remove its data")
  .action((options: Options) => stopControlPlane(options));
program
  .command("status")
  .description("what of it runs")
  .option("--dir <folder>", "data folder", defaultDir)
  .action(async (options: Options) => {
    console.log(JSON.stringify(await status(options.dir), undefined, 2));
  });
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
