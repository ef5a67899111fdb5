import { parse } from "yaml";
import { ChartError, describe, readChartBytes, type ChartContent } from "./chartArchive";
import type { Chart } from "../charts";

/** How long one request for a chart may take, in milliseconds. */
const requestTimeout = 60_000;

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const chartLayerType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/**
 * Downloads a chart from an HTTP repository: its `index.yaml` first, then the archive named there.
 *
 * @param repository an `http(s)://` address
 * @throws ChartError when it cannot be reached, or has no such chart or version
 */
export async function downloadChart(chart: Chart, repository: string): Promise<ChartContent> {
  const index = `${repository}/index.yaml`;
  const listed: unknown = parse((await get(chart, index)).toString("utf8"));
  const entries = at(at(listed, "entries"), chart.name);
  const entry: unknown = Array.isArray(entries)
    ? entries.find((candidate: unknown) => at(candidate, "version") === chart.version)
    : undefined;
  const url = at(at(entry, "urls"), 0);
  if (typeof url !== "string") {
    throw new ChartError(
      `${describe(chart)} is not listed in ${index}; mirror that version or change chartMirror`,
    );
  }
  const archive = new URL(url, `${repository}/`).href;
  return readChartBytes(chart, await get(chart, archive), archive);
}

/**
 * Pulls a chart from an OCI registry, without credentials or with the anonymous token that the
 * registry hands out. A registry on this machine is spoken to without TLS.
 *
 * @param registry an `oci://` address under which charts lie by name
 * @throws ChartError when it cannot be reached, wants credentials, or has no such chart or version
 */
export async function pullChart(chart: Chart, registry: string): Promise<ChartContent> {
  const { host, hostname, pathname } = new URL(`${registry}/${chart.name}`);
  const scheme = ["localhost", "127.0.0.1", "[::1]"].includes(hostname) ? "http" : "https";
  const repository = `${scheme}://${host}/v2${pathname}`;
  // A tag takes no "+": Helm writes "_" for it.
  const manifestUrl = `${repository}/manifests/${chart.version.replaceAll("+", "_")}`;
  const authorization = await anonymousToken(chart, manifestUrl);
  const manifest: unknown = JSON.parse(
    (await get(chart, manifestUrl, { accept: manifestType, ...authorization })).toString("utf8"),
  );
  const layers = at(manifest, "layers");
  const layer: unknown = Array.isArray(layers)
    ? layers.find((candidate: unknown) => at(candidate, "mediaType") === chartLayerType)
    : undefined;
  const digest = at(layer, "digest");
  if (typeof digest !== "string") {
    throw new ChartError(`${describe(chart)} at ${manifestUrl} is no Helm chart`);
  }
  const blob = await get(chart, `${repository}/blobs/${digest}`, authorization);
  return readChartBytes(chart, blob, `${registry}/${chart.name}:${chart.version}`);
}

/** The header that lets an unknown reader in; none where the registry asks for none. */
async function anonymousToken(chart: Chart, url: string): Promise<Record<string, string>> {
  const { headers, status } = await request(chart, url, { accept: manifestType });
  if (status !== 401) return {};
  const challenge = headers.get("www-authenticate") ?? "";
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field("realm");
  if (!challenge.toLowerCase().startsWith("bearer ") || realm === undefined) {
    throw new ChartError(
      `${describe(chart)} at ${url} wants credentials, which charts are not read with; ` +
        `let the registry serve it to anyone, or use a folder as chartMirror`,
    );
  }
  const tokenUrl = new URL(realm);
  for (const name of ["service", "scope"]) {
    const value = field(name);
    if (value !== undefined) tokenUrl.searchParams.set(name, value);
  }
  const answer: unknown = JSON.parse((await get(chart, tokenUrl.href)).toString("utf8"));
  const token = at(answer, "token") ?? at(answer, "access_token");
  return typeof token === "string" ? { authorization: `Bearer ${token}` } : {};
}

async function get(chart: Chart, url: string, headers?: Record<string, string>): Promise<Buffer> {
  const response = await request(chart, url, headers);
  if (!response.ok) {
    throw new ChartError(
      `${describe(chart)}: ${url} answered ${response.status} ${response.statusText}; ` +
        `check the address, or set chartMirror to where the chart can be had`,
    );
  }
  return Buffer.from(await response.arrayBuffer());
}

async function request(
  chart: Chart,
  url: string,
  headers?: Record<string, string>,
): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(requestTimeout) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new ChartError(
      `${describe(chart)}: ${url} cannot be reached ` +
        `(${cause instanceof Error ? cause.message : String(cause)}); ` +
        `set chartMirror to a folder or address where the chart can be had`,
    );
  }
}

/** One step into a value of unknown shape; `undefined` where there is nothing. */
function at(value: unknown, key: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(String(key));
}
