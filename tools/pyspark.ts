import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { place } from "./cache";
import { withLock } from "./lock";
import { programsNamed } from "./path";
import { run } from "./run";
import { ToolchainError, type Shop } from "./shop";
import { isAccepted, rangeInWords, versionIn } from "./version";

/** Spark with its Kubernetes client, as PyPI's `pyspark` carries it. */
const pyspark = {
  version: "4.0.1",
  accepts: ">=4.0.0 <5.0.0-0",
  // Of the source archive (the only form there is), computed from PyPI's bytes on 2026-11-21.
  sha256: "9d1f22d994f60369228397e3479003ffe2dd736ba79165003246ff7bd48e2c73",
} as const;

/** Where our own installation is, installed or not. */
function ownFolder(shop: Shop): string {
  return path.join(shop.cache, "pyspark", pyspark.version, "pyspark");
}

/**
 * A Spark that can submit: `SPARK_HOME`, the cache's own, or a `pyspark` that python3 imports.
 *
 * @returns the folder to set as SPARK_HOME; undefined where none is found, or no Java to run it
 */
export async function locatePyspark(shop: Shop): Promise<string | undefined> {
  if ((await programsNamed(shop, "java")).length === 0) return undefined;
  for (const folder of [shop.env["SPARK_HOME"], ownFolder(shop), await importable(shop)]) {
    if (folder && (await isSpark(folder))) return folder;
  }
  return undefined;
}

/**
 * Installs `pyspark` from PyPI into the cache (about 450 MB); the one that is there is kept.
 *
 * @returns the folder to set as SPARK_HOME
 * @throws ToolchainError where python3 or Java is missing, or pip fails
 */
export async function installPysparkInto(
  shop: Shop,
  onWait: (pid: number) => void = () => undefined,
): Promise<string> {
  const [python] = await programsNamed(shop, "python3");
  const [java] = await programsNamed(shop, "java");
  if (python === undefined || java === undefined) {
    const missing = [...(python ? [] : ["python3 with pip"]), ...(java ? [] : ["Java 17 or 21"])];
    throw new ToolchainError(
      `pyspark ${pyspark.version} needs ${missing.join(" and ")} on PATH: install it, ` +
        `or set SPARK_HOME to a Spark ${rangeInWords(pyspark.accepts)}`,
    );
  }
  const home = ownFolder(shop);
  await withLock(path.join(shop.cache, "locks", "pyspark.lock"), onWait, async () => {
    if (existsSync(home)) return;
    await place(shop.cache, path.dirname(home), async (temporary) => {
      await pip(python, temporary, shop.env);
    });
  });
  return home;
}

async function pip(python: string, target: string, env: NodeJS.ProcessEnv): Promise<void> {
  const requirements = path.join(target, "requirements.txt");
  const { version, sha256 } = pyspark;
  await writeFile(requirements, `pyspark==${version} --hash=sha256:${sha256}\n`);
  // Its Python parts are not used, so it needs no dependency: spark-submit runs Java.
  const what = ["--no-deps", "--no-compile", "--target", target, "--requirement", requirements];
  await run(python, ["-m", "pip", "install", "--quiet", ...what], {
    env,
    failure: `installing pyspark ${version} failed`,
    remedy: "see that `python3 -m pip` works and PyPI is reachable, and the disk has 2 GB of room",
  });
}

/** The folder of the `pyspark` that python3 would import, found without importing it. */
async function importable(shop: Shop): Promise<string | undefined> {
  const [python] = await programsNamed(shop, "python3");
  if (python === undefined) return undefined;
  const find =
    "import importlib.util as u; s = u.find_spec('pyspark'); print(s.submodule_search_locations[0] if s else '')";
  const run = await execa(python, ["-c", find], {
    env: shop.env,
    extendEnv: false,
    reject: false,
    timeout: 15_000,
  });
  return run.exitCode === 0 ? run.stdout.trim() || undefined : undefined;
}

/** True for a folder with spark-submit and an accepted version; a bare client library has neither. */
async function isSpark(folder: string): Promise<boolean> {
  if (!existsSync(path.join(folder, "bin", "spark-submit"))) return false;
  const jars = await readdir(path.join(folder, "jars")).catch(() => []);
  const core = jars
    .find((name) => name.startsWith("spark-core_"))
    ?.replace(/^spark-core_[\d.]+-/, "");
  const version = core === undefined ? undefined : versionIn(core.replace(/\.jar$/, ""));
  return version !== undefined && isAccepted(version, pyspark.accepts);
}
