import { mkdir, writeFile } from "node:fs/promises";
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
import { writeKubeconfig } from "./kubeconfig";
import { Cluster, type NodeShape } from "./nodes";
import { logFile, type ControlPlanePaths } from "./paths";
import { ensurePki } from "./pki";
import { becomesFree, Launch } from "../processes/launch";
import { freePorts } from "../processes/ports";
import { prober } from "./probe";
import type { Records } from "../processes/record";
import { stillRunning } from "../processes/state";
import { kwokConfig } from "./stages";
import {
  componentNames,
  portNames,
  readState,
  writeState,
  type ComponentName,
  type PortName,
  type Ports,
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
  private launch: Launch<ComponentName> | undefined;

  constructor(private readonly args: StartArgs) {}

  async all(): Promise<void> {
    const { paths, tools, sparkHome } = this.args;
    await Promise.all(
      [paths.root, paths.config, paths.logs, paths.agent].map((folder) =>
        mkdir(folder, { recursive: true, mode: 0o700 }),
      ),
    );
    const pki = await ensurePki(paths.pki);
    const { ports, running } = await this.adopt();
    const launch = this.launchWith(ports, running);
    const plan: Plan = { paths, ports, pki, tools, sparkHome };
    await this.writeConfig(plan);

    const parts = components(plan);
    await startOne(launch, "etcd", parts.etcd, plan);
    await startOne(launch, "kube-apiserver", parts["kube-apiserver"], plan);
    await writeKubeconfig(paths.kubeconfig, apiServerUrl(ports), pki, "admin");
    const cluster = new Cluster(paths.kubeconfig);
    if (!launch.runs("kwok")) await cluster.releaseNodes();
    const others = componentNames.slice(2);
    await Promise.all([
      cluster.ensureNodes(this.args.nodes),
      ...others.map((name) => startOne(launch, name, parts[name], plan)),
    ]);
    const log = logFile(paths, "kube-controller-manager");
    await launch.until(log, () => cluster.notReadyYet(this.args.nodes));
  }

  /** Stops what this call began; what ran before goes on. */
  async undo(): Promise<void> {
    await this.launch?.undo((mine) =>
      stopComponents(this.args.paths, mine, {
        gracefully: true,
        pods: mine.agent !== undefined,
      }),
    );
  }

  private launchWith(ports: Ports, running: Records<ComponentName>): Launch<ComponentName> {
    const { paths, sparkHome, signal, onStep } = this.args;
    const onChange = (components: Records<ComponentName>) =>
      writeState(paths.state, { version: 1, ports, components, sparkHome });
    onChange(running);
    this.launch = new Launch({ running, signal, onStep, onChange, readyWithinMs });
    return this.launch;
  }

  /**
   * Takes over what is recorded: the ports, and the processes that still run. A port that another
   * program has taken meanwhile is replaced, which needs a start from nothing.
   */
  private async adopt(): Promise<{ ports: Ports; running: Records<ComponentName> }> {
    const { paths, onStep } = this.args;
    const state = await readState(paths.state);
    if (!state) return { ports: await newPorts(), running: {} };
    const running = stillRunning(state.components, componentNames);
    const dead = componentNames.filter((name) => running[name] === undefined);
    const taken = await takenPorts(dead, state.ports);
    if (taken.length === 0) return { ports: state.ports, running };
    const [first] = taken;
    onStep(`port ${first?.port} of ${first?.owner} is taken by another program: new ports`);
    await stopComponents(paths, running, { gracefully: true, pods: true });
    return { ports: await newPorts(), running: {} };
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
}

async function startOne(
  launch: Launch<ComponentName>,
  name: ComponentName,
  { recipe, ready }: Component,
  plan: Plan,
): Promise<void> {
  await launch.start(name, recipe);
  const ask = await prober(ready, plan.pki);
  await launch.until(recipe.log, async () => {
    const answer = await ask();
    return answer.ok ? undefined : `${name} is not ready (${answer.why})`;
  });
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
