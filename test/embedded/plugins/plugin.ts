import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import {
  noProperties,
  seal,
  unseal,
  type JsonObject,
  type KeyPath,
  type Properties,
} from "../../../embedded/plugins/protocol/properties";

/** Folder of the executables that the engine finds on PATH. */
export const pluginBin = path.join(__dirname, "../../../embedded/plugins/bin");

/** What a plugin says of a resource that was made, but is not ready. */
export class NotInitialized extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Properties,
  ) {
    super(message);
  }
}

type Method<Q, A> = (
  request: Q,
  callback: (error: grpc.ServiceError | null, answer: A) => void,
) => unknown;

/** A plugin's process and what the engine would say to it. */
export class Plugin {
  /** All messages to the user so far. */
  readonly log: string[] = [];
  private engine: grpc.Server | undefined;
  private client: ResourceProviderClient | undefined;
  private child: ChildProcess | undefined;
  /** All that it printed. */
  printed = "";

  private constructor(readonly name: "kubernetes" | "random" | "command" | "rke") {}

  private static readonly running = new Set<Plugin>();

  /** Ends those that a failed test has left. */
  static async stopAll(): Promise<void> {
    await Promise.all([...Plugin.running].map((plugin) => plugin.stop()));
  }

  static async start(name: Plugin["name"], env: Record<string, string> = {}): Promise<Plugin> {
    const plugin = new Plugin(name);
    const engine = new grpc.Server();
    plugin.engine = engine;
    engine.addService(EngineService, {
      log: (call: grpc.ServerUnaryCall<LogRequest, Empty>, done: grpc.sendUnaryData<Empty>) => {
        plugin.log.push(call.request.getMessage());
        done(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) =>
      engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    await plugin.launch(`127.0.0.1:${port}`, env);
    Plugin.running.add(plugin);
    return plugin;
  }

  private async launch(engine: string, env: Record<string, string>): Promise<void> {
    const child = spawn(path.join(pluginBin, `pulumi-resource-${this.name}`), [engine], {
      cwd: "/",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, as the engine gives it.
      detached: true,
    });
    this.child = child;
    child.stderr.on("data", (data) => (this.printed += String(data)));
    const port = await new Promise<string>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", () => reject(new Error(`the plugin ended: ${this.printed}`)));
      child.stdout.once("data", (data) => resolve(String(data).trim()));
    });
    child.stdout.on("data", (data) => (this.printed += String(data)));
    this.client = new ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
  }

  /** Makes one call; an error that carries a state becomes {@link NotInitialized}. */
  private call<Q, A>(method: string, request: Q): Promise<A> {
    const client = this.client as unknown as Record<string, Method<Q, A>>;
    return new Promise((resolve, reject) => {
      client[method]?.call(client, request, (error, answer) =>
        error ? reject(explained(error)) : resolve(answer),
      );
    });
  }

  async configure(args: JsonObject = {}): Promise<void> {
    const request = new proto.ConfigureRequest().setArgs(seal({ value: args, secrets: [] }));
    await this.call("configure", request);
  }

  async check(urn: string, news: Properties, olds?: Properties) {
    const request = new proto.CheckRequest()
      .setUrn(urn)
      .setNews(seal(news))
      .setOlds(olds && seal(olds))
      .setRandomseed(Buffer.from("seed"));
    const answer = await this.call<proto.CheckRequest, proto.CheckResponse>("check", request);
    const failures = answer.getFailuresList().map((failure) => failure.toObject());
    return { inputs: unseal(answer.getInputs()), failures };
  }

  async diff(urn: string, id: string, old: Kept, news: Properties, ignoreChanges: string[] = []) {
    const request = new proto.DiffRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(seal(old.state))
      .setOldInputs(seal(old.inputs))
      .setNews(seal(news))
      .setIgnorechangesList(ignoreChanges);
    const answer = await this.call<proto.DiffRequest, proto.DiffResponse>("diff", request);
    return {
      changed: answer.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
      paths: answer.getDiffsList(),
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  async create(urn: string, inputs: Properties, { preview = false, timeout = 0 } = {}) {
    const request = new proto.CreateRequest()
      .setUrn(urn)
      .setProperties(seal(inputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const answer = await this.call<proto.CreateRequest, proto.CreateResponse>("create", request);
    return { id: answer.getId(), state: unseal(answer.getProperties()) };
  }

  async update(urn: string, id: string, old: Kept, news: Properties, timeout = 0) {
    const request = new proto.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(seal(old.state))
      .setOldInputs(seal(old.inputs))
      .setNews(seal(news))
      .setTimeout(timeout);
    const answer = await this.call<proto.UpdateRequest, proto.UpdateResponse>("update", request);
    return unseal(answer.getProperties());
  }

  async read(urn: string, id: string, old: Kept = { inputs: noProperties, state: noProperties }) {
    const request = new proto.ReadRequest()
      .setUrn(urn)
      .setId(id)
      .setInputs(seal(old.inputs))
      .setProperties(seal(old.state));
    const answer = await this.call<proto.ReadRequest, proto.ReadResponse>("read", request);
    if (answer.getId() === "") return undefined;
    return { inputs: unseal(answer.getInputs()), state: unseal(answer.getProperties()) };
  }

  async delete(urn: string, id: string, state: Properties, timeout = 0): Promise<void> {
    const request = new proto.DeleteRequest()
      .setUrn(urn)
      .setId(id)
      .setProperties(seal(state))
      .setTimeout(timeout);
    await this.call("delete", request);
  }

  async invoke(token: string, args: JsonObject): Promise<JsonObject> {
    const request = new proto.InvokeRequest()
      .setTok(token)
      .setArgs(seal({ value: args, secrets: [] }));
    const answer = await this.call<proto.InvokeRequest, proto.InvokeResponse>("invoke", request);
    return unseal(answer.getReturn()).value;
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  /** Kills it with all that it has started, as an engine that is killed does. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGKILL");
    await ended;
    await this.stop();
  }

  /** Ends the process as the engine does; resolves to its exit code. */
  async stop(): Promise<number | null> {
    const { child } = this;
    Plugin.running.delete(this);
    this.client?.close();
    this.engine?.forceShutdown();
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return child?.exitCode ?? null;
    }
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    return ended;
  }
}

function explained(error: grpc.ServiceError): Error {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(packed)) return new Error(error.details);
  const [any] = Status.deserializeBinary(packed).getDetailsList();
  const bytes = any?.getValue_asU8() ?? new Uint8Array();
  const failed = proto.ErrorResourceInitFailed.deserializeBinary(bytes);
  return new NotInitialized(error.details, failed.getId(), unseal(failed.getProperties()));
}

/** What the stack's state keeps of a resource. */
export interface Kept {
  readonly inputs: Properties;
  readonly state: Properties;
}

/** Inputs with nothing secret, or with secret places. */
export function properties(value: JsonObject, ...secrets: KeyPath[]): Properties {
  return { value, secrets };
}

/** What became of a resource. */
export interface Step {
  readonly step: "create" | "same" | "update" | "replace";
  readonly paths: readonly string[];
}

/** A resource that is brought to new inputs as the engine would do it. */
export class Resource {
  readonly urn: string;
  kept: (Kept & { id: string }) | undefined;

  constructor(
    private readonly plugin: Plugin,
    type: string,
    readonly name: string,
  ) {
    this.urn = `urn:pulumi:test::plugins::${type}::${name}`;
  }

  /** What would be done. */
  async plan(value: JsonObject, ...secrets: KeyPath[]) {
    const { kept } = this;
    const { inputs, failures } = await this.plugin.check(
      this.urn,
      properties(value, ...secrets),
      kept?.inputs,
    );
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    if (!kept) return { inputs, diff: undefined };
    return { inputs, diff: await this.plugin.diff(this.urn, kept.id, kept, inputs) };
  }

  async apply(value: JsonObject, ...secrets: KeyPath[]): Promise<Step> {
    const { inputs, diff } = await this.plan(value, ...secrets);
    const { kept } = this;
    if (!kept || !diff) {
      await this.create(inputs);
      return { step: "create", paths: [] };
    }
    const { changed, paths, replaces, deleteBeforeReplace } = diff;
    if (!changed) {
      this.kept = { ...kept, inputs };
      return { step: "same", paths };
    }
    if (replaces.length > 0) {
      const renewed = await this.plugin.check(this.urn, properties(value, ...secrets));
      if (deleteBeforeReplace) await this.plugin.delete(this.urn, kept.id, kept.state);
      await this.create(renewed.inputs);
      if (!deleteBeforeReplace) await this.plugin.delete(this.urn, kept.id, kept.state);
      return { step: "replace", paths: replaces };
    }
    const state = await this.plugin.update(this.urn, kept.id, kept, inputs);
    this.kept = { id: kept.id, inputs, state };
    return { step: "update", paths };
  }

  private async create(inputs: Properties): Promise<void> {
    const { id, state } = await this.plugin.create(this.urn, inputs);
    this.kept = { id, inputs, state };
  }

  /** Refreshes what is kept; false where the object has gone. */
  async refresh(): Promise<boolean> {
    const { kept } = this;
    if (!kept) return false;
    const found = await this.plugin.read(this.urn, kept.id, kept);
    this.kept = found && { ...found, id: kept.id };
    return found !== undefined;
  }

  async delete(): Promise<void> {
    if (this.kept) await this.plugin.delete(this.urn, this.kept.id, this.kept.state);
    this.kept = undefined;
  }
}
