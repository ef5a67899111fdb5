import path from "node:path";
import type { OpenStackTools } from "../../tools/toolchain";
import { writeFileWhole } from "../processes/files";
import type { Recipe } from "../processes/process";
import { configFiles, servicePlans, type RunPlan } from "./commands";
import { url, type Site } from "./configuration/shared";
import { mariadbRecipe } from "./database";
import { logFile, type OpenStackPaths } from "./paths";
import type { ComponentName } from "./state";

/** How a component is started and how one knows that it is ready. */
export interface Component {
  readonly recipe: Recipe;
  readonly ready: Readiness;
}

/** A port of loopback that takes connections, or an address that answers HTTP. */
export type Readiness = { readonly port: number } | { readonly url: string };

/** Our own Python files. */
const pythonFolder = path.join(__dirname, "python");

/** The recipe of every component; the plans that they name are written by {@link writePlan}. */
export function components(
  site: Site,
  tools: OpenStackTools,
): Readonly<Record<ComponentName, Component>> {
  const { ports } = site;
  const wsgi = (name: "keystone" | "placement", env: Readonly<Record<string, string>>) =>
    served(python(site, name, ["-m", "loopback.serve", `${name}.wsgi.api:application`], env), {
      port: ports[name],
    });
  const planned = (name: keyof ReturnType<typeof servicePlans>): Component => ({
    recipe: runRecipe(site, name),
    ready: { url: url(ports[name]) },
  });
  const files = configFiles(site);
  return {
    mariadb: { recipe: mariadbRecipe(site, tools), ready: { port: ports.mariadb } },
    memcached: memcached(site, tools),
    epmd: epmd(site, tools),
    rabbitmq: rabbitmq(site, tools),
    keystone: wsgi("keystone", { OS_KEYSTONE_CONFIG_FILES: files.keystone }),
    placement: wsgi("placement", { OS_PLACEMENT_CONFIG_DIR: site.paths.config }),
    glance: planned("glance"),
    neutron: planned("neutron"),
    nova: planned("nova"),
    cinder: planned("cinder"),
  };
}

function served(recipe: Recipe, { port }: { readonly port: number }): Component {
  return {
    recipe: { ...recipe, args: [...recipe.args, String(port)] },
    ready: { url: url(port) },
  };
}

function memcached({ paths, ports }: Site, tools: OpenStackTools): Component {
  const asRoot = process.getuid?.() === 0 ? ["-u", "root"] : [];
  return {
    recipe: {
      command: tools.memcached,
      args: [...asRoot, "-l", "127.0.0.1", "-p", String(ports.memcached), "-m", "32", "-t", "2"],
      env: tools.env,
      log: logFile(paths, "memcached"),
      cwd: paths.root,
    },
    ready: { port: ports.memcached },
  };
}

/** Erlang's directory of nodes; RabbitMQ would start one on all interfaces, for the whole machine. */
function epmd({ paths, ports }: Site, tools: OpenStackTools): Component {
  return {
    recipe: {
      command: tools.epmd,
      args: ["-address", "127.0.0.1", "-port", String(ports.epmd)],
      env: tools.env,
      log: logFile(paths, "epmd"),
      cwd: paths.root,
    },
    ready: { port: ports.epmd },
  };
}

function rabbitmq({ paths, ports }: Site, tools: OpenStackTools): Component {
  const at = (name: string) => path.join(paths.rabbitmq, name);
  const env = {
    ...tools.env,
    // Erlang keeps a secret of its nodes there.
    HOME: paths.rabbitmq,
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_NODENAME: "rabbit@localhost",
    RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
    RABBITMQ_NODE_PORT: String(ports.rabbitmq),
    RABBITMQ_DIST_PORT: String(ports.erlang),
    RABBITMQ_MNESIA_BASE: at("mnesia"),
    RABBITMQ_LOG_BASE: at("log"),
    RABBITMQ_LOGS: "-",
    RABBITMQ_CONFIG_FILE: rabbitConfig(paths),
    RABBITMQ_CONF_ENV_FILE: "/dev/null",
    RABBITMQ_ENABLED_PLUGINS_FILE: at("plugins"),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +SDio 1 +sbwt none",
    // Then the script becomes the server, which ends orderly upon a signal.
    RUNNING_UNDER_SYSTEMD: "true",
  };
  return {
    recipe: {
      command: tools.rabbitmqServer,
      args: [],
      env,
      log: logFile(paths, "rabbitmq"),
      cwd: paths.root,
    },
    ready: { port: ports.rabbitmq },
  };
}

/** RabbitMQ's own configuration; it opens its port once it can be used. */
export function writeRabbitConfig({ paths, secrets }: Site): void {
  const lines = [
    "default_user = openstack",
    `default_pass = ${secrets.broker}`,
    "log.console.level = warning",
    "tcp_listen_options.backlog = 128",
    // The machine's memory is not the broker's alone.
    "vm_memory_high_watermark.absolute = 512MB",
    "disk_free_limit.absolute = 50MB",
  ];
  writeFileWhole(rabbitConfig(paths), `${lines.join("\n")}\n`);
  writeFileWhole(path.join(paths.rabbitmq, "plugins"), "[].\n");
}

function rabbitConfig(paths: OpenStackPaths): string {
  return path.join(paths.config, "rabbitmq.conf");
}

/** A Python process of the services' environment, with our own modules beside theirs. */
function python(
  { paths, services }: Site,
  name: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Recipe {
  return {
    command: path.join(services, "bin", "python"),
    args,
    env: {
      PATH: `${path.join(services, "bin")}:/usr/bin:/bin:/usr/sbin:/sbin`,
      HOME: paths.data,
      LANG: "C.UTF-8",
      PYTHONPATH: pythonFolder,
      PYTHONNOUSERSITE: "1",
      PYTHONWARNINGS: "ignore",
      PYTHONDONTWRITEBYTECODE: "1",
      ...more,
    },
    log: logFile(paths, name),
    cwd: paths.root,
  };
}

/** How a plan is run: as a component, or as a task that ends. */
export function runRecipe(
  site: Site,
  name: string,
  env: Readonly<Record<string, string>> = {},
): Recipe {
  return python(site, name, ["-m", "loopback.run", planFile(site, name)], env);
}

/** Writes a plan for {@link runRecipe}. */
export function writePlan(site: Site, name: string, plan: RunPlan): void {
  writeFileWhole(planFile(site, name), JSON.stringify(plan, undefined, 2));
}

function planFile({ paths }: Site, name: string): string {
  return path.join(paths.config, `run-${name}.json`);
}
