import { z } from "zod";
import type { OpenStackClient } from "./client";
import { OpenStackRefusal } from "./failures";
import type { FlavorSize } from "./quota";

/** A flavor of the cloud. */
export interface Flavor extends FlavorSize {
  readonly diskGib: number;
}

/** An image that the project sees. */
export interface Image {
  readonly id: string;
  readonly name: string;
  /** `active` where servers can be made from it. */
  readonly status: string;
  /** `templateHash` of what it was built from; only images of ours have one. */
  readonly checksum?: string;
  /** When it was made, ISO 8601. */
  readonly createdAt: string;
  /** The project that it is of. */
  readonly owner?: string;
  /** Whether it is kept from being deleted. */
  readonly isProtected: boolean;
  /** The least disk that a server of it has, in GiB; 0 where it does not say. */
  readonly minDiskGib: number;
  /** The least memory that a server of it has, in MiB; 0 where it does not say. */
  readonly minRamMib: number;
}

/** A network that the project sees. */
export interface Network {
  readonly id: string;
  readonly name: string;
  /** Whether floating IPs can come from it. */
  readonly isExternal: boolean;
}

/** What a cloud has that stacks name. */
export interface Offer {
  readonly flavors: readonly Flavor[];
  readonly images: readonly Image[];
  readonly networks: readonly Network[];
  readonly keyPairs: readonly string[];
  /** Availability zones for servers. */
  readonly zones: readonly string[];
  readonly volumeTypes: readonly string[];
  /** The type of volumes that say none. */
  readonly defaultVolumeType?: string;
}

/** Property of an image that says what it was built from; `packer/` sets it. */
export const checksumProperty = "eo_platform_checksum";

/** Reads all that a stack can name. */
export async function readOffer(client: OpenStackClient): Promise<Offer> {
  const [flavors, images, networks, keyPairs, zones, types, defaultVolumeType] = await Promise.all([
    listFlavors(client),
    listImages(client),
    listNetworks(client),
    listKeyPairs(client),
    listZones(client),
    client.list({ service: "block-storage", path: "/types", key: "volume_types", item: named }),
    findDefaultType(client),
  ]);
  const volumeTypes = types.map(({ name }) => name).sort();
  return { flavors, images, networks, keyPairs, zones, volumeTypes, defaultVolumeType };
}

const named = z.object({ id: z.string(), name: z.string() });

async function listFlavors(client: OpenStackClient): Promise<readonly Flavor[]> {
  const item = named.extend({ vcpus: z.number(), ram: z.number(), disk: z.number() });
  const where = { service: "compute", path: "/flavors/detail", key: "flavors" };
  return (await client.list({ ...where, item })).map(({ name, vcpus, ram, disk }) => ({
    name,
    vcpus,
    ramMib: ram,
    diskGib: disk,
  }));
}

const imageSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  created_at: z.string(),
  owner: z.string().nullish(),
  protected: z.boolean(),
  min_disk: z.number().default(0),
  min_ram: z.number().default(0),
  [checksumProperty]: z.string().optional(),
});

/** All images that the project sees, the newest first. */
export async function listImages(client: OpenStackClient): Promise<readonly Image[]> {
  const path = "/v2/images?limit=200&sort=created_at:desc";
  const said = await client.list({ service: "image", path, key: "images", item: imageSchema });
  return said.map((image) => ({
    id: image.id,
    name: image.name ?? "",
    status: image.status,
    checksum: image[checksumProperty],
    createdAt: image.created_at,
    owner: image.owner ?? undefined,
    isProtected: image.protected,
    minDiskGib: image.min_disk,
    minRamMib: image.min_ram,
  }));
}

async function listNetworks(client: OpenStackClient): Promise<readonly Network[]> {
  const item = named.extend({ "router:external": z.boolean().default(false) });
  const where = { service: "network", path: "/v2.0/networks", key: "networks" };
  return (await client.list({ ...where, item })).map((network) => ({
    id: network.id,
    name: network.name,
    isExternal: network["router:external"],
  }));
}

async function listKeyPairs(client: OpenStackClient): Promise<readonly string[]> {
  const item = z.object({ keypair: z.object({ name: z.string() }) });
  const where = { service: "compute", path: "/os-keypairs", key: "keypairs" };
  return (await client.list({ ...where, item })).map(({ keypair }) => keypair.name).sort();
}

async function listZones(client: OpenStackClient): Promise<readonly string[]> {
  const zone = z.object({ zoneName: z.string(), zoneState: z.object({ available: z.boolean() }) });
  const answer = z.object({ availabilityZoneInfo: z.array(zone) });
  const path = "/os-availability-zone";
  const { availabilityZoneInfo: zones } = await client.call({ service: "compute", path, answer });
  return zones
    .filter(({ zoneState }) => zoneState.available)
    .map(({ zoneName }) => zoneName)
    .sort();
}

async function findDefaultType(client: OpenStackClient): Promise<string | undefined> {
  const answer = z.object({ volume_type: named });
  try {
    const path = "/types/default";
    return (await client.call({ service: "block-storage", path, answer })).volume_type.name;
  } catch (error) {
    // A cloud without a default type: its volumes have none.
    if (error instanceof OpenStackRefusal && error.status === 404) return undefined;
    throw error;
  }
}
