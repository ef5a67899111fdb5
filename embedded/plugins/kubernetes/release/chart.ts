import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { isObject, stringAt } from "../../protocol/properties";
import { helm, HelmError, inPrivateFolder, writePrivate, type HelmOptions } from "./helm";
import type { ChartSource } from "./inputs";

export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
}

const known = new Map<string, Promise<ChartMetadata>>();

/**
 * Name and version of a chart, which must be there to tell them.
 *
 * @throws HelmError where the chart cannot be had: from where it was wanted, and why
 */
export function chartMetadata(source: ChartSource, options: HelmOptions): Promise<ChartMetadata> {
  if (isLocal(source)) return read(source, options);
  // What a repository has under a version does not change while one update runs.
  const key = JSON.stringify(source);
  const asked = known.get(key) ?? read(source, options);
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}

async function read(source: ChartSource, options: HelmOptions): Promise<ChartMetadata> {
  try {
    const text = await metadataText(source, options);
    const metadata: unknown = parse(text);
    if (!isObject(metadata)) throw new HelmError("its Chart.yaml is empty");
    const [name, version] = [stringAt(metadata, "name"), stringAt(metadata, "version")];
    if (!name || !version) throw new HelmError("its Chart.yaml names no name or version");
    return { name, version };
  } catch (error) {
    const from = source.repo === undefined ? "" : ` in ${source.repo}`;
    const version = source.version === undefined ? "" : ` version ${source.version}`;
    const why = error instanceof Error ? error.message : String(error);
    throw new HelmError(`the chart ${source.chart}${version} cannot be had${from}: ${why}`);
  }
}

async function metadataText(source: ChartSource, options: HelmOptions): Promise<string> {
  const folder = path.resolve(source.chart);
  if (isLocal(source) && (await stat(folder)).isDirectory()) {
    const file = path.join(folder, "Chart.yaml");
    if (!existsSync(file)) throw new HelmError(`${file} is missing`);
    return readFile(file, "utf8");
  }
  return withChart(source, options, (args) => helm(["show", "chart", ...args], options));
}

function isLocal({ chart, repo }: ChartSource): boolean {
  return repo === undefined && existsSync(path.resolve(chart));
}

/**
 * Runs `work` with the arguments that name the chart. A repository's password goes through a
 * private file or standard input, never through an argument.
 */
export async function withChart<T>(
  source: ChartSource,
  options: HelmOptions,
  work: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  const { chart, repo, version } = source;
  const tls = tlsArgs(source);
  const exact = version === undefined ? [] : ["--version", version];
  if (isLocal(source)) return work([path.resolve(chart)]);
  const oci = [chart, repo].find((one) => one?.startsWith("oci://"));
  if (oci !== undefined) {
    const address = chart.startsWith("oci://") ? chart : `${oci.replace(/\/$/, "")}/${chart}`;
    if (source.password === undefined) return work([address, ...exact, ...tls]);
    return withLogin(source, address, options, (args) =>
      work([address, ...exact, ...tls, ...args]),
    );
  }
  if (repo === undefined) return work([chart, ...exact, ...tls]);
  if (source.password === undefined) return work([chart, "--repo", repo, ...exact, ...tls]);
  return withRepository(source, repo, options, (name, args) =>
    work([`${name}/${chart}`, ...exact, ...args]),
  );
}

function tlsArgs({ caFile, certFile, keyFile }: ChartSource): string[] {
  return [
    ...(caFile === undefined ? [] : ["--ca-file", caFile]),
    ...(certFile === undefined ? [] : ["--cert-file", certFile]),
    ...(keyFile === undefined ? [] : ["--key-file", keyFile]),
  ];
}

function withRepository<T>(
  source: ChartSource,
  url: string,
  options: HelmOptions,
  work: (name: string, args: readonly string[]) => Promise<T>,
): Promise<T> {
  return inPrivateFolder(async (folder) => {
    const name = "release";
    const { username = "", password = "", caFile = "", certFile = "", keyFile = "" } = source;
    const entry = { name, url, username, password, caFile, certFile, keyFile };
    const content = JSON.stringify({
      apiVersion: "",
      generated: "0001-01-01T00:00:00Z",
      repositories: [entry],
    });
    const file = await writePrivate(path.join(folder, "repositories.yaml"), content);
    const args = ["--repository-config", file, "--repository-cache", path.join(folder, "cache")];
    await helm(["repo", "update", ...args], options);
    return work(name, args);
  });
}

function withLogin<T>(
  { username = "", password = "" }: ChartSource,
  address: string,
  options: HelmOptions,
  work: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  return inPrivateFolder(async (folder) => {
    const args = ["--registry-config", path.join(folder, "registry.json")];
    const { host } = new URL(address.replace(/^oci:/, "https:"));
    const login = ["registry", "login", host, "--username", username, "--password-stdin", ...args];
    await helm(login, { ...options, input: password });
    return work(args);
  });
}
