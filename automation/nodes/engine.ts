import { execa, ExecaError } from "execa";
import { z } from "zod";
import { root } from "../stackFile";
import { UserError } from "../userError";

/** What a stack has made of its cluster. */
export interface ClusterOutputs {
  /** Access to it as its administrator: a secret. */
  readonly kubeconfig: string;
  /** Names of its nodes, by pool and in the order of their numbers. */
  readonly nodes: Readonly<Record<string, readonly string[]>>;
}

/** What the engine is asked to roll nodes. */
export interface Engine {
  /** What the stack has exported. */
  outputs(): Promise<ClusterOutputs>;
  /** How many resources an update would change. */
  pending(): Promise<number>;
  /** Updates the stack; the engine shows what it does. */
  up(): Promise<void>;
  /** Says which nodes the next updates may replace; none takes the setting away. */
  mayReplace(nodes: readonly string[]): Promise<void>;
}

const outputsSchema = z.object({
  kubeconfig: z.string().min(1),
  nodes: z.record(z.string(), z.array(z.string())),
});
const previewSchema = z.object({ changeSummary: z.record(z.string(), z.number()).default({}) });

/** The key of the setting that names the nodes which may be replaced. */
const replaceNodes = "openstack.replaceNodes";

/** Where and how the engine is run. */
export interface EngineOptions {
  readonly stack: string;
  /** The project's folder. Default: this clone. */
  readonly folder?: string;
  /** Further variables of its environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether updates are shown. Default: `true`. */
  readonly isShown?: boolean;
}

/** The engine on PATH. */
export function engineOf({
  stack,
  folder = root,
  env = {},
  isShown = true,
}: EngineOptions): Engine {
  const run = async (args: readonly string[], stdout: "pipe" | "inherit" = "pipe") => {
    try {
      const options = { cwd: folder, env, stdin: "ignore", stdout } as const;
      return String((await execa("pulumi", [...args, "--stack", stack], options)).stdout);
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      const why = error.code === "ENOENT" ? "it is not on PATH" : lastLines(error);
      throw new UserError(`pulumi ${args[0]} of the stack ${stack} failed: ${why}`);
    }
  };
  return {
    async outputs() {
      const text = await run(["stack", "output", "--json", "--show-secrets"]);
      const read = outputsSchema.safeParse(JSON.parse(text));
      if (read.success) return read.data;
      throw new UserError(`the stack ${stack} has made no cluster yet: pulumi up --stack ${stack}`);
    },
    async pending() {
      const { changeSummary } = previewSchema.parse(JSON.parse(await run(["preview", "--json"])));
      return Object.entries(changeSummary)
        .filter(([kind]) => kind !== "same")
        .reduce((sum, [, count]) => sum + count, 0);
    },
    async up() {
      await run(["up", "--yes", "--skip-preview"], isShown ? "inherit" : "pipe");
    },
    async mayReplace(nodes) {
      const key = ["--path", `eoplatform:${replaceNodes}`];
      await run(["config", "rm", ...key]);
      for (const [index, node] of nodes.entries()) {
        await run(["config", "set", "--path", `eoplatform:${replaceNodes}[${index}]`, node]);
      }
    },
  };
}

/** The engine's own words; it prints no secret. */
const lastLines = ({
  stderr,
  stdout,
  shortMessage,
}: Pick<ExecaError, "stderr" | "stdout" | "shortMessage">): string => {
  const said = `${String(stdout ?? "")}\n${String(stderr ?? "")}`.trim();
  return said === "" ? shortMessage : said.split("\n").slice(-12).join("\n");
};
