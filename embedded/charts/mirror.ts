import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { charts } from "../../components/charts";
import { putInPlace } from "./putInPlace";

/** What a chart mirror is put together from. */
export interface MirrorParts {
  /** The mirror's folder; made where it is missing. */
  readonly dir: string;
  /** Folder of spark-operator's own chart, as its Go module brings it. */
  readonly sparkOperatorChart: string;
}

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
