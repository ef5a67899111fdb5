import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readChartFolder } from "../../components/base/chartArchive";
import { charts } from "../../components/charts";
import { assembleMirror } from "../../embedded/charts/mirror";
import { operatorChart } from "../components/programs";

describe("the chart mirror", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "eo-mirror-"));
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("holds every chart that is deployed, with the CRDs that the program owns", async function () {
    const sparkOperatorChart = await operatorChart(this);
    const places = await assembleMirror({ dir, sparkOperatorChart });
    assert.equal(places.length, Object.keys(charts).length);
    for (const chart of Object.values(charts)) {
      const { crds } = await readChartFolder(chart, dir);
      for (const crd of chart.crds) assert.ok(crds[crd], crd);
    }
  });

  it("is put together again without a trace of the last time, and leaves other files alone", async () => {
    const sparkOperatorChart = join(dir, "source");
    await mkdir(join(sparkOperatorChart, "templates"), { recursive: true });
    // As a Go module's files are: read-only.
    await writeFile(join(sparkOperatorChart, "Chart.yaml"), "name: x\n", { mode: 0o444 });
    const mirror = join(dir, "mirror");
    await mkdir(mirror);
    await writeFile(join(mirror, "mine.txt"), "");
    const [place = ""] = await assembleMirror({ dir: mirror, sparkOperatorChart });
    await writeFile(join(place, "stale.yaml"), "");
    await assembleMirror({ dir: mirror, sparkOperatorChart });
    assert.deepEqual((await readdir(place)).sort(), ["Chart.yaml", "templates"]);
    assert.deepEqual((await readdir(mirror)).sort(), [
      "mine.txt",
      "spark-operator-2.5.2",
      "traefik-41.3.0",
    ]);
  });
});
