import { rm } from "node:fs/promises";
import { Command } from "commander";
import { ExecaError } from "execa";
import { status, stopControlPlane } from "../control-plane";
import { stopOpenStack } from "../openstack";
import { devUp } from "./dev";
import { pulumi } from "./engine";
import { localPaths } from "./paths";
import { localStack, prepareLocal } from "./up";

const note = [
  "simulated pods: nothing answers at these addresses, except the spark-operator, which is real;",
  "for real ones: `make dev` (minikube)",
].join("\n");

async function up(): Promise<void> {
  const began = process.hrtime.bigint();
  const paths = localPaths();
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
  const { signal } = interrupt;
  const bin = await prepareLocal({ paths, signal, onStep: (step) => console.error(`• ${step}`) });
  console.error("• pulumi up");
  // Ctrl-C reaches the engine too, which ends its step in hand and saves the state: wait for it.
  process.on("SIGINT", () => undefined);
  const run = await pulumi(paths, bin, ["up", "--stack", localStack, "--yes", "--skip-preview"], {
    stdout: "inherit",
    stderr: "inherit",
    reject: false,
  });
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
  if (signal.aborted) fail("interrupted; the state is saved: `make up` goes on from here", 130);
  if (run.exitCode !== 0) {
    fail("the engine's messages above say why; after mending it `make up` goes on from here");
  }
  console.log(`\n${note}\n\nkubectl:    export KUBECONFIG=${paths.kubeconfig} PATH=${bin}:$PATH`);
  console.log(`took:       ${seconds} s\nto stop it: make down`);
}

async function down(): Promise<void> {
  const paths = localPaths();
  await stopControlPlane({ dir: paths.dir, wipe: true });
  await stopOpenStack({ dir: paths.dir, wipe: true });
  await rm(paths.dir, { recursive: true, force: true });
}

async function showStatus(): Promise<void> {
  console.log(JSON.stringify(await status(localPaths().dir), undefined, 2));
}

function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}

/** One message for the user; the stack of our own code helps nobody. */
function report(error: unknown): never {
  if (error instanceof ExecaError) fail([error.shortMessage, error.stderr].join("\n"));
  return fail(error instanceof Error ? error.message : String(error));
}

const program = new Command("local").description("the embedded platform of this clone");
program.command("up").description("start it and deploy the stack local").action(up);
program.command("dev").description("deploy the stack dev on minikube").action(devUp);
program.command("down").description("stop it and remove its data").action(down);
program.command("status").description("what of it is running").action(showStatus);
program.parseAsync().catch(report);
