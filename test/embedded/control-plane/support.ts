import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  NetworkingV1Api,
} from "@kubernetes/client-node";
import { execa } from "execa";
import type { Context } from "mocha";
import {
  startControlPlane,
  stopControlPlane,
  type ControlPlaneArgs,
} from "../../../embedded/control-plane";
import { locateTools, type ToolName } from "../../../tools/toolchain";
import { skip } from "../../support/skip";

const needed = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "spark-operator",
  "kubectl",
  "helm",
] as const satisfies ToolName[];

export type TestTools = Readonly<Record<(typeof needed)[number], string>>;

/** The tools, or a skip of the whole suite where one is missing. */
export async function toolsOrSkip(context: Context): Promise<TestTools> {
  try {
    return await locateTools([...needed]);
  } catch (error) {
    return skip(context, `${(error as Error).message}; to get it: make tools`);
  }
}

/** A control plane of one suite, in a folder that goes away with it. */
export interface TestControlPlane {
  readonly dir: string;
  readonly kubeconfig: string;
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  readonly networking: NetworkingV1Api;
  readonly tools: TestTools;
  /** Runs kubectl; never rejects. */
  kubectl(args: readonly string[], input?: string): Promise<{ exitCode: number; text: string }>;
  stop(): Promise<void>;
}

export async function startForTest(
  tools: TestTools,
  more: Partial<ControlPlaneArgs> = {},
): Promise<TestControlPlane> {
  const dir = more.dir ?? (await newFolder());
  const { kubeconfig } = await startControlPlane({ dir, tools, ...more }).catch(async (error) => {
    await rm(dir, { recursive: true, force: true });
    throw error;
  });
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return {
    dir,
    kubeconfig,
    tools,
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    batch: config.makeApiClient(BatchV1Api),
    networking: config.makeApiClient(NetworkingV1Api),
    async kubectl(args, input) {
      const env = { KUBECONFIG: kubeconfig };
      const run = await execa(tools.kubectl, args, { env, input, reject: false, all: true });
      return { exitCode: run.exitCode ?? 1, text: run.all };
    },
    async stop() {
      await stopControlPlane({ dir, wipe: true });
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export function newFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "eo-control-plane-"));
}

/** Asks again until there is an answer; fails with the last error, or with what it waited for. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last: unknown = new Error(`not within ${withinMs / 1000} s: ${what}`);
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw last;
}

/** The ids of all processes whose command line names a folder; Linux only, empty elsewhere. */
export async function processesNaming(folder: string): Promise<number[]> {
  const entries = await readdir("/proc").catch(() => []);
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return pids.filter((_, index) => lines[index]?.includes(folder));
}
