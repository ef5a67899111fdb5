import { existsSync } from "node:fs";
import path from "node:path";
import { place } from "./cache";
import { copyFromModule, goProblem, moduleFolder, neededGo } from "./go";
import { ToolchainError, type Shop } from "./shop";
import type { ModuleChart } from "./table";

/** Where a chart of a Go module lies in the cache. */
export function chartFolder(shop: Shop, chart: ModuleChart): string {
  return path.join(shop.cache, "charts", `${chart.name}-${chart.version}`);
}

/**
 * Copies a chart out of the Go module into the cache, where it is not there yet.
 *
 * @returns its folder
 * @throws ToolchainError where Go is needed and missing
 */
export async function ensureChart(shop: Shop, chart: ModuleChart): Promise<string> {
  const folder = chartFolder(shop, chart);
  if (existsSync(folder)) return folder;
  const needed = await neededGo(shop, [chart.set]);
  const problem = await goProblem(shop, needed);
  if (problem !== undefined) {
    throw new ToolchainError(
      `the chart ${chart.name} ${chart.version} cannot be had: it is taken from the Go module ` +
        `${chart.module}, and ${problem}; install Go >= ${needed} (https://go.dev/dl)`,
    );
  }
  await place(shop.cache, folder, async (temporary) => {
    const module = await moduleFolder(shop, chart.set, chart.module);
    await copyFromModule(path.join(module, chart.folder), temporary);
  });
  return folder;
}
