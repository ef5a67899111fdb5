import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readChart } from "../components/base/chartSource";
import { allCharts, type Chart, type ChartDigest } from "../components/charts";
import type { Answer } from "./graph";
import { root } from "./stackFile";
import { UserError } from "./userError";

const lockFile = path.join(root, "components/charts.lock.json");

/**
 * Computes the digest of every chart from the bytes of its archive, and writes them to the lock file
 * with their source and today's date. A chart whose archive cannot be had keeps what is locked.
 *
 * @param from folder, `http(s)://` or `oci://`; default: each chart's public repository
 * @param file the lock file; default: the one of this project
 * @throws UserError where no chart could be read, the lock file left as it is
 */
export async function lock(from?: string, file: string = lockFile): Promise<Answer> {
  const seen = await Promise.all(allCharts.map((chart) => digestOf(chart, from)));
  const notes = seen.filter((result) => typeof result === "string");
  if (notes.length === allCharts.length) throw new UserError(notes.join("\n"));
  const entries = allCharts.flatMap((chart, index) => {
    const result = seen[index];
    const digest = typeof result === "object" ? result : chart.digest;
    return digest ? [[`${chart.name}-${chart.version}`, digest] as const] : [];
  });
  const text = JSON.stringify({ charts: Object.fromEntries(entries) }, undefined, 2);
  await writeFile(file, `${text}\n`);
  const locked = entries.map(([name, { sha256 }]) => `${name} sha256:${sha256}\n`);
  const open = allCharts.filter(
    ({ name, version }) => !entries.some(([at]) => at === `${name}-${version}`),
  );
  const unverified = open.map(({ name, version }) => `${name}-${version} unverified\n`);
  return { text: [...locked, ...unverified].join(""), notes };
}

/** The digest of a chart's archive, or why there is none. */
async function digestOf(chart: Chart, from?: string): Promise<ChartDigest | string> {
  try {
    // What is locked is about to be replaced: another digest is no reason to refuse here.
    const { archive } = (await readChart({ ...chart, digest: undefined }, from)) ?? {};
    if (archive) return { ...archive, date: new Date().toISOString().slice(0, 10) };
    return `${chart.name} ${chart.version}: ${from} holds it unpacked: a digest is of an archive`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
