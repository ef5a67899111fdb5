import { once } from "node:events";
import { connect } from "node:net";
import { z } from "zod";
import { OpenStackClient, OpenStackRefusal } from "./client";
import type { Readiness } from "./components";
import { authUrl, type Site } from "./configuration/shared";

const answerWithinMs = 10_000;

/** Asks once; why it is not ready, or undefined where it is. Any answer but a 5xx will do. */
export async function notReady(name: string, ready: Readiness): Promise<string | undefined> {
  const why = "port" in ready ? await refused(ready.port) : await unanswered(ready.url);
  return why === undefined ? undefined : `${name} is not ready (${why})`;
}

async function refused(port: number): Promise<string | undefined> {
  const socket = connect({ port, host: "127.0.0.1", timeout: answerWithinMs });
  try {
    await once(socket, "connect");
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    socket.destroy();
  }
}

async function unanswered(url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(url, { redirect: "manual", signal });
    await response.arrayBuffer();
    return response.status < 500 ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error
      ? error.cause.message
      : String(error);
  }
}

/** A client of the cloud's administrator. */
export function administrator({ ports, secrets }: Site): Promise<OpenStackClient> {
  const credential = { user: "admin", password: secrets.admin, project: "admin" };
  return OpenStackClient.connect(authUrl(ports), credential);
}

const hypervisors = z.object({ hypervisors: z.array(z.object({ state: z.string() })) });
const volumeServices = z.object({
  services: z.array(z.object({ binary: z.string(), state: z.string() })),
});

/** Why the compute nodes cannot be scheduled to yet; undefined where all can. */
export async function computesNotReady(
  admin: OpenStackClient,
  wanted: number,
): Promise<string | undefined> {
  return unlessRefused(async () => {
    const path = "/os-hypervisors";
    const found = await admin.call({ service: "compute", path, answer: hypervisors });
    const up = found.hypervisors.filter(({ state }) => state === "up").length;
    return up === wanted ? undefined : `${up} of ${wanted} compute nodes are up`;
  });
}

/** Why volumes cannot be made yet; undefined where they can. */
export async function volumesNotReady(admin: OpenStackClient): Promise<string | undefined> {
  return unlessRefused(async () => {
    const path = "/os-services";
    const found = await admin.call({ service: "block-storage", path, answer: volumeServices });
    const up = found.services.filter(({ state }) => state === "up").map(({ binary }) => binary);
    const missing = ["cinder-scheduler", "cinder-volume"].filter((name) => !up.includes(name));
    return missing.length === 0 ? undefined : `${missing.join(", ")} not up`;
  });
}

/** A service that has just opened its port may answer with an error for a moment. */
async function unlessRefused(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OpenStackRefusal) return error.message;
    throw error;
  }
}
