import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { OpenStackTools } from "../../tools/toolchain";
import { withLock } from "../processes/lock";
import { statusOf } from "../processes/state";
import { openStackPaths, type OpenStackPaths } from "./paths";
import type { Quotas } from "./quotas";
import { openStack, readContents, type OpenStack } from "./result";
import { ensureSecrets } from "./secrets";
import { start, type ShowSteps } from "./start";
import { componentNames, readState, type ComponentName } from "./state";
import { stopComponents } from "./stop";

export { defaultQuotas, isQuota, type Quotas } from "./quotas";
export type { OpenStack } from "./result";

/** What {@link startOpenStack} needs. */
export interface OpenStackArgs {
  /** The platform's data folder; made where it is missing. */
  readonly dir: string;
  /** The programs, as `findOpenStack` or `installOpenStack` of the toolchain gives them. */
  readonly tools: OpenStackTools;
  /** Number of simulated compute nodes, fixed by the first start. Default: 5. */
  readonly computes?: number;
  /** Quotas of the project. Default: room for ten nodes; given to a running one they are changed. */
  readonly quotas?: Partial<Quotas>;
  /** Ends the start; what it had begun is stopped. */
  readonly signal?: AbortSignal;
  /** Runs and shows the steps of the start. Default: nobody sees them. */
  readonly show?: ShowSteps;
  /** Told of anything the user should know. Default: nobody. */
  readonly onStep?: (step: string) => void;
}

/** How long one command waits for another one of the same data folder, in milliseconds. */
const lockWaitMs = 600_000;
const what = "this OpenStack";

/**
 * Starts an OpenStack on loopback and waits until servers and volumes can be made. Where it runs
 * already nothing is touched but quotas that are given; where a part of it has died that part is
 * started again.
 *
 * @throws an error that names the component that failed, with the last lines of its log; all that
 * was begun is stopped then
 */
export async function startOpenStack(args: OpenStackArgs): Promise<OpenStack> {
  const { computes = 5, onStep = () => undefined } = args;
  const paths = openStackPaths(path.resolve(args.dir));
  await mkdir(paths.root, { recursive: true, mode: 0o700 });
  return withLock(paths.lock, what, lockWaitMs, async () => {
    await start({ ...args, paths, computes, onStep });
    const found = await reached(paths);
    if (!found) throw new Error(`${paths.root} is gone: another command has removed it`);
    return found;
  });
}

async function reached(paths: OpenStackPaths): Promise<OpenStack | undefined> {
  const state = await readState(paths.state);
  const contents = await readContents(paths);
  if (!state || !contents) return undefined;
  return openStack(paths, state.ports, await ensureSecrets(paths.secrets), contents);
}

/** What {@link stopOpenStack} needs. */
export interface StopArgs {
  readonly dir: string;
  /** Also removes all data: databases, images, logs, clouds.yaml. Default: false. */
  readonly wipe?: boolean;
}

/** Stops every process of an OpenStack; nothing to do is no error. */
export async function stopOpenStack({ dir, wipe = false }: StopArgs): Promise<void> {
  const paths = openStackPaths(path.resolve(dir));
  if (!existsSync(paths.root)) return;
  await withLock(paths.lock, what, lockWaitMs, async () => {
    const state = await readState(paths.state);
    if (state) await stopComponents(state.components, !wipe);
    if (wipe) await rm(paths.root, { recursive: true, force: true });
  });
}

/** What of an OpenStack runs. */
export interface Status {
  /** True where every component runs. */
  readonly running: boolean;
  /** How it is reached; only where it runs. */
  readonly openStack?: OpenStack;
  /** The process id of each component that runs. */
  readonly components: Readonly<Partial<Record<ComponentName, number>>>;
}

/** What of the OpenStack in this data folder runs; asks no component. */
export async function status(dir: string): Promise<Status> {
  const paths = openStackPaths(path.resolve(dir));
  const state = await readState(paths.state);
  if (!state) return { running: false, components: {} };
  const { running, components } = statusOf(state.components, componentNames);
  return { running, components, openStack: running ? await reached(paths) : undefined };
}
