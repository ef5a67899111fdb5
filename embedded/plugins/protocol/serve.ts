import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { checkResponse, diffResponse, errorAnswer } from "./answers";
import { engineLog, type Log } from "./engineLog";
import { seal, unseal } from "./properties";
import type { Provider } from "./provider";
import { checkRequest, configRequest, diffRequest } from "./questions";
import { parseUrn } from "./urn";

/** Answers one kind of question; what it throws becomes the engine's error. */
function answer<Q, A>(work: (question: Q) => Promise<A> | A): grpc.handleUnaryCall<Q, A> {
  return (call, callback) => {
    void Promise.resolve()
      .then(() => work(call.request))
      .then(
        (result) => callback(null, result),
        (error: unknown) => callback(errorAnswer(error)),
      );
  };
}

/**
 * Serves a provider to the engine on a free loopback port, and prints the port, which is how the
 * engine finds it. The process ends with the engine that started it.
 */
export async function serve(make: (log: Log) => Provider): Promise<void> {
  const provider = make(engineLog(process.argv[2]));
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(ResourceProviderService, service(provider));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  // How the engine ends its plugins, and waits; a terminal's Ctrl-C does not reach them.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
  endWithParent();
  process.stdout.write(`${port}\n`);
}

/** An engine that was killed cannot stop its plugins. */
function endWithParent(): void {
  const parent = process.ppid;
  const look = () => {
    if (process.ppid !== parent) process.exit(1);
  };
  setInterval(look, 2_000).unref();
}

function service(provider: Provider): grpc.UntypedServiceImplementation {
  return { ...configuration(provider), ...resources(provider), ...rest(provider) };
}

function configuration(provider: Provider) {
  return {
    getPluginInfo: answer((): PluginInfo => new PluginInfo().setVersion(provider.version)),
    attach: answer<PluginAttach, Empty>(() => new Empty()),
    checkConfig: answer((request: proto.CheckRequest) =>
      new proto.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(async (request: proto.DiffRequest) => {
      if (!provider.diffConfig) return new proto.DiffResponse();
      return diffResponse(await provider.diffConfig(configRequest(request)));
    }),
    configure: answer(async (request: proto.ConfigureRequest) => {
      await provider.configure(unseal(request.getArgs()));
      return new proto.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    }),
  };
}

function resources(provider: Provider) {
  return {
    check: answer(async (request: proto.CheckRequest) =>
      checkResponse(await provider.check(checkRequest(request))),
    ),
    diff: answer(async (request: proto.DiffRequest) =>
      diffResponse(await provider.diff(diffRequest(request))),
    ),
    create: answer(async (request: proto.CreateRequest) => {
      const { id, state } = await provider.create({
        urn: parseUrn(request.getUrn()),
        inputs: unseal(request.getProperties()),
        timeout: request.getTimeout(),
        preview: request.getPreview(),
      });
      return new proto.CreateResponse().setId(id).setProperties(seal(state));
    }),
    read: answer(async (request: proto.ReadRequest) => {
      const found = await provider.read({
        id: request.getId(),
        urn: parseUrn(request.getUrn()),
        inputs: unseal(request.getInputs()),
        state: unseal(request.getProperties()),
      });
      // No id: the engine forgets the resource.
      if (!found) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(found.id)
        .setInputs(seal(found.inputs))
        .setProperties(seal(found.state));
    }),
    update: answer(async (request: proto.UpdateRequest) => {
      const state = await provider.update({
        id: request.getId(),
        urn: parseUrn(request.getUrn()),
        oldInputs: unseal(request.getOldInputs()),
        oldState: unseal(request.getOlds()),
        news: unseal(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
        timeout: request.getTimeout(),
        preview: request.getPreview(),
      });
      return new proto.UpdateResponse().setProperties(seal(state));
    }),
    delete: answer(async (request: proto.DeleteRequest) => {
      await provider.delete({
        id: request.getId(),
        urn: parseUrn(request.getUrn()),
        state: unseal(request.getProperties()),
        timeout: request.getTimeout(),
      });
      return new Empty();
    }),
  };
}

function rest(provider: Provider) {
  return {
    getSchema: answer((): proto.GetSchemaResponse => new proto.GetSchemaResponse().setSchema("{}")),
    invoke: answer(async (request: proto.InvokeRequest) => {
      const token = request.getTok();
      if (!provider.invoke) throw new Error(`no function ${token} in this stand-in`);
      const result = await provider.invoke(token, unseal(request.getArgs()));
      return new proto.InvokeResponse().setReturn(Struct.fromJavaScript(result));
    }),
    construct: answer((request: proto.ConstructRequest): proto.ConstructResponse => {
      const hint = "use its form that runs in the program, plain resources, or the official plugin";
      throw new Error(`${request.getType()}: this stand-in has no remote components; ${hint}`);
    }),
    cancel: answer<Empty, Empty>(() => {
      provider.cancel?.();
      return new Empty();
    }),
  };
}
