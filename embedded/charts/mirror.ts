import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { charts } from "../../components/charts";

/** What a chart mirror is put together from. */
export interface MirrorParts {
  /** The mirror's folder; made where it is missing. */
  readonly dir: string;
  /** Folder of spark-operator's own chart, as its Go module brings it. */
  readonly sparkOperatorChart: string;
}

/** What of a chart's folder Helm never reads. */
const leftOut = new Set(["ci", "tests", "README.md", "README.md.gotmpl"]);

/**
 * Puts a chart mirror together, as `chartMirror` takes it: spark-operator's own chart, and renditions
 * of ours for the others. Every chart is put in place at once, and nothing else in the folder is
 * touched; doing it again changes nothing.
 *
 * @returns the paths of the charts
 */
export async function assembleMirror(parts: MirrorParts): Promise<string[]> {
  await mkdir(parts.dir, { recursive: true });
  const sources = [
    [charts.sparkOperator, parts.sparkOperatorChart],
    [charts.traefik, join(__dirname, "traefik")],
  ] as const;
  const places = [];
  for (const [chart, source] of sources) {
    const place = join(parts.dir, `${chart.name}-${chart.version}`);
    await putInPlace(source, place);
    places.push(place);
  }
  return places;
}

async function putInPlace(source: string, place: string): Promise<void> {
  const fresh = `${place}.${randomUUID()}`;
  try {
    await cp(source, fresh, {
      recursive: true,
      filter: (path) => path === source || !leftOut.has(basename(path)),
    });
    // A Go module's files are read-only, and so would their copies be: no one could remove them.
    await makeWritable(fresh);
    await rm(place, { recursive: true, force: true });
    await rename(fresh, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}
