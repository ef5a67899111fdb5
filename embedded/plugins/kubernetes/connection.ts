import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Agent } from "node:http";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { isObject, type JsonObject } from "../protocol/properties";
import type { Settings } from "./settings";

/** What every request carries. */
export interface RequestBase {
  readonly headers: Record<string, string>;
  readonly auth?: string;
  readonly agent?: Agent;
  readonly servername?: string;
}

/** How the API server is reached. */
export interface Connection {
  /** URL of the API server. */
  readonly server: string;
  /** The API server with context and file, for messages. */
  readonly described: string;
  /** Namespace of the kubeconfig's context. */
  readonly namespace: string | undefined;
  /** The kubeconfig's file for other programs; undefined: they find it as we did. */
  kubeconfigFile(): string | undefined;
  /** The context for other programs; undefined: the kubeconfig's current one. */
  readonly context: string | undefined;
  requestOptions(): Promise<RequestBase>;
}

// Tokens of helper programs and files are renewed by their owners.
const credentialsMs = 60_000;

/**
 * Reads the kubeconfig: a file's path or its content, else the usual places.
 *
 * @throws where there is none, or it names no cluster: what to set instead is said
 */
export function connect(settings: Settings): Connection {
  const config = new KubeConfig();
  const source = load(config, settings);
  if (settings.context !== undefined) selectContext(config, settings.context, source.name);
  const context = config.getContextObject(config.getCurrentContext());
  const cluster = config.getCluster(settings.cluster ?? context?.cluster ?? "");
  if (!cluster) {
    throw new Error(
      `${source.name} names no cluster for the context "${config.getCurrentContext()}"; ` +
        `its contexts: ${names(config)}; set kubernetes:kubeconfig or kubernetes:context`,
    );
  }
  let cached: { options: RequestBase; until: number } | undefined;
  return {
    server: cluster.server,
    described: `the Kubernetes API server ${cluster.server} (context "${context?.name ?? ""}" of ${source.name})`,
    namespace: context?.namespace,
    kubeconfigFile: () => source.file(),
    context: settings.context,
    async requestOptions() {
      if (!cached || cached.until < Date.now()) {
        cached = {
          options: await credentials(config, cached?.options.agent),
          until: Date.now() + credentialsMs,
        };
      }
      return cached.options;
    },
  };
}

async function credentials(config: KubeConfig, agent: Agent | undefined): Promise<RequestBase> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === "string") headers[name] = value;
  }
  const made = typeof options.agent === "object" ? options.agent : undefined;
  const kept = agent ?? made;
  if (made && kept === made) keepAlive(made);
  return {
    headers,
    agent: kept,
    ...(typeof options.auth === "string" ? { auth: options.auth } : {}),
    ...(options.servername ? { servername: options.servername } : {}),
  };
}

/** A hundred objects are not a hundred TLS handshakes. */
function keepAlive(agent: Agent): void {
  const options = "options" in agent && isObject(agent.options) ? agent.options : {};
  Object.assign(options, { keepAlive: true });
  Object.assign(agent, { keepAlive: true, maxSockets: 32 });
}

/**
 * The entry of the cluster that a provider's arguments mean, without its name; undefined where none is
 * found, such as without a kubeconfig among them, or with one in a file that is gone.
 *
 * @throws where the kubeconfig cannot be read
 */
export function activeCluster(args: JsonObject): object | undefined {
  const { kubeconfig, context: wanted } = args;
  if (kubeconfig === undefined || kubeconfig === null || kubeconfig === "") return undefined;
  const text = typeof kubeconfig === "string" ? kubeconfig : JSON.stringify(kubeconfig);
  const file = fileOf(text);
  if (file !== undefined && !existsSync(file)) return undefined;
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromString(text);
    else config.loadFromFile(file);
  } catch {
    // Its message may show what stands there.
    throw new Error(`${file ?? "the given kubeconfig"} is no kubeconfig`);
  }
  const context = config.getContextObject(
    typeof wanted === "string" ? wanted : config.getCurrentContext(),
  );
  if (!context) return undefined;
  const named = typeof args["cluster"] === "string" ? args["cluster"] : context.cluster;
  const found = config.getCluster(named);
  return found ? { ...found, name: undefined } : undefined;
}

interface Source {
  /** For messages. */
  readonly name: string;
  file(): string | undefined;
}

function load(config: KubeConfig, { kubeconfig }: Settings): Source {
  if (kubeconfig === undefined || kubeconfig === "") {
    config.loadFromDefault();
    const name = process.env["KUBECONFIG"] ?? path.join(homedir(), ".kube", "config");
    return { name, file: () => undefined };
  }
  const file = fileOf(kubeconfig);
  if (file !== undefined) {
    if (!existsSync(file)) {
      throw new Error(
        `the kubeconfig ${file} is missing; set kubernetes:kubeconfig to a file that is there`,
      );
    }
    config.loadFromFile(file);
    return { name: file, file: () => file };
  }
  config.loadFromString(kubeconfig);
  let written: string | undefined;
  return { name: "the given kubeconfig", file: () => (written ??= writePrivately(kubeconfig)) };
}

/** The file that a kubeconfig is; undefined for a content, which has lines, as a path has not. */
function fileOf(kubeconfig: string): string | undefined {
  if (kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{")) return undefined;
  return kubeconfig.replace(/^~(?=\/)/, homedir());
}

/** helm takes a file only; this one is for its owner alone, and goes when the plugin ends. */
function writePrivately(content: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-kubernetes-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "kubeconfig");
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

function selectContext(config: KubeConfig, context: string, source: string): void {
  if (!config.getContextObject(context)) {
    throw new Error(`${source} has no context "${context}"; it has: ${names(config)}`);
  }
  config.setCurrentContext(context);
}

function names(config: KubeConfig): string {
  return (
    config
      .getContexts()
      .map(({ name }) => `"${name}"`)
      .join(", ") || "none"
  );
}
