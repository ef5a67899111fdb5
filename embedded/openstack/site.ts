import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeFileWhole } from "../processes/files";
import { configFiles, servicePlans } from "./commands";
import { writePlan, writeRabbitConfig } from "./components";
import { computeNode, nova, novaDatabases } from "./configuration/compute";
import { keystone, placement } from "./configuration/identity";
import { glance } from "./configuration/image";
import { iniText } from "./configuration/ini";
import { neutron } from "./configuration/network";
import type { Site } from "./configuration/shared";
import { cinder } from "./configuration/volume";
import { writeInitFile } from "./database";

/** Makes the folders and writes the configuration of every component. */
export async function writeSite(site: Site): Promise<void> {
  const { paths, computes } = site;
  const inData = ["images", "image-tasks", "image-staging", "locks", "neutron", "nova", "cinder"];
  const nodes = computes.map((name) => path.join(paths.data, "computes", name));
  const folders = [paths.config, paths.logs, paths.rabbitmq, ...nodes];
  for (const folder of [...folders, ...inData.map((name) => path.join(paths.data, name))]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  for (const node of nodes) writeOnce(path.join(node, "compute_id"), randomUUID);
  for (const keys of ["fernet", "credential"]) await writeKeys(path.join(paths.data, keys));
  writeConfiguration(site);
  writeInitFile(site);
  writeRabbitConfig(site);
  for (const [name, plan] of Object.entries(servicePlans(site))) writePlan(site, name, plan);
}

function writeConfiguration(site: Site): void {
  const files = configFiles(site);
  const texts = [
    [files.keystone, keystone(site)],
    [files.placement, placement(site)],
    [files.glance, glance(site)],
    [files.neutron, neutron(site)],
    [files.nova, nova(site)],
    [files.novaDatabases, novaDatabases(site)],
    [files.cinder, cinder(site)],
  ] as const;
  for (const [file, ini] of texts) writeFileWhole(file, iniText(ini));
  for (const [index, name] of site.computes.entries()) {
    const file = files.computes[index];
    if (file !== undefined) writeFileWhole(file, iniText(computeNode(site, name)));
  }
}

/** Keystone's keys: the next one (0) and the one in use (1), 32 bytes each. */
async function writeKeys(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ["0", "1"]) writeOnce(path.join(folder, name), fernetKey);
}

function fernetKey(): string {
  return randomBytes(32).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

function writeOnce(file: string, content: () => string): void {
  if (!existsSync(file)) writeFileWhole(file, content());
}
