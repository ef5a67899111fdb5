import { mkdir, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChildProcess } from "node:child_process";
import {
  apiServerUrl,
  componentKubeconfig,
  components,
  configFiles,
  type Component,
  type ControlPlaneTools,
  type Plan,
} from "./components";
import { egressConfig } from "./egressConfig";
import { lastLines } from "./files";
import { writeKubeconfig } from "./kubeconfig";
import { Cluster, type NodeShape } from "./nodes";
import { logFile, type ControlPlanePaths } from "./paths";
import { ensurePki } from "./pki";
import { freePorts, isFree } from "./ports";
import { prober } from "./probe";
import { begin, digest, end, isAlive } from "./process";
import { kwokConfig } from "./stages";
import {
  componentNames,
  portNames,
  readState,
  writeState,
  type ComponentName,
  type PortName,
  type Ports,
  type ProcessRecord,
} from "./state";
import { stopComponents } from "./stop";

/** What a start needs to know. */
export interface StartArgs {
  readonly paths: ControlPlanePaths;
  readonly tools: ControlPlaneTools;
  readonly nodes?: NodeShape;
  readonly sparkHome?: string;
  /** Ends the start: what it began is stopped again. */
  readonly signal?: AbortSignal;
  /** Told what begins, and of anything the user should know. */
  readonly onStep: (step: string) => void;
}

/** How long a component may take until it is ready, in milliseconds. Minutes: a busy machine. */
const readyWithinMs = 120_000;
/** How long the port of a process that has just ended may still be taken, in milliseconds. */
const releaseWithinMs = 1_500;
const logLines = 12;

/** Which ports a component listens on. */
const portsOf: Readonly<Record<ComponentName, readonly PortName[]>> = {
  etcd: ["etcd", "etcdPeer"],
  "kube-apiserver": ["apiServer"],
  "kube-controller-manager": ["controllerManager"],
  "kube-scheduler": ["scheduler"],
  kwok: ["kwok"],
  agent: ["agent", "egress", "kubelet"],
};

/**
 * Starts what does not run yet and waits until all of it is ready. On any failure, and on an
 * aborted `signal`, everything that this call began is stopped again.
 */
export async function start(args: StartArgs): Promise<void> {
  const run = new Start(args);
  try {
    await run.all();
  } catch (error) {
    await run.undo();
    throw error;
  }
}

class Start {
  private records: Partial<Record<ComponentName, ProcessRecord>> = {};
  private readonly begun = new Map<ComponentName, ChildProcess>();
  private ports: Ports | undefined;

  constructor(private readonly args: StartArgs) {}

  async all(): Promise<void> {
    const { paths, tools, sparkHome } = this.args;
    await Promise.all(
      [paths.root, paths.config, paths.logs, paths.agent].map((folder) =>
        mkdir(folder, { recursive: true, mode: 0o700 }),
      ),
    );
    const pki = await ensurePki(paths.pki);
    const ports = await this.adopt();
    this.ports = ports;
    const plan: Plan = { paths, ports, pki, tools, sparkHome };
    await this.writeConfig(plan);

    const parts = components(plan);
    await this.startOne("etcd", parts.etcd, plan);
    await this.startOne("kube-apiserver", parts["kube-apiserver"], plan);
    await writeKubeconfig(paths.kubeconfig, apiServerUrl(ports), pki, "admin");
    const cluster = new Cluster(paths.kubeconfig);
    if (!this.records.kwok) await cluster.releaseNodes();
    const others = componentNames.slice(2);
    await Promise.all([
      cluster.ensureNodes(this.args.nodes),
      ...others.map((name) => this.startOne(name, parts[name], plan)),
    ]);
    await this.clusterReady(cluster);
    this.save();
  }

  /** Stops what this call began; what ran before goes on. */
  async undo(): Promise<void> {
    const mine = [...this.begun.keys()];
    const pods = mine.includes("agent");
    await stopComponents(this.args.paths, pick(this.records, mine), { gracefully: true, pods });
    for (const name of mine) delete this.records[name];
    this.save();
  }

  /**
   * Takes over what is recorded: the ports, and the processes that still run. A port that another
   * program has taken meanwhile is replaced, which needs a start from nothing.
   */
  private async adopt(): Promise<Ports> {
    const { paths, onStep } = this.args;
    const state = await readState(paths.state);
    if (!state) return newPorts();
    const alive = componentNames.filter((name) => {
      const record = state.components[name];
      return record !== undefined && isAlive(record);
    });
    const dead = componentNames.filter((name) => !alive.includes(name));
    const taken = await takenPorts(dead, state.ports);
    if (taken.length === 0) {
      this.records = pick(state.components, alive);
      return state.ports;
    }
    const [first] = taken;
    onStep(`port ${first?.port} of ${first?.owner} is taken by another program: new ports`);
    await stopComponents(paths, pick(state.components, alive), { gracefully: true, pods: true });
    return newPorts();
  }

  private async writeConfig(plan: Plan): Promise<void> {
    const files = configFiles(plan.paths);
    await writeFile(files.stages, kwokConfig(), { mode: 0o600 });
    await writeFile(files.egress, egressConfig(plan.ports.egress, plan.pki), { mode: 0o600 });
    const callers = ["kube-controller-manager", "kube-scheduler", "kwok", "agent"] as const;
    for (const name of callers) {
      const file = componentKubeconfig(plan.paths, name);
      await writeKubeconfig(file, apiServerUrl(plan.ports), plan.pki, name);
    }
  }

  private async startOne(name: ComponentName, component: Component, plan: Plan): Promise<void> {
    this.args.signal?.throwIfAborted();
    const record = this.records[name];
    if (record && record.recipe !== digest(component.recipe)) {
      this.args.onStep(`${name} is started anew: its settings have changed`);
      await end(record, 5000);
      delete this.records[name];
    }
    if (!this.records[name]) {
      const { child, record } = begin(component.recipe);
      this.begun.set(name, child);
      this.records[name] = record;
      this.save();
    }
    await this.componentReady(name, component, plan);
  }

  private async componentReady(name: ComponentName, component: Component, plan: Plan) {
    const ask = await prober(component.ready, plan.pki);
    await this.until(async () => {
      const answer = await ask();
      return answer.ok ? undefined : `${name} is not ready (${answer.why})`;
    }, name);
  }

  private async clusterReady(cluster: Cluster): Promise<void> {
    await this.until(() => cluster.notReadyYet(), "kube-controller-manager");
  }

  /** Waits until `why` has no reason left; ends at once where a process that was begun ends. */
  private async until(why: () => Promise<string | undefined>, name: ComponentName): Promise<void> {
    const deadline = performance.now() + readyWithinMs;
    for (;;) {
      this.args.signal?.throwIfAborted();
      const reason = await why();
      if (reason === undefined) return;
      const failed = this.ended();
      if (failed) throw await this.failure(failed.name, failed.how);
      if (performance.now() > deadline) {
        throw await this.failure(name, `${reason} after ${readyWithinMs / 1000} s`);
      }
      await sleep(50);
    }
  }

  private ended(): { name: ComponentName; how: string } | undefined {
    for (const [name, child] of this.begun) {
      if (child.signalCode) return { name, how: `${name} was ended by ${child.signalCode}` };
      if (child.exitCode !== null) {
        return { name, how: `${name} ended with exit code ${child.exitCode}` };
      }
    }
    return undefined;
  }

  private async failure(name: ComponentName, how: string): Promise<Error> {
    const file = logFile(this.args.paths, name);
    const lines = tellingLines(await lastLines(file, 400));
    const quoted = lines.map((line) => `  | ${line.slice(0, 400)}`).join("\n");
    return new Error(`${how}; the last lines of ${file}:\n${quoted}`);
  }

  private save(): void {
    if (!this.ports) return;
    const { paths, sparkHome } = this.args;
    const { ports, records: components } = this;
    writeState(paths.state, { version: 1, ports, components, sparkHome });
  }
}

/** The last lines of a log; and before them the line of a panic, whose stack would hide it. */
function tellingLines(lines: readonly string[]): readonly string[] {
  const last = lines.slice(-logLines);
  const panic = lines.find((line) => /^(panic|fatal error):/.test(line));
  return panic === undefined || last.includes(panic) ? last : [panic, ...last];
}

async function newPorts(): Promise<Ports> {
  const [etcd = 0, etcdPeer = 0, apiServer = 0, controllerManager = 0, ...rest] = await freePorts(
    portNames.length,
  );
  const [scheduler = 0, kwok = 0, agent = 0, egress = 0, kubelet = 0] = rest;
  return {
    etcd,
    etcdPeer,
    apiServer,
    controllerManager,
    scheduler,
    kwok,
    agent,
    egress,
    kubelet,
  };
}

async function takenPorts(names: readonly ComponentName[], ports: Ports) {
  const wanted = names.flatMap((owner) =>
    portsOf[owner].map((port) => ({ owner, port: ports[port] })),
  );
  const free = await Promise.all(wanted.map(({ port }) => becomesFree(port)));
  return wanted.filter((_, index) => !free[index]);
}

/** A killed process may hold its ports a moment longer than it is seen. */
async function becomesFree(port: number): Promise<boolean> {
  const deadline = performance.now() + releaseWithinMs;
  while (!(await isFree(port))) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function pick<K extends string, V>(
  from: Readonly<Partial<Record<K, V>>>,
  keys: readonly K[],
): Partial<Record<K, V>> {
  const picked: Partial<Record<K, V>> = {};
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key];
  return picked;
}
