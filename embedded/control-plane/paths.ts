import path from "node:path";
import type { ComponentName } from "./state";

/** Where a control plane keeps what; everything but the kubeconfig is below `root`. */
export interface ControlPlanePaths {
  /** The platform's data folder, one per clone. */
  readonly dir: string;
  /** The control plane's own part of it, mode 0700. */
  readonly root: string;
  /** The administrator's kubeconfig, mode 0600. */
  readonly kubeconfig: string;
  /** Process ids with start times, and ports. */
  readonly state: string;
  /** Held by the one `up` or `down` that is at work. */
  readonly lock: string;
  readonly pki: string;
  readonly etcd: string;
  readonly logs: string;
  /** Written configuration of the components. */
  readonly config: string;
  /** The node agent's own data: records and folders of the pods that it runs as processes. */
  readonly agent: string;
}

/** @param dir the platform's data folder, absolute */
export function controlPlanePaths(dir: string): ControlPlanePaths {
  const root = path.join(dir, "control-plane");
  const at = (name: string) => path.join(root, name);
  return {
    dir,
    root,
    kubeconfig: path.join(dir, "kubeconfig"),
    state: at("state.json"),
    lock: at("lock"),
    pki: at("pki"),
    etcd: at("etcd"),
    logs: at("logs"),
    config: at("config"),
    agent: at("agent"),
  };
}

/** The log file of one component. */
export function logFile(paths: ControlPlanePaths, name: ComponentName): string {
  return path.join(paths.logs, `${name}.log`);
}
