import { chmod, rename } from "node:fs/promises";
import path from "node:path";
import { builtFile, downloadedFile, place, withTemporary } from "./cache";
import { ensureChart } from "./chart";
import { copyFromModule, goBuild, goProblem, moduleFolder, neededGo } from "./go";
import { inCache } from "./locate";
import { withLock } from "./lock";
import { cannotBeHad, coldBuild, named } from "./messages";
import { askVersion } from "./path";
import type { Say, Step } from "./progress";
import { download, takeFrom, Unreachable } from "./release";
import { ToolchainError, type Shop } from "./shop";
import type { ToolSpec } from "./table";

/**
 * One step a group of tools: what is in `downloads` is downloaded; the others, and those whose
 * download fails, are built.
 */
export function stepsFor(
  shop: Shop,
  missing: readonly ToolSpec[],
  downloads: ReadonlySet<ToolSpec>,
): Step[] {
  return groupBy(missing, (spec) => spec.group).map(([group, specs]) => ({
    title: named(specs),
    run: (say) => getGroup(shop, group, specs, downloads, say),
  }));
}

async function getGroup(
  shop: Shop,
  group: string,
  specs: readonly ToolSpec[],
  downloads: ReadonlySet<ToolSpec>,
  say: Say,
): Promise<void> {
  const onWait = (pid: number) => say(`waiting for process ${pid}, which gets ${named(specs)}`);
  await withLock(path.join(shop.cache, "locks", `${group}.lock`), onWait, async () => {
    // Whom we waited for may have got them.
    const still = await withoutCached(shop, specs);
    const failed = await downloadAll(
      shop,
      still.filter((spec) => downloads.has(spec)),
      say,
    );
    const toBuild = still.filter((spec) => !downloads.has(spec) || failed.includes(spec));
    await buildAll(shop, toBuild, say);
  });
}

async function withoutCached(shop: Shop, specs: readonly ToolSpec[]): Promise<ToolSpec[]> {
  const cached = await Promise.all(specs.map((spec) => inCache(shop, spec)));
  return specs.filter((_, index) => cached[index] === undefined);
}

/** Downloads each archive once; returns the tools whose download could not be had. */
async function downloadAll(shop: Shop, specs: readonly ToolSpec[], say: Say): Promise<ToolSpec[]> {
  const failed: ToolSpec[] = [];
  const { platform, cache } = shop;
  for (const [, group] of groupBy(specs, (spec) => spec.release?.url(platform) ?? "")) {
    say(`downloading ${named(group)}`);
    await withTemporary(cache, async (temporary) => {
      const [first] = group;
      if (!first) return;
      const file = await download(first, platform, temporary);
      for (const spec of group) {
        await place(cache, path.dirname(downloadedFile(cache, spec, platform)), async (folder) => {
          await takeFrom(file, spec, platform, folder);
          await mustStart(shop, spec, folder);
        });
      }
    }).catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error;
      say(`${error.message}; building instead`);
      failed.push(...group);
    });
  }
  return failed;
}

async function buildAll(shop: Shop, specs: readonly ToolSpec[], say: Say): Promise<void> {
  if (specs.length === 0) return;
  const needed = await neededGo(
    shop,
    specs.map(({ build }) => build.set),
  );
  const problem = await goProblem(shop, needed);
  if (problem !== undefined) {
    const missing = specs.map((spec) => ({ spec, refused: [] }));
    throw new ToolchainError(cannotBeHad(missing, shop.platform, { problem, needed }));
  }
  for (const [, group] of groupBy(specs, (spec) => spec.build.set)) {
    say(`building ${named(group)} ${coldBuild(group)}`);
    await withTemporary(shop.cache, (temporary) => buildSet(shop, group, temporary));
  }
}

/** Builds one module set into a temporary folder and moves each tool to its place. */
async function buildSet(shop: Shop, specs: readonly ToolSpec[], temporary: string): Promise<void> {
  await goBuild(shop, specs, temporary);
  for (const spec of specs) {
    const target = await builtFile(shop.cache, spec, shop.platform, shop.modules);
    await place(shop.cache, path.dirname(target), async (folder) => {
      await rename(path.join(temporary, spec.name), path.join(folder, spec.name));
      await addScripts(shop, spec, folder);
      await mustStart(shop, spec, folder);
    });
    if (spec.build.chart) await ensureChart(shop, spec.build.chart);
  }
}

async function addScripts(shop: Shop, spec: ToolSpec, folder: string): Promise<void> {
  const { scripts, set } = spec.build;
  if (!scripts) return;
  const module = await moduleFolder(shop, set, scripts.module);
  for (const name of spec.alongside ?? []) {
    const file = path.join(folder, name);
    await copyFromModule(path.join(module, scripts.folder, name), file);
    await chmod(file, 0o755);
  }
}

/** A binary that does not start here, or is another than asked for, never gets into the cache. */
async function mustStart(shop: Shop, spec: ToolSpec, folder: string): Promise<void> {
  if (!spec.askVersion) return;
  const said = await askVersion(path.join(folder, spec.name), spec.askVersion, shop.env);
  const core = said && `${said.major}.${said.minor}.${said.patch}`;
  if (core === spec.version) return;
  throw new ToolchainError(
    `${spec.name} ${spec.version} was made, but ` +
      (said ? `says that it is ${said.version}` : "does not start on this machine") +
      "; it was not kept",
  );
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups];
}
