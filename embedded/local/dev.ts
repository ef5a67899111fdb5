import { execa } from "execa";

/** What the smallest Fink and openEO need, after the sources: 4 CPUs, 7000 MB. */
const minikubeSize = ["--cpus", "4", "--memory", "7000"];
const stack = "dev";

/** Checks or starts minikube, makes the stack `dev` and deploys it; uses the tools on PATH. */
export async function devUp(): Promise<void> {
  await refuseMissing(["minikube", "pulumi"]);
  const running = await execa("minikube", ["status"], { reject: false });
  if (running.exitCode !== 0) {
    await execa("minikube", ["start", ...minikubeSize], { stdio: "inherit" });
  }
  const selected = await execa("pulumi", ["stack", "select", "--create", stack], {
    stdio: "inherit",
    reject: false,
  });
  if (selected.exitCode !== 0) {
    throw new Error("no stack `dev`: log in first (`pulumi login`, or `pulumi login --local`)");
  }
  await execa("pulumi", ["up", "--stack", stack], { stdio: "inherit" });
}

const remedies: Readonly<Record<string, string>> = {
  minikube: "minikube, with a driver it can use: https://minikube.sigs.k8s.io/docs/start/",
  pulumi: "the official Pulumi CLI: https://www.pulumi.com/docs/install/",
};

async function refuseMissing(commands: readonly string[]): Promise<void> {
  const found = await Promise.all(
    commands.map((command) => execa("sh", ["-c", `command -v ${command}`], { reject: false })),
  );
  const missing = commands.filter((_, index) => found[index]?.exitCode !== 0);
  if (missing.length > 0) {
    const lines = missing.map((command) => `  ${remedies[command] ?? command}`);
    throw new Error(`\`make dev\` needs on PATH:\n${lines.join("\n")}`);
  }
}
