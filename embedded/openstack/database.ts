import { cp, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { OpenStackTools } from "../../tools/toolchain";
import { place } from "../../tools/cache";
import { writeFileWhole } from "../processes/files";
import { failure } from "../processes/launch";
import type { Recipe } from "../processes/process";
import type { Site } from "./configuration/shared";
import { logFile, type OpenStackPaths } from "./paths";

/** One database for each service, nova three. */
export const databases = [
  "keystone",
  "glance",
  "placement",
  "neutron",
  "nova",
  "nova_api",
  "nova_cell0",
  "cinder",
] as const;

/** Raised when what a fresh data folder holds changes in another way than by versions. */
const schemaEdition = 1;

/** How MariaDB is started; a power cut may cost this OpenStack its data, waiting for the disk not. */
export function mariadbRecipe({ paths, ports }: Site, tools: OpenStackTools): Recipe {
  return {
    command: tools.mariadbd,
    args: [
      ...commonFlags(paths, tools),
      `--init-file=${initFile(paths)}`,
      "--bind-address=127.0.0.1",
      `--port=${ports.mariadb}`,
      // Relative to the data folder: a path may be too long for a socket.
      "--socket=socket",
      "--skip-name-resolve",
      "--max-connections=500",
      "--innodb-buffer-pool-size=192M",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-doublewrite=0",
      "--performance-schema=0",
    ],
    env: tools.env,
    log: logFile(paths, "mariadb"),
    cwd: paths.root,
  };
}

function commonFlags(paths: OpenStackPaths, tools: OpenStackTools): string[] {
  return [
    "--no-defaults",
    `--datadir=${paths.mariadb}`,
    `--lc-messages-dir=${tools.mariadbShare}`,
    `--character-sets-dir=${path.join(tools.mariadbShare, "charsets")}`,
    "--character-set-server=utf8mb3",
    "--innodb-file-per-table=0",
    "--innodb-log-file-size=32M",
    "--debug-no-sync",
    "--skip-log-bin",
    // Root is refused without naming itself.
    ...(process.getuid?.() === 0 ? ["--user=root"] : []),
  ];
}

/** Where the schema of these versions is kept once it was made. */
export function schemaFolder(tools: OpenStackTools): string {
  const debian = path.basename(path.resolve(tools.mariadbShare, "../../.."));
  const name = ["schema", schemaEdition, path.basename(tools.services), debian].join("-");
  return path.join(path.dirname(tools.services), name);
}

/** Fills an empty data folder with MariaDB's own tables. */
export async function initialise(paths: OpenStackPaths, tools: OpenStackTools): Promise<void> {
  await mkdir(paths.mariadb, { recursive: true, mode: 0o700 });
  const scripts = ["mysql_system_tables", "mysql_performance_tables", "mysql_system_tables_data"];
  const sql = await Promise.all(
    scripts.map((name) => readFile(path.join(tools.mariadbShare, `${name}.sql`), "utf8")),
  );
  const input = ["create database mysql;", "use mysql;", ...sql].join("\n");
  const log = logFile(paths, "mariadb-bootstrap");
  const run = await execa(tools.mariadbd, [...commonFlags(paths, tools), "--bootstrap"], {
    env: tools.env,
    extendEnv: false,
    input,
    stdout: { file: log, append: true },
    stderr: { file: log, append: true },
    reject: false,
  });
  if (run.exitCode !== 0) throw await failure("mariadb could not make its own tables", log);
}

/** Fills an empty data folder with the kept schema. */
export async function copySchema(paths: OpenStackPaths, tools: OpenStackTools): Promise<void> {
  await cp(schemaFolder(tools), paths.mariadb, { recursive: true });
}

/** Keeps the data folder of a MariaDB that is stopped, for the next fresh start. */
export async function keepSchema(paths: OpenStackPaths, tools: OpenStackTools): Promise<void> {
  const cache = path.resolve(path.dirname(tools.services), "..");
  await place(cache, schemaFolder(tools), (temporary) =>
    cp(paths.mariadb, temporary, { recursive: true }),
  );
}

/** Writes what MariaDB does at each start: one account with a password, no other way in. */
export function writeInitFile({ paths, secrets }: Site): void {
  const account = "'openstack'@'127.0.0.1'";
  const lines = [
    "delete from mysql.global_priv where User in ('root', '', 'PUBLIC');",
    "flush privileges;",
    `create or replace user ${account} identified by '${secrets.database}';`,
    `grant all privileges on *.* to ${account};`,
    ...databases.map((name) => `create database if not exists ${name};`),
  ];
  writeFileWhole(initFile(paths), `${lines.join("\n")}\n`);
}

function initFile(paths: OpenStackPaths): string {
  return path.join(paths.config, "mariadb.sql");
}
