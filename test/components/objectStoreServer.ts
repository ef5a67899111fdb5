import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa, type ResultPromise } from "execa";
import { ObjectStore, type ObjectStoreArgs } from "../../components";
import { accounts, accountsFile, healthPath } from "../../components/services/objectStore/pod";
import { freePorts } from "../../embedded/processes/ports";
import { at, listAt, record } from "./recording";
import { types } from "./specimens";

/** What the component renders for its container, as far as a process takes it. */
interface Rendered {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly hook: readonly string[];
}

/** A real server of the store on loopback, started as the component's container would be. */
export interface StoreServer {
  readonly endpoint: string;
  readonly adminEndpoint: string;
  /** The folder that stands for the disk. */
  readonly data: string;
  /** Runs the container's hook, as the kubelet does at each start; its log. */
  makeBuckets(args?: ObjectStoreArgs): Promise<string>;
  /** Ends the server and starts it anew on the same disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const root = { ROOT_ACCESS_KEY_ID: "root", ROOT_SECRET_ACCESS_KEY: "root-secret-of-a-test" };

/** Starts the server with exactly the args, environment and files of the component; paths mapped. */
export async function startStore(
  program: string,
  args: ObjectStoreArgs,
  secretAccessKeys: Readonly<Record<string, string>>,
): Promise<StoreServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "eo-store-"));
  const data = path.join(folder, "data");
  await mkdir(data);
  await mkdir(path.join(folder, "accounts"));
  const accountsPath = path.join(folder, "accounts", accountsFile);
  await writeFile(accountsPath, accounts(secretAccessKeys));
  const [port = 0, adminPort = 0] = await freePorts(2);
  const local = (text: string) =>
    text
      .replace("127.0.0.1:7071", `127.0.0.1:${adminPort}`)
      .replace(/^:7070$/, `127.0.0.1:${port}`)
      .replaceAll("/data", data)
      .replaceAll("/etc/versitygw", path.join(folder, "accounts"))
      .replaceAll("/proc/1/fd/1", path.join(folder, "hook.log"));
  const environment = ({ env }: Rendered) => ({
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, local(value)])),
    ...root,
    PATH: `${path.dirname(program)}:${process.env["PATH"] ?? ""}`,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const rendered = await renderedBy(args);
  let server = serve();

  function serve(): ResultPromise {
    const options = { env: environment(rendered), extendEnv: false, reject: false } as const;
    return execa(program, rendered.args.map(local), { ...options, all: true });
  }
  async function end(): Promise<void> {
    server.kill();
    await server;
  }
  await answering(endpoint, server);

  return {
    endpoint,
    adminEndpoint: `http://127.0.0.1:${adminPort}`,
    data,
    async makeBuckets(changed = args) {
      const wanted = await renderedBy(changed);
      const [shell = "", ...script] = wanted.hook.map(local);
      await writeFile(path.join(folder, "hook.log"), "");
      await execa(shell, script, { env: environment(wanted), extendEnv: false });
      return readFile(path.join(folder, "hook.log"), "utf8");
    },
    async restart() {
      await end();
      server = serve();
      await answering(endpoint, server);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function renderedBy(args: ObjectStoreArgs): Promise<Rendered> {
  const seen = await record(() => new ObjectStore("store", args));
  const container = at(seen.one(types.statefulSet), "spec", "template", "spec", "containers", 0);
  const variables = listAt(container, "env").flatMap((variable): [string, string][] => {
    const value = at(variable, "value");
    return typeof value === "string" ? [[String(at(variable, "name")), value]] : [];
  });
  return {
    args: listAt(container, "args").map(String),
    env: Object.fromEntries(variables),
    hook: listAt(container, "lifecycle", "postStart", "exec", "command").map(String),
  };
}

/** Until the probes of the pod would succeed. */
async function answering(endpoint: string, server: ResultPromise): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null && server.exitCode !== undefined) break;
    const healthy = await fetch(`${endpoint}${healthPath}`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill();
  throw new Error(`the server does not answer: ${String((await server).all)}`);
}
