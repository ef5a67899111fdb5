import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Context } from "mocha";
import { runScript, type ScriptEnvironment } from "../../components/cluster/teardown/script";
import { controlPlanePaths } from "../../embedded/control-plane/paths";
import { readState, type ComponentName } from "../../embedded/control-plane/state";
import {
  eventually,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
} from "../embedded/control-plane/support";

/** A cluster that the script is run on. */
export interface ScriptCluster {
  readonly plane: TestControlPlane;
  /** The text of its kubeconfig. */
  readonly kubeconfig: string;
}

/** A cluster of two nodes, with a namespace `work`. */
export async function startScriptCluster(context: Context): Promise<ScriptCluster> {
  const plane = await startForTest(await toolsOrSkip(context), { nodes: { count: 2 } });
  await plane.core.createNamespace({ body: { metadata: { name: "work" } } });
  const account = { namespace: "work", name: "default" };
  await eventually("an account", () => plane.core.readNamespacedServiceAccount(account));
  return { plane, kubeconfig: await readFile(plane.kubeconfig, "utf8") };
}

/** What tests do with a cluster, which is there when they do it. */
export function commandsOn(cluster: () => ScriptCluster) {
  async function kubectl(args: string[], input?: string): Promise<string> {
    const { exitCode, text } = await cluster().plane.kubectl(args, input);
    assert.equal(exitCode, 0, text);
    return text;
  }

  const apply = (...objects: object[]) =>
    kubectl(
      ["apply", "-f", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
    );

  /** Runs the script; what it said, and how it failed. */
  async function run(argv: string[], env: ScriptEnvironment = {}, onLine?: (line: string) => void) {
    const said: string[] = [];
    const given = { EO_KUBECONFIG: cluster().kubeconfig, EO_CLUSTER: "test" };
    const failed = await runScript(argv, { ...given, EO_LIMIT_SECONDS: "30", ...env }, (line) => {
      said.push(line);
      onLine?.(line);
    }).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    return { said: said.join("\n"), failed };
  }

  /** Does something while one process of the control plane is as dead as a server that hangs. */
  async function whileFrozen(name: ComponentName, work: () => Promise<void>): Promise<void> {
    const state = await readState(controlPlanePaths(cluster().plane.dir).state);
    const pid = state?.components[name]?.pid;
    assert.ok(pid !== undefined, `${name} is not running`);
    process.kill(pid, "SIGSTOP");
    try {
      await work();
    } finally {
      process.kill(pid, "SIGCONT");
    }
  }

  return { apply, kubectl, run, whileFrozen };
}

/** A pod of the namespace `work`. */
export const pod = (name: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "work", labels: { app: name } },
  spec: { containers: [{ name: "c", image: "busybox:1.36" }], ...spec },
});
