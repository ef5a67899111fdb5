import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Parser } from "tar";
import { parseAllDocuments } from "yaml";
import type { Chart } from "../charts";

/** A Kubernetes object as it stands in a chart. */
export interface Manifest {
  /** The object's metadata; a CRD has a name, labels and annotations. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The object's specification. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What was found in a chart. */
export interface ChartContent {
  /** The CustomResourceDefinitions of the chart's `crds/` folder, each under its name. */
  readonly crds: Readonly<Record<string, Manifest>>;
  /** What a lock would hold of the packed chart; left out where the chart was not packed. */
  readonly archive?: { readonly sha256: string; readonly source: string };
  /** Path of the chart within a folder mirror, as the mirror names it. */
  readonly path?: string;
}

/** A chart cannot be had, or is not what it should be. The message says what to do. */
export class ChartError extends Error {
  /** What it is called in a stack trace. */
  override readonly name = "ChartError";
}

/** The text files of a chart by their path inside it: `Chart.yaml`, `crds/x.yaml`. */
type ChartFiles = ReadonlyMap<string, string>;

/** A chart in words, for messages: `chart traefik 41.3.0`. */
export const describe = (chart: Chart): string => `chart ${chart.name} ${chart.version}`;

/**
 * Finds a chart in a folder, as `<name>-<version>.tgz`, `<name>-<version>/` or `<name>/`.
 *
 * @throws ChartError when none of them is there, or it is another version or other bytes
 */
export async function readChartFolder(chart: Chart, folder: string): Promise<ChartContent> {
  const named = `${chart.name}-${chart.version}`;
  const packed = `${folder}/${named}.tgz`;
  if (await isFile(packed)) {
    return { ...(await readChartBytes(chart, await readFile(packed), packed)), path: packed };
  }
  for (const path of [`${folder}/${named}`, `${folder}/${chart.name}`]) {
    if (!(await isFile(join(path, "Chart.yaml")))) continue;
    return { crds: crdsOf(chart, await filesOfFolder(path), path), path };
  }
  throw new ChartError(
    `${describe(chart)} is not in the chart mirror ${folder}: looked for ${named}.tgz, ${named}/ ` +
      `and ${chart.name}/; put it there (helm pull ${chart.name} --repo ${chart.repository} ` +
      `--version ${chart.version} -d ${folder}) or change chartMirror`,
  );
}

/**
 * Reads a packed chart.
 *
 * @param source where the bytes are from, for messages
 * @throws ChartError when the digest is known and another, or the archive is not this chart
 */
export async function readChartBytes(
  chart: Chart,
  bytes: Buffer,
  source: string,
): Promise<ChartContent> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (chart.digest && chart.digest.sha256 !== sha256) {
    throw new ChartError(
      `${describe(chart)} from ${source} has the digest ${sha256}, but ${chart.digest.sha256} was ` +
        `locked on ${chart.digest.date} from ${chart.digest.source}; find out who changed it, and ` +
        `if the change is right, lock it anew (./eo lock)`,
    );
  }
  const crds = crdsOf(chart, await unpack(bytes, source), source);
  return { crds, archive: { sha256, source } };
}

function crdsOf(chart: Chart, files: ChartFiles, source: string): Record<string, Manifest> {
  const [about] = documentsOf(files.get("Chart.yaml") ?? "", `${source}: Chart.yaml`);
  const [name, version] = [about?.["name"], about?.["version"]].map(String);
  if (name !== chart.name || version !== chart.version) {
    throw new ChartError(
      `${source} holds chart ${name} ${version}, not ${describe(chart)}; put that version there`,
    );
  }
  const crds = new Map<string, Manifest>();
  for (const [path, text] of files) {
    if (!path.startsWith("crds/")) continue;
    for (const { kind, metadata, spec } of documentsOf(text, `${source}: ${path}`)) {
      if (kind !== "CustomResourceDefinition" || !isRecord(metadata) || !isRecord(spec)) continue;
      crds.set(String(metadata["name"]), { metadata, spec });
    }
  }
  const missing = chart.crds.filter((crd) => !crds.has(crd));
  if (missing.length > 0) {
    throw new ChartError(
      `${describe(chart)} from ${source} lacks ${missing.join(", ")} in its crds/ folder; ` +
        `components/charts.ts lists them for this version`,
    );
  }
  return Object.fromEntries(crds);
}

function documentsOf(text: string, source: string): Record<string, unknown>[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new ChartError(`${source} is no YAML: ${error.message}`);
    const value: unknown = document.toJS();
    return isRecord(value) ? [value] : [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() ?? false;

async function filesOfFolder(folder: string): Promise<ChartFiles> {
  const crds = await readdir(join(folder, "crds")).catch((): string[] => []);
  const paths = ["Chart.yaml", ...crds.filter(isYaml).map((file) => `crds/${file}`)];
  const read = async (path: string): Promise<[string, string]> => [
    path,
    await readFile(join(folder, path), "utf8"),
  ];
  return new Map(await Promise.all(paths.map(read)));
}

/** The files of a `.tgz`, without its first folder, which bears the chart's name. */
async function unpack(bytes: Buffer, source: string): Promise<ChartFiles> {
  const files = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(new ChartError(`${source} is no packed chart: ${error.message}`));
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry) => {
        const path = entry.path.replace(/^[^/]+\//, "");
        const wanted = path === "Chart.yaml" || (path.startsWith("crds/") && isYaml(path));
        if (!wanted) return void entry.resume();
        const chunks: Buffer[] = [];
        entry.on("data", (chunk) => chunks.push(chunk));
        entry.on("end", () => files.set(path, Buffer.concat(chunks).toString("utf8")));
      },
    });
    parser.on("end", resolve);
    parser.on("error", refuse);
    parser.end(bytes);
  });
  return files;
}
