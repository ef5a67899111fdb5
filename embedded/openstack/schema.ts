import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { OpenStackTools } from "../../tools/toolchain";
import { writeFileWhole } from "../processes/files";
import { schemaPlans } from "./commands";
import type { Site } from "./configuration/shared";
import { copySchema, initialise, keepSchema, schemaFolder } from "./database";
import type { RunTask } from "./task";

/** What {@link ensureSchema} works with. */
export interface SchemaArgs {
  readonly site: Site;
  readonly tools: OpenStackTools;
  readonly task: RunTask;
  /** Told what is done now. */
  readonly say: (text: string) => void;
  /** Starts MariaDB and waits until it can be used. */
  readonly startDatabase: () => Promise<void>;
  /** Ends MariaDB, where it runs. */
  readonly stopDatabase: () => Promise<void>;
}

/** Migrations that run beside each other: each line takes about as long as the other. */
const lines: readonly (readonly string[])[] = [
  ["keystone", "glance", "placement", "cinder"],
  ["neutron", "nova"],
];

/**
 * Fills MariaDB's folder with the tables of all services. Making them takes a minute of processor
 * time and always comes out the same: the first time they are kept in the tools' cache.
 */
export async function ensureSchema(args: SchemaArgs): Promise<void> {
  const { site, tools, stopDatabase } = args;
  const done = path.join(site.paths.data, "schema");
  if (existsSync(done)) return;
  // What an interrupted start has left is of no use.
  await stopDatabase();
  await rm(site.paths.mariadb, { recursive: true, force: true });
  if (!existsSync(schemaFolder(tools))) await makeSchema(args);
  else await copySchema(site.paths, tools);
  writeFileWhole(done, `${schemaFolder(tools)}\n`);
}

async function makeSchema(args: SchemaArgs): Promise<void> {
  const { site, tools, task, say, startDatabase, stopDatabase } = args;
  say("databases and their tables, for the first time (a minute on two cores)");
  await initialise(site.paths, tools);
  await startDatabase();
  const plans = schemaPlans(site);
  const oneAfterTheOther = async (names: readonly string[]) => {
    for (const name of names) {
      const plan = plans[name];
      if (plan) await task(`schema-${name}`, plan);
    }
  };
  await Promise.all(lines.map(oneAfterTheOther));
  // Only the files of a MariaDB that has ended are whole.
  await stopDatabase();
  await keepSchema(site.paths, tools);
}
