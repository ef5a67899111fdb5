import { z } from "zod";
import { metadataKeys } from "../components/openstack/marks";
import type { OpenStackClient } from "./client";

const serverSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  metadata: z.record(z.string(), z.string()),
  flavor: z.object({ original_name: z.string(), vcpus: z.number(), ram: z.number() }),
  // An empty text where the server stands on a volume.
  image: z.union([z.object({ id: z.string() }), z.literal("")]),
  created: z.string(),
});

/** A server of the project. */
export interface Server {
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, `BUILD`, `ERROR`, … */
  readonly status: string;
  readonly flavor: string;
  readonly vcpus: number;
  readonly ramMib: number;
  /** When it was made, ISO 8601. */
  readonly createdAt: string;
  /** The cluster, engine and pool that its marks say; undefined where it has none. */
  readonly cluster?: string;
  readonly engine?: string;
  readonly pool?: string;
  /** Its node, what that does, and the addresses that the cluster was made with, by its marks. */
  readonly node?: string;
  readonly roles?: readonly string[];
  readonly addresses?: string;
  /** The image that it was made from: by its marks, else by nova. */
  readonly imageId?: string;
}

/** All servers of the project. */
export async function listServers(client: OpenStackClient): Promise<readonly Server[]> {
  const where = { service: "compute", path: "/servers/detail", key: "servers" };
  return (await client.list({ ...where, item: serverSchema })).map(asServer);
}

function asServer(said: z.infer<typeof serverSchema>): Server {
  const { id, name, status, flavor, image, created, metadata } = said;
  const fromNova = image === "" ? undefined : image.id;
  return {
    id,
    name,
    status,
    flavor: flavor.original_name,
    vcpus: flavor.vcpus,
    ramMib: flavor.ram,
    createdAt: created,
    cluster: metadata[metadataKeys.cluster],
    engine: metadata[metadataKeys.engine],
    pool: metadata[metadataKeys.pool],
    node: metadata[metadataKeys.node],
    roles: metadata[metadataKeys.roles]?.split(","),
    addresses: metadata[metadataKeys.addresses],
    imageId: metadata[metadataKeys.image] ?? fromNova,
  };
}
