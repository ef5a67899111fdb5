import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { digest, place } from "../cache";
import { askVersion, programsNamed } from "../path";
import type { Say } from "../progress";
import { run } from "../run";
import type { Shop } from "../shop";
import { isAccepted, rangeInWords } from "../version";

/** Those that OpenStack 2025.1 and the wheels of the lock know. */
const accepts = ">=3.10.0 <3.13.0-0";
const lockFile = path.join(__dirname, "requirements.lock.txt");

/** Python that the services are installed with: the first on PATH whose version is accepted. */
export async function findPython(shop: Shop): Promise<string | undefined> {
  for (const name of ["python3", "python3.12", "python3.11", "python3.10"]) {
    for (const file of await programsNamed(shop, name)) {
      const version = await askVersion(file, ["--version"], shop.env);
      if (version && isAccepted(version, accepts)) return file;
    }
  }
  return undefined;
}

/** What is missing on this machine for the services to be installed, in words. */
export async function missingForServices(shop: Shop): Promise<string[]> {
  const python = await findPython(shop);
  if (python === undefined) return [`python3 ${rangeInWords(accepts)}`];
  const { exitCode } = await execa(python, ["-c", "import ensurepip, venv"], {
    env: shop.env,
    extendEnv: false,
    reject: false,
  });
  return exitCode === 0 ? [] : [`the venv module of ${python} (apt-get install python3-venv)`];
}

/** The folder of the virtual environment: another lock or another Python has another one. */
export async function servicesFolder(shop: Shop): Promise<string> {
  const lock = await readFile(lockFile, "utf8");
  const python = (await findPython(shop)) ?? "python3";
  // One Python may be found by several names.
  const which = await execa(python, ["-c", "import sys; print(sys.version, sys.base_prefix)"], {
    env: shop.env,
    extendEnv: false,
    reject: false,
  });
  const key = digest([lock, which.stdout, shop.platform.os, shop.platform.arch].join("\n"));
  return path.join(shop.cache, "openstack", `services-${key}`);
}

/** Installs the services from PyPI, each file checked against the lock. */
export async function installServices(shop: Shop, say: Say): Promise<void> {
  const folder = await servicesFolder(shop);
  if (existsSync(folder)) return;
  const python = (await findPython(shop)) ?? "python3";
  await place(shop.cache, folder, async (temporary) => {
    say("OpenStack 2025.1: installing from PyPI (180 packages, 700 MB; 2 min on two cores)");
    await call(shop, python, ["-m", "venv", temporary]);
    const lock = await readFile(lockFile, "utf8");
    await pip(shop, temporary, builders(lock));
    await pip(shop, temporary, lock, "--no-build-isolation");
    // Tracebacks are to name the files where they will be.
    const paths = ["-s", temporary, "-p", folder];
    const compile = ["-m", "compileall", "-q", "-j", "2", ...paths, path.join(temporary, "lib")];
    // Packages carry templates and specimens for other Pythons, which need not compile.
    await call(shop, inBin(temporary, "python"), compile).catch(() => undefined);
    await rehome(path.join(temporary, "bin"), temporary, folder);
  });
}

/** The part of a lock that builds the few packages which PyPI has as sources only. */
function builders(lock: string): string {
  const blocks = lock.split(/\n(?=\S)/);
  return blocks.filter((block) => block.startsWith("setuptools==")).join("\n");
}

async function pip(shop: Shop, venv: string, lock: string, ...more: string[]): Promise<void> {
  const file = path.join(venv, "requirements.txt");
  await writeFile(file, lock);
  const how = ["--quiet", "--no-deps", "--no-compile", "--require-hashes", ...more];
  await call(shop, inBin(venv, "python"), ["-m", "pip", "install", ...how, "--requirement", file]);
}

async function call(shop: Shop, command: string, args: readonly string[]): Promise<void> {
  await run(command, args, {
    env: shop.env,
    failure: "installing OpenStack failed",
    remedy: "see that PyPI is reachable, and the disk has 2 GB of room",
  });
}

/** Scripts carry the path of their interpreter: that of the place where they will be. */
async function rehome(bin: string, from: string, to: string): Promise<void> {
  for (const name of await readdir(bin)) {
    const file = path.join(bin, name);
    const text = await readFile(file, "latin1");
    if (!text.startsWith("#!") || !text.includes(from)) continue;
    await writeFile(file, text.replaceAll(from, to), "latin1");
  }
}

function inBin(venv: string, name: string): string {
  return path.join(venv, "bin", name);
}
