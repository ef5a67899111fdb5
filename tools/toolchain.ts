import { access, constants, mkdir } from "node:fs/promises";
import { sweep } from "./cache";
import { binFolder } from "./bin";
import { ensureChart } from "./chart";
import { stepsFor } from "./acquire";
import { goProblem, neededGo } from "./go";
import { locate, type Located, type Missing, type SpecsByName } from "./locate";
import { codeOf } from "./lock";
import { cannotBeHad, notThereYet } from "./messages";
import { installOpenStackInto, locateOpenStack, type OpenStackTools } from "./openstack";
import { runSteps, showSteps, type OnProgress } from "./progress";
import { installPysparkInto, locatePyspark } from "./pyspark";
import { isReachable } from "./release";
import { thisShop, ToolchainError, type Shop } from "./shop";
import {
  cloudProviderModuleCharts,
  operatorChart,
  testToolNames,
  toolNames,
  tools,
  type BaseToolName,
  type ToolName,
  type ToolSpec,
} from "./table";

export { testToolNames, toolNames, tools, type ToolName } from "./table";
export { ToolchainError } from "./shop";
export type { OpenStackTools } from "./openstack";
export type { OnProgress, Progress } from "./progress";

/** The tools that were asked for, each with its absolute path. */
export type ToolPaths<Name extends ToolName = BaseToolName> = Readonly<Record<Name, string>>;

export interface EnsureOptions {
  /** Told what happens. Default: shown on stderr. */
  readonly onProgress?: OnProgress;
}

/**
 * Gets tools: from PATH where the version is accepted, else from the cache, else as a verified
 * download, else built with Go.
 *
 * @param names default: all of `make up`
 * @throws ToolchainError naming every tool that cannot be had, and how to get it
 */
export async function ensureTools(names?: undefined, options?: EnsureOptions): Promise<ToolPaths>;
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  options?: EnsureOptions,
): Promise<ToolPaths<Name>>;
export async function ensureTools(
  names: readonly ToolName[] = toolNames,
  { onProgress }: EnsureOptions = {},
): Promise<ToolPaths> {
  return pathsOf(await ensure(thisShop(), specsOf(names), tools, onProgress));
}

/**
 * Finds tools on PATH and in the cache; downloads and builds nothing.
 *
 * @throws ToolchainError naming every tool that is not there
 */
export async function locateTools(names?: undefined): Promise<ToolPaths>;
export async function locateTools<Name extends ToolName>(
  names: readonly Name[],
): Promise<ToolPaths<Name>>;
export async function locateTools(names: readonly ToolName[] = toolNames): Promise<ToolPaths> {
  return pathsOf(await located(thisShop(), specsOf(names), tools));
}

/**
 * A folder with all tools, found as `locateTools` does, to put on PATH.
 *
 * @param more tools beyond those of `make up`
 */
export async function toolBin(
  more: readonly (typeof testToolNames)[number][] = [],
): Promise<string> {
  const shop = thisShop();
  return binFolder(shop, await located(shop, specsOf([...toolNames, ...more]), tools));
}

/** Where each tool comes from, or why it is missing. */
export async function listTools(): Promise<readonly (Located | Missing)[]> {
  const shop = thisShop();
  const names = [...toolNames, ...testToolNames];
  return Promise.all(specsOf(names).map((spec) => locate(shop, spec, tools)));
}

/** The folder of the spark-operator's own chart and CRDs, out of the module it is built from. */
export async function sparkOperatorChart(): Promise<string> {
  return ensureChart(thisShop(), operatorChart);
}

/** A Kubernetes whose charts of cloud-provider-openstack can be had from the module proxy. */
export type CloudProviderKubernetes = keyof typeof cloudProviderModuleCharts;

/** The folders of cloud-provider-openstack's own charts for a Kubernetes; tests use them. */
export async function cloudProviderCharts(kubernetes: CloudProviderKubernetes) {
  const { cloudController, cinderCsi } = cloudProviderModuleCharts[kubernetes];
  return {
    cloudController: await ensureChart(thisShop(), cloudController),
    cinderCsi: await ensureChart(thisShop(), cinderCsi),
  };
}

/** A Spark that can submit, as SPARK_HOME; undefined where there is none or no Java. */
export async function findPyspark(): Promise<string | undefined> {
  return locatePyspark(thisShop());
}

/** Installs PyPI's pyspark into the cache and returns its folder; tests use it. */
export async function installPyspark(onWait?: (pid: number) => void): Promise<string> {
  return installPysparkInto(thisShop(), onWait);
}

/** The programs of an OpenStack on loopback; undefined where they are not in the cache. */
export async function findOpenStack(): Promise<OpenStackTools | undefined> {
  return locateOpenStack(thisShop());
}

/** Gets the programs of an OpenStack on loopback; tests use it. */
export async function installOpenStack(
  say: (text: string) => void = () => undefined,
): Promise<OpenStackTools> {
  return installOpenStackInto(thisShop(), say);
}

/** `ensureTools` for any machine and any table: what the tests drive. */
export async function ensure(
  shop: Shop,
  specs: readonly ToolSpec[],
  all: SpecsByName,
  onProgress?: OnProgress,
): Promise<readonly Located[]> {
  const missing = (await search(shop, specs, all)).filter(isMissing);
  if (missing.length > 0) {
    await mustBeWritable(shop);
    await sweep(shop.cache);
    const downloads = await downloadable(shop, missing);
    await refuseUnbuildable(shop, missing, downloads);
    const steps = stepsFor(
      shop,
      missing.map((one) => one.spec),
      downloads,
    );
    await (onProgress ? runSteps(steps, onProgress) : showSteps(steps));
  }
  return located(shop, specs, all);
}

async function located(
  shop: Shop,
  specs: readonly ToolSpec[],
  all: SpecsByName,
): Promise<readonly Located[]> {
  const found = await search(shop, specs, all);
  const missing = found.filter(isMissing);
  if (missing.length > 0) throw new ToolchainError(notThereYet(missing));
  return found.filter(isLocated);
}

async function mustBeWritable({ cache }: Shop): Promise<void> {
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
  } catch (error) {
    throw new ToolchainError(
      `the tools' cache ${cache} cannot be written to (${codeOf(error) ?? String(error)}): ` +
        "set EO_CACHE_DIR to a folder that can",
    );
  }
}

/** Those whose release host answers; each host is asked once, all at the same time. */
async function downloadable(shop: Shop, missing: readonly Missing[]): Promise<Set<ToolSpec>> {
  if (shop.env["EO_TOOLS_DOWNLOAD"] === "off") return new Set();
  const answers = await Promise.all(
    missing.map(async ({ spec }) => {
      const url = spec.release?.url(shop.platform);
      return url !== undefined && (await isReachable(url)) ? [spec] : [];
    }),
  );
  return new Set(answers.flat());
}

/** Says before the first minute of work that a tool cannot be built, and all of them at once. */
async function refuseUnbuildable(
  shop: Shop,
  missing: readonly Missing[],
  downloads: ReadonlySet<ToolSpec>,
): Promise<void> {
  const toBuild = missing.filter(({ spec }) => !downloads.has(spec));
  if (toBuild.length === 0) return;
  const needed = await neededGo(
    shop,
    toBuild.map(({ spec }) => spec.build.set),
  );
  const problem = await goProblem(shop, needed);
  if (problem === undefined) return;
  throw new ToolchainError(cannotBeHad(toBuild, shop.platform, { problem, needed }));
}

function search(shop: Shop, specs: readonly ToolSpec[], all: SpecsByName) {
  return Promise.all(specs.map((spec) => locate(shop, spec, all)));
}

function isLocated(one: Located | Missing): one is Located {
  return "file" in one;
}

function isMissing(one: Located | Missing): one is Missing {
  return !isLocated(one);
}

function specsOf(names: readonly ToolName[]): ToolSpec[] {
  return names.map((name) => tools[name]);
}

function pathsOf(found: readonly Located[]): ToolPaths {
  // An object's keys are strings to the compiler; these are the names that were asked for.
  return Object.fromEntries(found.map(({ spec, file }) => [spec.name, file])) as ToolPaths;
}
