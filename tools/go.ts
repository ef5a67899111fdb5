import { chmod, cp, mkdir, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { coerce, compare, maxSatisfying } from "semver";
import { z } from "zod";
import { programsNamed } from "./path";
import { run } from "./run";
import type { Shop } from "./shop";
import type { ToolSpec } from "./table";

/** Go's environment: what the user has of proxies and caches, and nothing that changes a binary. */
function goEnvironment({ env, platform }: Shop): NodeJS.ProcessEnv {
  return {
    ...env,
    GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
    GOWORK: "off",
    CGO_ENABLED: "0",
    GOOS: platform.os,
    GOARCH: platform.arch,
  };
}

/**
 * The Go version that these sets of `tools/modules/` need, as their go.mod say.
 *
 * @returns for instance `1.26.0`
 */
export async function neededGo(shop: Shop, sets: readonly string[]): Promise<string> {
  const versions = await Promise.all(
    [...new Set(sets)].map(async (set) => {
      const mod = await readFile(path.join(shop.modules, set, "go.mod"), "utf8");
      return coerce(/^go (\S+)/m.exec(mod)?.[1])?.version ?? "0.0.0";
    }),
  );
  return maxSatisfying(versions, "*") ?? "0.0.0";
}

/**
 * Why Go cannot build here what needs version `needed`; undefined where it can. A Go that may
 * fetch a newer one by itself (`GOTOOLCHAIN`, since 1.21) counts as new enough.
 */
export async function goProblem(shop: Shop, needed: string): Promise<string | undefined> {
  const [go] = await programsNamed(shop, "go");
  if (go === undefined) return "there is no Go on PATH";
  const ask = (name: string, env: NodeJS.ProcessEnv) =>
    execa(go, ["env", name], { env, extendEnv: false, cwd: path.parse(go).root, reject: false });
  const version = coerce((await ask("GOVERSION", { ...shop.env, GOTOOLCHAIN: "local" })).stdout);
  if (!version) return `${go} does not say its version`;
  if (compare(version, needed) >= 0) return undefined;
  const older = `Go ${version.version} (${go}) is older than ${needed}`;
  if (compare(version, "1.21.0") < 0) return older;
  const { stdout: choice } = await ask("GOTOOLCHAIN", shop.env);
  if (/\b(auto|path)$/.test(choice)) return undefined;
  return `${older}, and GOTOOLCHAIN=${choice} keeps it from fetching a newer one`;
}

/**
 * Builds tools of one module set in one call of Go, which compiles what they share once.
 *
 * @param folder where the binaries come to lie, each under its tool's name
 */
export async function goBuild(
  shop: Shop,
  specs: readonly ToolSpec[],
  folder: string,
): Promise<void> {
  const [first] = specs;
  if (!first) return;
  const ldflags = `-s -w ${first.build.ldflags ?? ""}`.trim();
  const names = specs.map((spec) => spec.name).join(", ");
  // Into a folder Go names a binary after its package: one alone can be named.
  const output = specs.length === 1 ? path.join(folder, first.name) : `${folder}${path.sep}`;
  const packages = specs.map((spec) => spec.build.package);
  await go(shop, first.build.set, ["build", "-ldflags", ldflags, "-o", output, ...packages], names);
}

const downloaded = z.object({ Dir: z.string() });

/**
 * The folder of a module in the module cache, downloaded where it is not there yet.
 *
 * @param module its path, in the version of the set unless one follows as `@v1.2.3`
 */
export async function moduleFolder(shop: Shop, set: string, module: string): Promise<string> {
  const stdout = await go(shop, set, ["mod", "download", "-json", module], module);
  return downloaded.parse(JSON.parse(stdout)).Dir;
}

/** Copies a folder out of the module cache, where everything is write-protected. */
export async function copyFromModule(from: string, to: string): Promise<void> {
  if ((await stat(from)).isFile()) {
    await cp(from, to);
    await chmod(to, (await stat(to)).mode | 0o200);
    return;
  }
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    await copyFromModule(path.join(from, name), path.join(to, name));
  }
}

const go = (shop: Shop, set: string, args: readonly string[], what: string): Promise<string> =>
  run("go", args, {
    cwd: path.join(shop.modules, set),
    env: goEnvironment(shop),
    failure: `building ${what} failed (tools/modules/${set})`,
    remedy:
      "see that the module proxy is reachable (`go env GOPROXY`) and the disk has room; then run it again",
  });
