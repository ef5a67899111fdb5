import path from "node:path";

/** Where an OpenStack keeps what; everything is below `root`, mode 0700. */
export interface OpenStackPaths {
  readonly root: string;
  /** For clients: administrator, user and application credential; mode 0600. */
  readonly cloudsYaml: string;
  /** What was made in it for its users, without secrets. */
  readonly contents: string;
  /** Process ids with start times, and ports. */
  readonly state: string;
  /** Generated passwords, mode 0600. */
  readonly secrets: string;
  /** Held by the one `up` or `down` that is at work. */
  readonly lock: string;
  /** Written configuration of the services. */
  readonly config: string;
  readonly logs: string;
  readonly mariadb: string;
  readonly rabbitmq: string;
  /** Files of the services: keys, images, locks, a folder for each compute node. */
  readonly data: string;
}

/** @param dir the platform's data folder, absolute */
export function openStackPaths(dir: string): OpenStackPaths {
  const root = path.join(dir, "openstack");
  const at = (name: string) => path.join(root, name);
  return {
    root,
    cloudsYaml: at("clouds.yaml"),
    contents: at("contents.json"),
    state: at("state.json"),
    secrets: at("secrets.json"),
    lock: at("lock"),
    config: at("config"),
    logs: at("logs"),
    mariadb: at("mariadb"),
    rabbitmq: at("rabbitmq"),
    data: at("data"),
  };
}

/** The log file of one component, or of one task such as a database's migration. */
export function logFile(paths: OpenStackPaths, name: string): string {
  return path.join(paths.logs, `${name}.log`);
}
