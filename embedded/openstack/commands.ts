import path from "node:path";
import type { Site } from "./configuration/shared";

/** One command of an OpenStack project, as its console script calls it. */
export interface Command {
  /** `module:function`. */
  readonly call: string;
  readonly argv: readonly string[];
  /** Exit codes that are no failure. Default: 0. */
  readonly accepted?: readonly number[];
}

/** What `loopback/run.py` does. */
export interface RunPlan {
  /**
   * Modules that are imported once, before the commands are forked; `:function` is called. The
   * configuration is not read yet then.
   */
  readonly imports: readonly string[];
  /** All at once, until one ends; else one after the other. */
  readonly together: boolean;
  readonly commands: readonly Command[];
}

/** The configuration files of a site. */
export function configFiles({ paths, computes }: Site) {
  const at = (name: string) => path.join(paths.config, name);
  return {
    keystone: at("keystone.conf"),
    placement: at("placement.conf"),
    glance: at("glance-api.conf"),
    neutron: at("neutron.conf"),
    nova: at("nova.conf"),
    novaDatabases: at("nova-databases.conf"),
    cinder: at("cinder.conf"),
    computes: computes.map((name) => at(`nova-${name}.conf`)),
  };
}

/** What the services are, each project in one process or in one with children. */
export function servicePlans(site: Site) {
  const files = configFiles(site);
  const started = (name: string, call: string, ...configs: string[]): Command => ({
    call,
    argv: [name, ...configs.flatMap((file) => ["--config-file", file])],
  });
  const databases = [files.nova, files.novaDatabases];
  return {
    glance: all(started("glance-api", "glance.cmd.api:main", files.glance)),
    neutron: all(started("neutron-server", "neutron.cmd.eventlet.server:main", files.neutron)),
    nova: all(
      started("nova-conductor", "nova.cmd.conductor:main", ...databases),
      started("nova-scheduler", "nova.cmd.scheduler:main", ...databases),
      started("nova-api", "nova.cmd.api_os_compute:main", ...databases),
      ...files.computes.map((file) =>
        started("nova-compute", "nova.cmd.compute:main", files.nova, file),
      ),
    ),
    cinder: all(
      started("cinder-api", "cinder.cmd.api:main", files.cinder),
      started("cinder-scheduler", "cinder.cmd.scheduler:main", files.cinder),
      started("cinder-volume", "cinder.cmd.volume:main", files.cinder),
    ),
  };
}

/**
 * Modules that commands load late, and that are worth being loaded once. Not nova's scheduler: how
 * often it looks for new compute nodes is read from the configuration while it is loaded.
 */
const late: Readonly<Record<string, readonly string[]>> = {
  nova: [
    "nova.objects:register_all",
    "nova.api.openstack.compute",
    "nova.compute.manager",
    "nova.conductor.manager",
    "nova.virt.fake",
  ],
  cinder: [
    "cinder.objects:register_all",
    "cinder.api.v3.router",
    "cinder.scheduler.manager",
    "cinder.volume.manager",
  ],
};

function all(...commands: Command[]): RunPlan {
  const modules = new Set(commands.map(({ call }) => call.split(":")[0] ?? call));
  const [project = ""] = [...modules][0]?.split(".") ?? [];
  return { imports: [...modules, ...(late[project] ?? [])], together: true, commands };
}

/** Addresses of nova's cells, filled in from its configuration: they outlive a change of ports. */
const server = "{scheme}://{username}:{password}@{hostname}:{port}";

/** What makes the tables of all databases; the same for every OpenStack of these versions. */
export function schemaPlans(site: Site): Readonly<Record<string, RunPlan>> {
  const files = configFiles(site);
  const keystone = ["keystone-manage", "--config-file", files.keystone, "db_sync"];
  const glance = ["glance-manage", "--config-file", files.glance, "db_sync"];
  const placement = ["placement-manage", "--config-file", files.placement, "db", "sync"];
  const neutron = ["neutron-db-manage", "--config-file", files.neutron, "upgrade", "heads"];
  const cinder = ["cinder-manage", "--config-file", files.cinder, "db", "sync"];
  return {
    keystone: inTurn("keystone.cmd.manage:main", [keystone]),
    glance: inTurn("glance.cmd.manage:main", [glance]),
    placement: inTurn("placement.cmd.manage:main", [placement]),
    neutron: inTurn("neutron.db.migration.cli:main", [neutron]),
    nova: inTurn("nova.cmd.manage:main", novaSchema(files)),
    cinder: inTurn("cinder.cmd.manage:main", [cinder]),
  };
}

function novaSchema(files: ReturnType<typeof configFiles>): string[][] {
  const nova = ["nova-manage", "--config-file", files.nova, "--config-file", files.novaDatabases];
  const cell = (name: string) => ["--database_connection", `${server}/${name}?{query}`];
  return [
    [...nova, "api_db", "sync"],
    [...nova, "cell_v2", "map_cell0", ...cell("nova_cell0")],
    [...nova, "cell_v2", "create_cell", "--name", "cell1", ...cell("nova")].concat([
      "--transport-url",
      `${server}/{path}`,
    ]),
    [...nova, "db", "sync"],
  ];
}

function inTurn(call: string, commands: readonly (readonly string[])[]): RunPlan {
  const [module = call] = call.split(":");
  return { imports: [module], together: false, commands: commands.map((argv) => ({ call, argv })) };
}

/** Keystone's first account and endpoint; the password comes in the environment. */
export function bootstrapPlan(site: Site, authUrl: string, region: string): RunPlan {
  const urls = ["admin", "internal", "public"].flatMap((kind) => [
    `--bootstrap-${kind}-url`,
    authUrl,
  ]);
  const where = ["--config-file", configFiles(site).keystone];
  return inTurn("keystone.cmd.manage:main", [
    ["keystone-manage", ...where, "bootstrap", ...urls, "--bootstrap-region-id", region],
  ]);
}
