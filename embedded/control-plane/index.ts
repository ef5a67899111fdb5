import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { apiServerUrl, type ControlPlaneTools } from "./components";
import { withLock } from "../processes/lock";
import type { NodeShape } from "./nodes";
import { controlPlanePaths, type ControlPlanePaths } from "./paths";
import { statusOf } from "../processes/state";
import { start } from "./start";
import { componentNames, readState, type ComponentName, type State } from "./state";
import { stopComponents } from "./stop";

export type { ControlPlaneTools } from "./components";
export type { NodeShape } from "./nodes";

/** What {@link startControlPlane} needs. */
export interface ControlPlaneArgs {
  /** The platform's data folder; made where it is missing. */
  readonly dir: string;
  /** Absolute paths of the programs. */
  readonly tools: ControlPlaneTools;
  /** The simulated nodes. Default: 4 of 8 CPUs and 32 GiB; running ones stay as they are. */
  readonly nodes?: NodeShape;
  /** A Spark distribution whose spark-submit the operator uses. Default: the stand-in. */
  readonly sparkHome?: string;
  /** Ends the start; what it had begun is stopped. */
  readonly signal?: AbortSignal;
  /** Told what begins, and of anything the user should know. Default: nobody. */
  readonly onStep?: (step: string) => void;
}

/** How a running control plane is reached. */
export interface ControlPlane {
  /** The administrator's kubeconfig, a file with mode 0600. */
  readonly kubeconfig: string;
  /** The API server's URL, on loopback. */
  readonly apiServer: string;
}

/** How long one command waits for another one of the same data folder, in milliseconds. */
const lockWaitMs = 180_000;

/**
 * Starts a Kubernetes control plane with simulated nodes, and waits until it can be used: API ready,
 * nodes ready, accounts made, node agent at work. Where it runs already nothing is touched; where
 * a part of it has died that part is started again.
 *
 * @throws an error that names the component that failed, with the last lines of its log; all that
 * was begun is stopped then
 */
export async function startControlPlane(args: ControlPlaneArgs): Promise<ControlPlane> {
  const paths = controlPlanePaths(path.resolve(args.dir));
  await mkdir(paths.root, { recursive: true, mode: 0o700 });
  return withLock(paths.lock, "this control plane", lockWaitMs, async () => {
    await start({ ...args, paths, onStep: args.onStep ?? (() => undefined) });
    const state = await readState(paths.state);
    if (!state) throw new Error(`${paths.state} is gone: another command has removed it`);
    return { kubeconfig: paths.kubeconfig, apiServer: apiServerUrl(state.ports) };
  });
}

/** What {@link stopControlPlane} needs. */
export interface StopArgs {
  readonly dir: string;
  /** Also removes all data: objects, certificates, logs, kubeconfig. Default: false. */
  readonly wipe?: boolean;
}

/** Stops every process of a control plane; nothing to do is no error. */
export async function stopControlPlane({ dir, wipe = false }: StopArgs): Promise<void> {
  const paths = controlPlanePaths(path.resolve(dir));
  if (!existsSync(paths.root)) return;
  await withLock(paths.lock, "this control plane", lockWaitMs, async () => {
    const state = await readState(paths.state);
    if (state) await stopComponents(paths, state.components, { gracefully: !wipe, pods: true });
    if (wipe) {
      await rm(paths.kubeconfig, { force: true });
      await rm(paths.root, { recursive: true, force: true });
    }
  });
}

/** What of a control plane runs. */
export interface Status {
  /** True where every component runs. */
  readonly running: boolean;
  readonly apiServer?: string;
  readonly kubeconfig?: string;
  /** What the spark-operator submits with: a Spark distribution's folder, or our stand-in. */
  readonly sparkSubmit?: string;
  /** The process id of each component that runs. */
  readonly components: Readonly<Partial<Record<ComponentName, number>>>;
}

/** What of the control plane in this data folder runs; asks no component. */
export async function status(dir: string): Promise<Status> {
  const paths = controlPlanePaths(path.resolve(dir));
  const state = await readState(paths.state);
  if (!state) return { running: false, components: {} };
  const { running, components } = statusOf(state.components, componentNames);
  return { running, ...(running ? reachedBy(state, paths) : {}), components };
}

function reachedBy({ ports, sparkHome = "stand-in" }: State, { kubeconfig }: ControlPlanePaths) {
  return { apiServer: apiServerUrl(ports), kubeconfig, sparkSubmit: sparkHome };
}
