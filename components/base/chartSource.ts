import { AsyncLocalStorage } from "node:async_hooks";
import { readChartFolder, type ChartContent } from "./chartArchive";
import { downloadChart, pullChart } from "./chartDownload";
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

/** How a place that holds charts is reached. */
export type ChartSourceKind = "folder" | "http" | "oci";

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

/** The way to read charts that holds here: {@link readChart} unless the caller chose another. */
export const currentChartReader = (): ChartReader => readers.getStore() ?? readChart;

/**
 * Reads a chart from its mirror, or from its own repository where there is no mirror.
 *
 * @throws ChartError when the chart is not there or not what it should be
 */
export const readChart: ChartReader = (chart, mirror) => {
  const source = sourceOf(chart, mirror);
  switch (chartSourceKind(source)) {
    case "folder":
      return readChartFolder(chart, source);
    case "http":
      return downloadChart(chart, source);
    case "oci":
      return pullChart(chart, source);
  }
};

/** The kind of a place that holds charts, by its scheme: anything that is not a URL is a folder. */
export function chartSourceKind(source: string): ChartSourceKind {
  if (source.startsWith("oci://")) return "oci";
  return /^https?:\/\//.test(source) ? "http" : "folder";
}

/**
 * Where Helm finds a chart.
 *
 * @param mirror a folder, or an `http(s)://` or `oci://` address; the chart's own repository if
 *   left out
 * @param path the chart within a folder mirror, where a reader found it; else taken to be
 *   `<name>-<version>/`
 */
export function chartLocation(chart: Chart, mirror?: string, path?: string): ChartLocation {
  const source = sourceOf(chart, mirror);
  const { name, version } = chart;
  switch (chartSourceKind(source)) {
    case "folder":
      return { chart: path ?? `${source}/${name}-${version}`, version };
    case "http":
      return { chart: name, version, repositoryOpts: { repo: source } };
    case "oci":
      return { chart: `${source}/${name}`, version };
  }
}

const sourceOf = (chart: Chart, mirror?: string): string =>
  (mirror ?? chart.repository).replace(/\/+$/, "");
