import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";
import { once } from "node:events";

const loopback = "127.0.0.1";

/**
 * Ports below those that systems hand out by themselves: one of these is never taken meanwhile by
 * the near end of somebody's connection.
 */
const lowest = 20_000;
const highest = 32_000;

/** Free loopback ports, all different, drawn at random. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(lowest, highest);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

/** True where nothing listens on this loopback port. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen({ port, host: loopback, exclusive: true });
  await once(server, "listening");
  return server;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await closed;
}
