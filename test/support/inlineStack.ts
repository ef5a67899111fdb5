import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { pluginBin } from "../embedded/plugins/plugin";

/** What a stack of a test is made from. */
export interface InlineStack {
  /** Where home, state and the engine's link are put. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** Paths of the programs. */
  readonly tools: { readonly pulumi: string; readonly helm: string };
  /** The program; gives its outputs. */
  readonly run: () => Record<string, unknown>;
  /** Further folders of PATH. */
  readonly folders?: readonly string[];
  /** Further variables of plugins. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack of a function, for the real engine with our plugins. */
export async function inlineStack(parts: InlineStack): Promise<automation.Stack> {
  const { folder, kubeconfig, tools, run, folders = [], env = {} } = parts;
  const root = path.join(folder, "cli");
  const backend = path.join(folder, "backend");
  await mkdir(path.join(root, "bin"), { recursive: true });
  await mkdir(backend);
  await symlink(tools.pulumi, path.join(root, "bin", "pulumi"));
  const own = [...folders, pluginBin, path.dirname(tools.helm), process.env["PATH"]];
  return automation.LocalWorkspace.createStack(
    { stackName: "test", projectName: "plugins", program: () => Promise.resolve(run()) },
    {
      pulumiCommand: await automation.PulumiCommand.get({ root }),
      pulumiHome: path.join(folder, "home"),
      projectSettings: {
        name: "plugins",
        runtime: "nodejs",
        backend: { url: `file://${backend}` },
      },
      envVars: {
        PATH: own.join(path.delimiter),
        KUBECONFIG: kubeconfig,
        PULUMI_CONFIG_PASSPHRASE: "of this test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        ...env,
      },
    },
  );
}
