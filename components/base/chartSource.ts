import { AsyncLocalStorage } from "node:async_hooks";
import { readChart } from "./chartArchive";
import type { Chart } from "../charts";

/** Where a Helm release takes its chart from, in the words of `kubernetes:helm.sh/v3:Release`. */
export interface ChartLocation {
  /** A chart name (with `repositoryOpts`), a path, or an `oci://` reference. */
  readonly chart: string;
  /** The exact version. */
  readonly version: string;
  /** The repository that the name belongs to; left out for a path and for OCI. */
  readonly repositoryOpts?: { readonly repo: string };
}

/** What was found in a chart's archive. */
export interface ChartContent {
  /** The CustomResourceDefinitions of the chart's `crds/` folder, each under its name. */
  readonly crds: ReadonlyMap<string, Manifest>;
  /** Path of the chart where it lies on this machine, as the mirror names it. */
  readonly path?: string;
}

/** A Kubernetes object as it stands in a chart. */
export interface Manifest {
  /** The object's metadata; a CRD has a name, labels and annotations. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The object's specification. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Reads a chart's archive, or says with `undefined` that there is none to read. */
export type ChartReader = (chart: Chart, mirror?: string) => Promise<ChartContent | undefined>;

const readers = new AsyncLocalStorage<ChartReader>();

/**
 * Runs a program with another way to read charts. Whoever only wants the graph of a program (a
 * recorder, a unit test) passes {@link noCharts}: no archive is opened and no network touched.
 */
export function withChartReader<T>(reader: ChartReader, run: () => T): T {
  return readers.run(reader, run);
}

/** A reader for which no archive is there: CRDs are registered by name, their content left empty. */
export const noCharts: ChartReader = () => Promise.resolve(undefined);

/** The way to read charts that holds here: from the mirror or the public repository. */
export function currentChartReader(): ChartReader {
  return readers.getStore() ?? readChart;
}

/** How a mirror is reached. */
export type MirrorKind = "folder" | "http" | "oci";

/** The kind of a mirror, by its scheme: anything that is not a URL is a folder. */
export function mirrorKind(mirror: string): MirrorKind {
  if (mirror.startsWith("oci://")) return "oci";
  return /^https?:\/\//.test(mirror) ? "http" : "folder";
}

/**
 * Where Helm finds a chart.
 *
 * @param mirror a folder, or an `http(s)://` or `oci://` address; the chart's own repository if
 *   left out
 * @param path the chart within a folder mirror, where a reader found it
 */
export function chartLocation(chart: Chart, mirror?: string, path?: string): ChartLocation {
  const source = (mirror ?? chart.repository).replace(/\/+$/, "");
  const { name, version } = chart;
  switch (mirrorKind(source)) {
    case "folder":
      return { chart: path ?? `${source}/${name}-${version}`, version };
    case "http":
      return { chart: name, version, repositoryOpts: { repo: source } };
    case "oci":
      return { chart: `${source}/${name}`, version };
  }
}
