import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { digest, place } from "../cache";
import { programsNamed } from "../path";
import type { Say } from "../progress";
import { run } from "../run";
import { ToolchainError, type Shop } from "../shop";

/** What an OpenStack needs of Debian or Ubuntu. */
const packages = ["mariadb-server-core", "rabbitmq-server", "memcached"] as const;

/** Packages that are unpacked even where the system has them, so that what we run is of one piece. */
const ofOnePiece = /^Package: (erlang-|rabbitmq-server|mariadb-|mysql-common|memcached)/;

/** Where the unpacked programs are. */
export interface DebianPrograms {
  readonly mariadbd: string;
  /** SQL scripts and messages of MariaDB. */
  readonly mariadbShare: string;
  readonly rabbitmqServer: string;
  readonly epmd: string;
  readonly memcached: string;
  /** Libraries and PATH that these programs need. */
  readonly env: Readonly<Record<"PATH" | "LD_LIBRARY_PATH", string>>;
}

/** The folder of this system's packages; another release of the system has another one. */
export async function debianFolder(shop: Shop): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const key = digest([shop.platform.os, shop.platform.arch, release, ...packages].join("\n"));
  return path.join(shop.cache, "openstack", `debian-${key}`);
}

/** What lies in a filled folder; undefined where it is not there. */
export async function programsIn(folder: string): Promise<DebianPrograms | undefined> {
  const at = (...names: string[]) => path.join(folder, ...names);
  const libraries = await readdir(at("usr/lib")).catch(() => undefined);
  const triplet = libraries?.find((name) => name.endsWith("-linux-gnu"));
  if (triplet === undefined) return undefined;
  return {
    mariadbd: at("usr/sbin/mariadbd"),
    mariadbShare: at("usr/share/mysql"),
    rabbitmqServer: at("usr/lib/rabbitmq/bin/rabbitmq-server"),
    epmd: at("usr/lib/erlang/bin/epmd"),
    memcached: at("usr/bin/memcached"),
    env: {
      PATH: `${at("bin")}:/usr/bin:/bin`,
      LD_LIBRARY_PATH: at("usr/lib", triplet),
    },
  };
}

/** What is missing on this machine for the packages to be had, in words; empty for nothing. */
export async function missingForDebian(shop: Shop): Promise<string[]> {
  if (shop.platform.os !== "linux") return ["Linux (Debian 12 or Ubuntu)"];
  const found = await Promise.all(
    ["apt-get", "dpkg"].map(async (name) => (await programsNamed(shop, name)).length > 0),
  );
  return found.every(Boolean) ? [] : ["apt-get and dpkg (Debian or Ubuntu)"];
}

/**
 * Downloads the packages with apt, which verifies them by the system's keys, and unpacks them into
 * the cache. Needs no root: nothing is installed, no service is started.
 */
export async function unpackDebian(shop: Shop, say: Say): Promise<void> {
  const folder = await debianFolder(shop);
  await place(shop.cache, folder, async (temporary) => {
    const apt = await privateApt(shop, path.join(temporary, "apt"));
    say("MariaDB, RabbitMQ, memcached: reading the lists of packages");
    await apt("update", "-qq");
    say("MariaDB, RabbitMQ, memcached: downloading (45 MB)");
    await apt("install", "-qq", "--yes", "--no-install-recommends", "--download-only", ...packages);
    const archives = path.join(temporary, "apt", "archives");
    const debs = (await readdir(archives)).filter((name) => name.endsWith(".deb"));
    for (const deb of debs) await call(shop, "dpkg", ["-x", path.join(archives, deb), temporary]);
    await call(shop, "rm", ["-rf", path.join(temporary, "apt")]);
    await writeFile(path.join(temporary, "packages.txt"), `${debs.join("\n")}\n`);
    await writeErl(temporary);
    await mustStart(shop, temporary);
  });
}

/** apt with lists, downloads and a record of installed packages of its own. */
async function privateApt(shop: Shop, folder: string) {
  await mkdir(path.join(folder, "lists", "partial"), { recursive: true });
  await mkdir(path.join(folder, "archives", "partial"), { recursive: true });
  const status = await readFile("/var/lib/dpkg/status", "utf8").catch(() => "");
  const others = status.split("\n\n").filter((paragraph) => !ofOnePiece.test(paragraph));
  await writeFile(path.join(folder, "status"), others.join("\n\n"));
  const settings = {
    "Dir::State::lists": path.join(folder, "lists"),
    "Dir::State::status": path.join(folder, "status"),
    "Dir::Cache": folder,
    "Debug::NoLocking": "true",
    // Else root hands downloads to an account that may not write here.
    "APT::Sandbox::User": "",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  return (...args: string[]) => call(shop, "apt-get", [...options, ...args]);
}

async function call(shop: Shop, command: string, args: readonly string[]): Promise<void> {
  await run(command, args, {
    env: { ...shop.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
    failure: `getting ${packages.join(", ")} with ${command} failed`,
    remedy: "see that `apt-get update` reaches the package sources of this system",
  });
}

/** Debian's own `erl` looks for Erlang in /usr/lib. */
async function writeErl(temporary: string): Promise<void> {
  const erts = (await readdir(path.join(temporary, "usr/lib/erlang"))).find((name) =>
    name.startsWith("erts-"),
  );
  const file = path.join(temporary, "bin", "erl");
  await mkdir(path.dirname(file));
  const lines = [
    "#!/bin/sh",
    'here=$(CDPATH="" cd -- "$(dirname -- "$0")/.." && pwd)',
    'ROOTDIR="$here/usr/lib/erlang" EMU=beam PROGNAME=erl',
    `BINDIR="$ROOTDIR/${erts}/bin"`,
    "export ROOTDIR EMU PROGNAME BINDIR",
    'exec "$BINDIR/erlexec" "$@"',
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  await chmod(file, 0o755);
}

/** Programs that do not start here, for want of a library perhaps, never get into the cache. */
async function mustStart(shop: Shop, temporary: string): Promise<void> {
  const programs = await programsIn(temporary);
  const calls: readonly (readonly [string | undefined, ...string[]])[] = [
    [programs?.mariadbd, "--no-defaults", "--version"],
    [programs?.memcached, "--version"],
    [path.join(temporary, "bin", "erl"), "-noshell", "-eval", "halt()."],
  ];
  for (const [file, ...args] of calls) {
    const done = await execa(file ?? "mariadbd", args, {
      env: { ...shop.env, ...programs?.env },
      extendEnv: false,
      stdin: "ignore",
      reject: false,
      timeout: 30_000,
    });
    if (done.exitCode === 0) continue;
    throw new ToolchainError(
      `${path.basename(file ?? "mariadbd")} of this system's packages does not start: ` +
        `${String(done.stderr).trim().split("\n").slice(-3).join("; ")}; it was not kept`,
    );
  }
}
