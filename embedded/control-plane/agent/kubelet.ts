import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { V1Pod } from "@kubernetes/client-node";
import { lastLines } from "../../processes/files";
import { mutualTls, type TlsFiles } from "./tls";

/** What the stand-in knows of pods. */
export interface KubeletArgs {
  readonly tls: TlsFiles;
  readonly pod: (key: string) => V1Pod | undefined;
  /** The log file of a container that runs as a process; undefined for a simulated one. */
  readonly log: (pod: V1Pod, container: string) => string | undefined;
}

/**
 * A stand-in for the part of a node's kubelet that `kubectl logs` needs: the log of process-backed
 * pods, a plain sentence for simulated ones. Only the API server's certificate is let in.
 */
export async function kubelet(args: KubeletArgs): Promise<Server> {
  return createServer(await mutualTls(args.tls), (request, response) => {
    answer(args, new URL(request.url ?? "/", "https://node"), response).catch((error: unknown) => {
      response.writeHead(500).end(`${String(error)}\n`);
    });
  });
}

async function answer(args: KubeletArgs, url: URL, response: ServerResponse): Promise<void> {
  const [kind, namespace, name, container = ""] = url.pathname.split("/").slice(1);
  const pod = args.pod(`${namespace}/${name}`);
  if (kind !== "containerLogs" || !pod) {
    response.writeHead(404).end("simulated node: it can show logs, nothing else\n");
    return;
  }
  const file = args.log(pod, container);
  if (file === undefined) {
    response.writeHead(200).end("simulated pod: nothing runs in it, so it has no log\n");
    return;
  }
  await access(file);
  const tail = url.searchParams.get("tailLines");
  response.writeHead(200, { "content-type": "text/plain" });
  if (tail === null) createReadStream(file).pipe(response);
  else response.end(`${(await lastLines(file, Number(tail))).join("\n")}\n`);
}
