import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { OpenStackClient } from "../../../cloud/client";
import { OpenStackRefusal } from "../../../cloud/failures";
import type { OpenStack } from "../../../embedded/openstack";

const made = z.object({ id: z.string() });
const serverSchema = z.object({
  id: z.string(),
  status: z.string(),
  hostId: z.string(),
  fault: z.object({ message: z.string() }).optional(),
  "OS-EXT-AZ:availability_zone": z.string(),
});
export type Server = z.infer<typeof serverSchema>;

/** What the tests' user makes and deletes, by the real APIs, with its application credential. */
export class Project {
  private constructor(private readonly client: OpenStackClient) {}

  static async of({
    authUrl,
    applicationCredential,
    applicationCredentialSecret,
  }: OpenStack): Promise<Project> {
    const credential = {
      applicationCredentialId: applicationCredential.id,
      secret: applicationCredentialSecret,
    };
    return new Project(await OpenStackClient.connect({ authUrl, credential }));
  }

  /** Makes one thing of the network service, and returns what is said of it. */
  async network<T>(kind: string, body: object, more: z.ZodType<T>): Promise<T & { id: string }> {
    const answer = z.object({ [kind]: z.intersection(made, more) });
    const path = `/v2.0/${kind}s`;
    const said = await this.send("network", "POST", path, { [kind]: body }, answer);
    return present(said[kind]);
  }

  /** Makes a server of the smallest flavor, with no network unless told otherwise. */
  async server(openStack: OpenStack, body: object = {}, hints: object = {}): Promise<string> {
    const flavor = openStack.flavors.find(({ name }) => name === "eo1.xsmall");
    const server = {
      name: "test",
      flavorRef: flavor?.id,
      imageRef: openStack.image.id,
      networks: "none",
      ...body,
    };
    const whole = { server, "OS-SCH-HNT:scheduler_hints": hints };
    const answer = z.object({ server: made });
    return (await this.send("compute", "POST", "/servers", whole, answer)).server.id;
  }

  /** The server once it is no more in the making. */
  async built(id: string): Promise<Server> {
    return eventually(`server ${id} built`, async () => {
      const { server } = await this.get(
        "compute",
        `/servers/${id}`,
        z.object({ server: serverSchema }),
      );
      return server.status === "BUILD" ? undefined : server;
    });
  }

  /** All servers, once none is in the making any more. */
  async servers(): Promise<Server[]> {
    const answer = z.object({ servers: z.array(serverSchema) });
    return eventually("all servers built", async () => {
      const { servers } = await this.get("compute", "/servers/detail", answer);
      return servers.some(({ status }) => status === "BUILD") ? undefined : servers;
    });
  }

  /** Makes a group of servers of one policy. */
  async serverGroup(policy: string): Promise<string> {
    const body = { server_group: { name: "test", policy } };
    const answer = z.object({ server_group: made });
    return (await this.send("compute", "POST", "/os-server-groups", body, answer)).server_group.id;
  }

  /** Makes a volume, and waits until it can be used. */
  async volume(body: object): Promise<string> {
    const answer = z.object({ volume: made });
    const { volume } = await this.send(
      "block-storage",
      "POST",
      "/volumes",
      { volume: body },
      answer,
    );
    await this.volumeIs(volume.id, "available");
    return volume.id;
  }

  async volumeIs(id: string, wanted: string): Promise<void> {
    const answer = z.object({ volume: z.object({ status: z.string() }) });
    await eventually(`volume ${wanted}`, async () => {
      const { volume } = await this.get("block-storage", `/volumes/${id}`, answer);
      if (volume.status.startsWith("error")) throw new Error(`volume ${id} is in ${volume.status}`);
      return volume.status === wanted ? true : undefined;
    });
  }

  async attach(server: string, volume: string): Promise<void> {
    const path = `/servers/${server}/os-volume_attachments`;
    const body = { volumeAttachment: { volumeId: volume } };
    await this.send("compute", "POST", path, body, z.unknown());
    await this.volumeIs(volume, "in-use");
  }

  get<T>(service: string, path: string, answer: z.ZodType<T>): Promise<T> {
    return this.client.call({ service, path, answer });
  }

  put(service: string, path: string, body: object): Promise<unknown> {
    return this.send(service, "PUT", path, body, z.unknown());
  }

  /** Deletes it, and waits until it is gone. */
  async remove(service: string, path: string): Promise<void> {
    await this.client.call({ service, method: "DELETE", path, answer: z.unknown() });
    await eventually(`${path} gone`, async () => {
      try {
        await this.get(service, path, z.unknown());
        return undefined;
      } catch (error) {
        if (error instanceof OpenStackRefusal && error.status === 404) return true;
        throw error;
      }
    });
  }

  /** How many things the project has, by the path that lists them. */
  async count(service: string, path: string): Promise<number> {
    const answer = z.record(z.string(), z.array(z.unknown()));
    const lists = Object.values(await this.get(service, path, answer));
    return lists[0]?.length ?? 0;
  }

  private send<T>(
    service: string,
    method: "POST" | "PUT",
    path: string,
    body: object,
    answer: z.ZodType<T>,
  ): Promise<T> {
    return this.client.call({ service, method, path, body, answer });
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the answer lacks what was made");
  return value;
}

/** Minutes: a busy machine. */
const withinMs = 180_000;

async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(500);
  }
  throw new Error(`not within ${withinMs / 1000} s: ${what}`);
}
