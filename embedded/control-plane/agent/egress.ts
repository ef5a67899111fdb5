import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { V1Pod, V1Service } from "@kubernetes/client-node";
import { mutualTls, type TlsFiles } from "./tls";

/** What the proxy knows of the cluster. */
export interface EgressArgs {
  readonly tls: TlsFiles;
  readonly services: () => readonly V1Service[];
  readonly pods: () => readonly V1Pod[];
  /** The loopback port of a ready process-backed pod. */
  readonly readyPort: (pod: V1Pod, declared: number | string) => number | undefined;
  /** Where the agent serves what a node's kubelet would. */
  readonly kubeletPort: number;
}

/** The port on which a node's kubelet is called. */
const kubeletPort = 10250;

/**
 * The proxy through which the API server calls into the cluster. A destination that is a Service
 * leads to the process of a ready pod behind it; there is nothing else to be reached.
 */
export async function egressProxy(args: EgressArgs): Promise<Server> {
  const server = createServer(await mutualTls(args.tls), (_, response) => {
    response.writeHead(405).end("only CONNECT\n");
  });
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => client.destroy());
    const target = destination(request.url ?? "", args);
    if ("refusal" in target) return refuse(client, target.refusal);
    join(client, head, connect(target.port, "127.0.0.1"), request.url ?? "");
  });
  return server;
}

/** Where a call goes, or why it goes nowhere. */
export type Destination = { readonly port: number } | { readonly refusal: string };

/** Finds the process behind `address:port` of a Service or a node. */
export function destination(authority: string, args: Omit<EgressArgs, "tls">): Destination {
  const colon = authority.lastIndexOf(":");
  const host = authority.slice(0, colon);
  const port = Number(authority.slice(colon + 1));
  const service = args.services().find((candidate) => isAddressOf(candidate, host));
  if (!service) {
    if (port === kubeletPort) return { port: args.kubeletPort };
    return { refusal: `${authority} is no Service: simulated pods serve nothing` };
  }
  const name = `${service.metadata?.namespace}/${service.metadata?.name}`;
  const servicePort = service.spec?.ports?.find((candidate) => candidate.port === port);
  if (!servicePort) return { refusal: `Service ${name} has no port ${port}` };
  const target = servicePort.targetPort ?? port;
  const ports = args
    .pods()
    .filter((pod) => isBehind(pod, service))
    .flatMap((pod) => args.readyPort(pod, target) ?? []);
  const [chosen] = ports;
  if (chosen !== undefined) return { port: chosen };
  return { refusal: `Service ${name} has no ready pod that is a real process` };
}

function isAddressOf(service: V1Service, host: string): boolean {
  const { name, namespace } = service.metadata ?? {};
  const names = [`${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  return service.spec?.clusterIP === host || names.includes(host);
}

function isBehind(pod: V1Pod, service: V1Service): boolean {
  const selector = Object.entries(service.spec?.selector ?? {});
  const labels = pod.metadata?.labels ?? {};
  return (
    selector.length > 0 &&
    pod.metadata?.namespace === service.metadata?.namespace &&
    selector.every(([key, value]) => labels[key] === value)
  );
}

function join(client: Duplex, head: Buffer, upstream: Socket, authority: string): void {
  upstream.once("error", (error) => refuse(client, `${authority}: ${error.message}`));
  upstream.once("connect", () => {
    upstream.removeAllListeners("error");
    upstream.on("error", () => client.destroy());
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    upstream.write(head);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
}

/** The reason stands in the status line: that is what the API server shows its caller. */
function refuse(client: Duplex, why: string): void {
  console.error(`egress refused: ${why}`);
  client.end(`HTTP/1.1 502 ${why.replaceAll(/[^\x20-\x7e]/g, " ")}\r\nContent-Length: 0\r\n\r\n`);
}
