import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { execa, type Options } from "execa";
import { cloneRoot, type LocalPaths } from "./paths";

/** The folder of the provider stand-ins; on PATH the engine takes them for the plugins. */
const standIns = path.join(cloneRoot, "embedded/plugins/bin");

/**
 * The engine's environment: this platform's backend, home and passphrase, and on PATH the toolchain
 * and the stand-ins. `EO_PLUGINS=official` leaves the stand-ins out.
 *
 * @param toolBin folder of the toolchain's programs
 */
export function engineEnvironment(
  paths: LocalPaths,
  toolBin: string,
): Record<string, string | undefined> {
  const official = process.env["EO_PLUGINS"] === "official";
  return {
    PATH: [toolBin, ...(official ? [] : [standIns]), process.env["PATH"] ?? ""].join(
      path.delimiter,
    ),
    PULUMI_BACKEND_URL: `file://${paths.backend}`,
    PULUMI_HOME: paths.pulumiHome,
    PULUMI_CONFIG_PASSPHRASE_FILE: paths.passphrase,
    // The user's own passphrase is for the user's stacks; here it would win over the file.
    PULUMI_CONFIG_PASSPHRASE: undefined,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // What tsconfig.pulumi.json says to newer language hosts: types are checked by `make check`, not
    // in every run, where it would take 5 s of CPU.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}

/** Runs the engine in the project folder; throws execa's error, output attached, where it fails. */
export function pulumi(
  paths: LocalPaths,
  toolBin: string,
  args: readonly string[],
  options: Options = {},
) {
  const env = engineEnvironment(paths, toolBin);
  return execa(path.join(toolBin, "pulumi"), args, {
    cwd: paths.project,
    stdin: "ignore",
    ...options,
    env: { ...env, ...options.env },
  });
}

/** True where the stack is in the backend. */
export async function stackExists(paths: LocalPaths, toolBin: string, stack: string) {
  const { stdout } = await pulumi(paths, toolBin, ["stack", "ls", "--json"]);
  const stacks: unknown = JSON.parse(String(stdout));
  return Array.isArray(stacks) && stacks.some((entry: { name?: string }) => entry.name === stack);
}

/**
 * Removes the locks of engines that are no more: a killed update leaves its lock, and the next one
 * would be refused for ever. A lock of a living process stays.
 */
export async function releaseDeadLocks(paths: LocalPaths, toolBin: string, stack: string) {
  const locks = path.join(paths.backend, ".pulumi/locks");
  const files = (await readdir(locks, { recursive: true }).catch(() => [])).filter((name) =>
    name.includes(`${path.sep}${stack}${path.sep}`),
  );
  if (files.length === 0) return;
  const alive = await Promise.all(files.map((name) => isHeld(path.join(locks, name))));
  if (!alive.includes(true)) {
    await pulumi(paths, toolBin, ["cancel", "--yes", "--stack", stack]);
  }
}

async function isHeld(lockFile: string): Promise<boolean> {
  const lock: unknown = JSON.parse(await readFile(lockFile, "utf8").catch(() => "{}"));
  const pid = typeof lock === "object" && lock !== null && "pid" in lock ? Number(lock.pid) : NaN;
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
