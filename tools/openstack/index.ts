import { existsSync } from "node:fs";
import path from "node:path";
import { withLock } from "../lock";
import type { Say } from "../progress";
import { ToolchainError, type Shop } from "../shop";
import {
  debianFolder,
  missingForDebian,
  programsIn,
  unpackDebian,
  type DebianPrograms,
} from "./debian";
import { installServices, missingForServices, servicesFolder } from "./services";

/** Everything that an OpenStack on this machine is started from. */
export interface OpenStackTools extends DebianPrograms {
  /** The virtual environment of the services; `bin/python`, `bin/openstack`, `etc/`. */
  readonly services: string;
}

/** OpenStack's programs in the cache; undefined where they are not there. */
export async function locateOpenStack(shop: Shop): Promise<OpenStackTools | undefined> {
  if ((await missing(shop)).length > 0) return undefined;
  const services = await servicesFolder(shop);
  const programs = await programsIn(await debianFolder(shop));
  return programs && existsSync(services) ? { ...programs, services } : undefined;
}

/**
 * Gets OpenStack's programs into the cache (about 900 MB); those that are there are kept.
 *
 * @throws ToolchainError naming all that is missing on this machine, and how to get it
 */
export async function installOpenStackInto(shop: Shop, say: Say): Promise<OpenStackTools> {
  const lacking = await missing(shop);
  if (lacking.length > 0) {
    throw new ToolchainError(`an OpenStack on loopback needs ${lacking.join(", and ")}`);
  }
  const onWait = (pid: number) => say(`waiting for process ${pid}, which gets OpenStack`);
  await withLock(path.join(shop.cache, "locks", "openstack.lock"), onWait, async () => {
    if (!existsSync(await debianFolder(shop))) await unpackDebian(shop, say);
    await installServices(shop, say);
  });
  const tools = await locateOpenStack(shop);
  if (!tools) throw new ToolchainError(`${shop.cache} does not keep what was put into it`);
  return tools;
}

async function missing(shop: Shop): Promise<string[]> {
  return [...(await missingForDebian(shop)), ...(await missingForServices(shop))];
}
