import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Shows messages to the user, through the engine. */
export interface Log {
  /** A line that stays. */
  info(message: string, urn?: string): void;
  /** A line that stays, and counts as a warning. */
  warning(message: string, urn?: string): void;
  /** What is being waited for: shown beside the resource until the next one. */
  status(message: string, urn: string): void;
}

/** The engine at an address; without an address messages go to standard error. */
export function engineLog(address: string | undefined): Log {
  if (address === undefined) {
    const write = (message: string) => void process.stderr.write(`${message}\n`);
    return { info: write, warning: write, status: write };
  }
  const engine = new EngineClient(address, grpc.credentials.createInsecure());
  const send = (severity: LogSeverity, message: string, urn = "", ephemeral = false) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    // A lost message is no reason to fail: the engine may be on its way out.
    engine.log(request, () => undefined);
  };
  return {
    info: (message, urn) => send(LogSeverity.INFO, message, urn),
    warning: (message, urn) => send(LogSeverity.WARNING, message, urn),
    status: (message, urn) => send(LogSeverity.INFO, message, urn, true),
  };
}
