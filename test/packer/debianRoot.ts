import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { cacheRoot, digest, place } from "../../tools/cache";

const suite = "bookworm";
const mirror = "http://deb.debian.org/debian";
/** What a cloud image has before anybody provisions it, as far as the scripts meet it. */
const packages = [
  ...["cloud-init", "dbus", "openssh-server", "sudo", "systemd-sysv"],
  "unattended-upgrades",
];

/** Mounts and processes of a root folder end with the command: nothing of it can outlive a test. */
const isolated = ["unshare", "--mount", "--pid", "--fork", "--kill-child"] as const;

/** What is missing to make a Debian root folder; `undefined` where nothing is. */
export async function missing(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "not root; run the tests as root";
  for (const program of ["debootstrap", "unshare"]) {
    const found = await execa("sh", ["-c", `command -v ${program}`], { reject: false });
    if (found.exitCode !== 0) return `${program} is not installed; apt-get install ${program}`;
  }
  const release = await fetch(`${mirror}/dists/${suite}/InRelease`).catch(() => undefined);
  return release?.ok ? undefined : `${mirror} cannot be reached; the tests install packages of it`;
}

/** What a command in a root folder ended with. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function commandInside(
  folder: string,
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root", ...variables };
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  // Kernel settings are not a folder's own: /proc cannot be written to from inside.
  const enter = 'mount -t proc -o ro proc "$0/proc" && exec chroot "$0" "$@"';
  return [...isolated.slice(1), "sh", "-c", enter, folder, "env", "-i", ...given, ...command];
}

async function inside(
  folder: string,
  command: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ended> {
  const run = await execa(isolated[0], commandInside(folder, command, variables), {
    reject: false,
  });
  return { exitCode: run.exitCode, stdout: run.stdout, stderr: run.stderr };
}

async function fill(folder: string): Promise<void> {
  const what = ["--variant=minbase", "--include=ca-certificates", suite, folder, mirror];
  await execa(isolated[0], [...isolated.slice(1), "debootstrap", ...what]);
  await cp("/etc/resolv.conf", path.join(folder, "etc/resolv.conf"));
  // Debian's own switch: packages start no services.
  const policy = path.join(folder, "usr/sbin/policy-rc.d");
  await writeFile(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  const install = ["apt-get", "-y", "install", "--no-install-recommends", ...packages];
  const { exitCode, stderr } = await inside(folder, install, { DEBIAN_FRONTEND: "noninteractive" });
  if (exitCode !== 0) throw new Error(`no Debian root folder: ${stderr}`);
  await inside(folder, ["apt-get", "clean"], {});
}

/** A Debian in a folder, in which no service starts. */
export class DebianRoot {
  private constructor(private readonly folder: string) {}

  /**
   * A fresh one. The first of a machine takes a minute; it is kept in the toolchain's cache, and
   * copied.
   */
  static async make(): Promise<DebianRoot> {
    const cache = cacheRoot();
    const key = digest([suite, mirror, process.arch, ...packages].join("\n"));
    const base = path.join(cache, "debian", `${suite}-${key}`);
    if (!existsSync(base)) await place(cache, base, fill);
    const folder = await mkdtemp(path.join(tmpdir(), "debian-root-"));
    await execa("cp", ["-a", `${base}/.`, folder]);
    return new DebianRoot(folder);
  }

  /** A path inside, as this machine sees it. */
  at(file: string): string {
    return path.join(this.folder, file);
  }

  exists(file: string): boolean {
    return existsSync(this.at(file));
  }

  read(file: string): string {
    return readFileSync(this.at(file), "utf8");
  }

  /** Runs a file of this machine inside, by the shell, with these variables alone. */
  async script(file: string, variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
    await cp(file, this.at("/tmp/script.sh"));
    return inside(this.folder, ["sh", "/tmp/script.sh"], variables);
  }

  /** What a command line inside prints. */
  async print(line: string): Promise<string> {
    const { exitCode, stdout, stderr } = await inside(this.folder, ["sh", "-c", line], {});
    if (exitCode !== 0) throw new Error(`${line}: ${exitCode}\n${stderr}`);
    return stdout;
  }

  /**
   * Starts a command line inside, which runs until what is returned is called.
   */
  start(line: string): () => Promise<void> {
    const started = execa(isolated[0], commandInside(this.folder, ["sh", "-c", line], {}), {
      reject: false,
      all: true,
    });
    return async () => {
      // The first process of the root folder goes with the one that made it, and all others with it.
      started.kill("SIGKILL");
      await started;
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
