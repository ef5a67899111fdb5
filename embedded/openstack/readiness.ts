import { once } from "node:events";
import { connect } from "node:net";
import { z } from "zod";
import { OpenStackClient } from "../../cloud/client";
import { OpenStackRefusal } from "../../cloud/failures";
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
  return OpenStackClient.connect({ authUrl: authUrl(ports), credential });
}

const serviceSchema = z.object({
  binary: z.string(),
  state: z.string(),
  /** UTC, without saying so. */
  updated_at: z.string().nullable(),
});
const services = z.object({ services: z.array(serviceSchema) });
const pools = z.object({ pools: z.array(z.unknown()) });
const hypervisors = z.object({ hypervisors: z.array(z.object({ state: z.string() })) });

/** How many processes of each kind must have given a sign of life. */
export type Wanted = Readonly<Record<string, number>>;

/**
 * Why a service's processes do not all work yet; undefined where they do. What is sent to one that
 * has not begun to listen to the broker is lost.
 *
 * @param since signs of life before are of an earlier start, in milliseconds since 1970
 */
export async function processesNotReady(
  admin: OpenStackClient,
  service: "compute" | "block-storage",
  wanted: Wanted,
  since: number,
): Promise<string | undefined> {
  return unlessRefused(async () => {
    const found = await admin.call({ service, path: "/os-services", answer: services });
    const alive = found.services.filter(
      ({ state, updated_at: at }) => state === "up" && at !== null && Date.parse(`${at}Z`) > since,
    );
    const missing = Object.entries(wanted).filter(
      ([name, count]) => alive.filter(({ binary }) => binary === name).length < count,
    );
    const [name] = missing[0] ?? [];
    return name === undefined ? undefined : `${name} has given no sign of life`;
  });
}

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

/** Why volumes cannot be placed yet; undefined where cinder's scheduler knows a place for them. */
export async function volumesNotReady(admin: OpenStackClient): Promise<string | undefined> {
  return unlessRefused(async () => {
    const path = "/scheduler-stats/get_pools";
    const found = await admin.call({ service: "block-storage", path, answer: pools });
    return found.pools.length > 0 ? undefined : "cinder knows no place for volumes";
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
