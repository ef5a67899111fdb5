import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { runSteps, type Step } from "../../tools/progress";
import type { OpenStackTools } from "../../tools/toolchain";
import { writeFileWhole } from "../processes/files";
import { becomesFree, Launch } from "../processes/launch";
import { freePorts } from "../processes/ports";
import type { Records } from "../processes/record";
import { stillRunning } from "../processes/state";
import { registerServices } from "./accounts";
import { cloudsYaml } from "./cloudsYaml";
import type { OpenStackClient } from "../../cloud/client";
import { bootstrapPlan } from "./commands";
import { components, type Component } from "./components";
import { authUrl, region, type Site } from "./configuration/shared";
import { fill } from "./contents";
import { ensureSchema } from "./schema";
import { logFile, type OpenStackPaths } from "./paths";
import { setQuotas, type Quotas } from "./quotas";
import {
  administrator,
  computesNotReady,
  notReady,
  processesNotReady,
  volumesNotReady,
} from "./readiness";
import { readContents } from "./result";
import { ensureSecrets } from "./secrets";
import { writeSite } from "./site";
import { componentNames, portNames, readState, writeState } from "./state";
import type { ComponentName, PortName, Ports } from "./state";
import { stopComponents } from "./stop";
import { runTask } from "./task";

/** How the steps of a start are run, and shown. */
export type ShowSteps = (steps: readonly Step[]) => Promise<void>;

/** What a start needs to know. */
export interface StartArgs {
  readonly paths: OpenStackPaths;
  readonly tools: OpenStackTools;
  /** Number of compute nodes of a new OpenStack. */
  readonly computes: number;
  /** Quotas of the project that differ; given again they are changed. */
  readonly quotas?: Partial<Quotas>;
  /** Ends the start: what it began is stopped again. */
  readonly signal?: AbortSignal;
  readonly show?: ShowSteps;
  /** Told of anything the user should know. */
  readonly onStep: (step: string) => void;
}

/** How long a component may take until it is ready, in milliseconds. Minutes: a busy machine. */
const readyWithinMs = 300_000;

/** How often a service is asked whether it is ready, in milliseconds: asking costs it time. */
const askAgainMs = 250;
/** How long MariaDB may take to close its files, in milliseconds. */
const databaseGraceMs = 30_000;

/** Which ports a component listens on; the others on the one of their name. */
const portsOf = (name: ComponentName): readonly PortName[] =>
  name === "rabbitmq" ? ["rabbitmq", "erlang"] : [name];

/**
 * Starts what does not run yet and waits until all of it can be used. On any failure, and on an
 * aborted `signal`, everything that this call began is stopped again.
 */
export async function start(args: StartArgs): Promise<void> {
  const { paths, tools } = args;
  const { ports, running, computes } = await adopt(args);
  const secrets = await ensureSecrets(paths.secrets);
  const site: Site = { paths, ports, secrets, services: tools.services, computes };
  await writeSite(site);
  const onChange = (records: Records<ComponentName>) =>
    writeState(paths.state, { version: 1, ports, computes: [...computes], components: records });
  onChange(running);
  const launch = new Launch<ComponentName>({ ...args, running, onChange, readyWithinMs });
  const show = args.show ?? ((steps) => runSteps(steps, () => undefined));
  try {
    await show(new Start(args, site, launch).steps());
  } catch (error) {
    await launch.undo((mine) => stopComponents(mine, true));
    throw error;
  }
}

class Start {
  private readonly parts: Readonly<Record<ComponentName, Component>>;
  /** When nova and cinder were begun by this call, else 0; in milliseconds since 1970. */
  private since = 0;

  constructor(
    private readonly args: StartArgs,
    private readonly site: Site,
    private readonly launch: Launch<ComponentName>,
  ) {
    this.parts = components(site, args.tools);
  }

  steps(): Step[] {
    const { site } = this;
    return [
      step("databases and their tables", (say) => this.databases(say)),
      step("message broker, keystone, placement", () => this.identity()),
      step("glance, neutron, nova, cinder", () =>
        this.ready("glance", "neutron", "nova", "cinder"),
      ),
      step(`${site.computes.length} compute nodes, volumes`, () => this.usable()),
      step("project, flavors, image, networks", () => this.contents()),
    ];
  }

  /** MariaDB with all tables; the others, which need no database, start meanwhile. */
  private async databases(say: (text: string) => void): Promise<void> {
    await this.begin("memcached", "epmd");
    await this.ready("epmd");
    await this.begin("rabbitmq");
    const { tools } = this.args;
    await ensureSchema({
      site: this.site,
      tools,
      task: this.task(),
      say,
      startDatabase: () => this.ready("mariadb"),
      stopDatabase: () => this.launch.stop("mariadb", databaseGraceMs),
    });
    await this.ready("mariadb", "memcached");
  }

  private async identity(): Promise<void> {
    const { site } = this;
    if (!existsSync(site.paths.contents)) {
      const env = { OS_BOOTSTRAP_PASSWORD: site.secrets.admin };
      const plan = bootstrapPlan(site, authUrl(site.ports), region);
      await this.task()("keystone-bootstrap", plan, env);
    }
    await this.begin("keystone", "placement");
    await this.ready("rabbitmq");
    await this.begin("glance", "neutron");
    await this.ready("keystone", "placement");
    await registerServices(await administrator(site), site);
    if (!this.launch.runs("nova") || !this.launch.runs("cinder")) this.since = Date.now();
    // They call placement and cinder at once, and look for their addresses in the catalogue.
    await this.begin("nova", "cinder");
  }

  private async usable(): Promise<void> {
    const { paths, computes } = this.site;
    const admin = await administrator(this.site);
    const waitFor = (name: ComponentName, why: () => Promise<string | undefined>) =>
      this.launch.until(logFile(paths, name), why, askAgainMs);
    await waitFor("nova", () => computesNotReady(admin, computes.length));
    const nova = { "nova-conductor": 1, "nova-scheduler": 1, "nova-compute": computes.length };
    await waitFor("nova", () => processesNotReady(admin, "compute", nova, this.since));
    const cinder = { "cinder-scheduler": 1, "cinder-volume": 1 };
    await waitFor("cinder", () => processesNotReady(admin, "block-storage", cinder, this.since));
    await waitFor("cinder", () => volumesNotReady(admin));
  }

  private async contents(): Promise<void> {
    const { site } = this;
    const { quotas = {} } = this.args;
    const admin: OpenStackClient = await administrator(site);
    const known = await readContents(site.paths);
    if (known) await setQuotas(admin, known.project.id, quotas);
    const contents = known ?? (await fill(admin, site, quotas));
    writeFileWhole(site.paths.cloudsYaml, cloudsYaml(site, contents));
    writeFileWhole(site.paths.contents, JSON.stringify(contents, undefined, 2));
  }

  private async begin(...names: readonly ComponentName[]): Promise<void> {
    for (const name of names) await this.launch.start(name, this.parts[name].recipe);
  }

  private async ready(...names: readonly ComponentName[]): Promise<void> {
    await this.begin(...names);
    for (const name of names) {
      const { recipe, ready } = this.parts[name];
      await this.launch.until(recipe.log, () => notReady(name, ready), askAgainMs);
    }
  }

  private task() {
    return runTask(this.site, this.args.signal);
  }
}

function step(title: string, run: Step["run"]): Step {
  return { title, run };
}

/**
 * Takes over what is recorded: ports, compute nodes, and the processes that still run. A port that
 * another program has taken meanwhile is replaced, which needs a start from nothing.
 */
async function adopt({ paths, computes, onStep }: StartArgs) {
  await mkdir(paths.root, { recursive: true, mode: 0o700 });
  const state = await readState(paths.state);
  const names = Array.from({ length: computes }, (_, index) => `node${index + 1}`);
  if (!state) return { ports: await newPorts(), running: {}, computes: names };
  const running = stillRunning(state.components, componentNames);
  const dead = componentNames.filter((name) => running[name] === undefined);
  const taken = await takenPorts(dead, state.ports);
  if (taken.length === 0) return { ports: state.ports, running, computes: state.computes };
  const [first] = taken;
  onStep(`port ${first?.port} of ${first?.owner} is taken by another program: new ports`);
  await stopComponents(running, true);
  // A broker that remembers another port would not find itself.
  await rm(paths.rabbitmq, { recursive: true, force: true });
  return { ports: await newPorts(), running: {}, computes: state.computes };
}

async function newPorts(): Promise<Ports> {
  const drawn = await freePorts(portNames.length);
  const port = (name: PortName) => drawn[portNames.indexOf(name)] ?? 0;
  return {
    mariadb: port("mariadb"),
    memcached: port("memcached"),
    epmd: port("epmd"),
    rabbitmq: port("rabbitmq"),
    erlang: port("erlang"),
    keystone: port("keystone"),
    placement: port("placement"),
    glance: port("glance"),
    neutron: port("neutron"),
    nova: port("nova"),
    cinder: port("cinder"),
  };
}

async function takenPorts(names: readonly ComponentName[], ports: Ports) {
  const wanted = names.flatMap((owner) =>
    portsOf(owner).map((port) => ({ owner, port: ports[port] })),
  );
  const free = await Promise.all(wanted.map(({ port }) => becomesFree(port)));
  return wanted.filter((_, index) => !free[index]);
}
