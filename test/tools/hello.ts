import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { thisPlatform, type Shop } from "../../tools/shop";
import type { ToolSpec } from "../../tools/table";

/** A tool that Go builds in a second: it prints the version that it was stamped with. */
export const hello: ToolSpec = {
  name: "hello",
  version: "1.2.3",
  accepts: ">=1.2.0 <2.0.0-0",
  askVersion: ["version"],
  group: "hello",
  build: { set: "hello", package: "example.test/hello", ldflags: "-X main.version=v1.2.3" },
  coldSeconds: 30,
  sizeMb: 2,
};

const program = `package main

import "fmt"

var version = "unstamped"

func main() { fmt.Println("hello", version) }
`;

/** A folder of its own with an empty cache and one tools module, and nothing on PATH but `/bin`. */
export interface HelloShop extends Shop {
  readonly folder: string;
  /** Puts an executable shell script on this shop's PATH. */
  script(name: string, body: string, bin?: string): Promise<string>;
  /** Puts the real Go on this shop's PATH. */
  withGo(): Promise<void>;
  /** Puts a Go on PATH whose build stands still until `release`; it counts its builds. */
  withHaltingGo(): Promise<{ started: string; release: () => Promise<void>; builds: string }>;
  remove(): Promise<void>;
}

export async function helloShop(goVersion = "1.21"): Promise<HelloShop> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "eo-tools-")));
  const modules = path.join(folder, "modules");
  const bin = path.join(folder, "bin");
  await mkdir(path.join(modules, "hello"), { recursive: true });
  await writeFile(
    path.join(modules, "hello/go.mod"),
    `module example.test/hello\n\ngo ${goVersion}\n`,
  );
  await writeFile(path.join(modules, "hello/go.sum"), "");
  await writeFile(path.join(modules, "hello/main.go"), program);
  const script = async (name: string, body: string, into = bin) => {
    await mkdir(into, { recursive: true });
    const file = path.join(into, name);
    await writeFile(file, `#!/bin/sh\n${body}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const real = await goOnThisMachine();
  return {
    folder,
    platform: thisPlatform(process.platform, process.arch),
    env: { ...process.env, PATH: `${bin}:/bin`, EO_TOOLS_DOWNLOAD: undefined },
    cache: path.join(folder, "cache"),
    modules,
    script,
    withGo: async () => void (await script("go", `exec ${real} "$@"`)),
    async withHaltingGo() {
      const [started, go, builds] = ["started", "go", "builds"].map((name) =>
        path.join(folder, name),
      );
      const halt = `touch ${started}; while [ ! -e ${go} ]; do sleep 0.05; done; echo 1 >> ${builds}`;
      await script("go", `if [ "$1" = build ]; then ${halt}; fi\nexec ${real} "$@"`);
      return {
        started: String(started),
        builds: String(builds),
        release: () => writeFile(String(go), ""),
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Where Go is; undefined where it is not. */
export async function goOnThisMachine(): Promise<string | undefined> {
  const { stdout, exitCode } = await execa("sh", ["-c", "command -v go"], { reject: false });
  return exitCode === 0 ? stdout : undefined;
}
