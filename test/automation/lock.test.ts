import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { create } from "tar";
import { lock } from "../../automation/lock";
import { allCharts, charts, type Chart } from "../../components/charts";

describe("./eo lock", () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "eo-lock-test-"));
    file = path.join(dir, "lock.json");
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** A packed chart, as a mirror holds it. */
  async function pack({ name, version, crds }: Chart): Promise<string> {
    await mkdir(path.join(dir, name, "crds"), { recursive: true });
    for (const crd of crds) {
      const text = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${crd}\nspec: {}\n`;
      await writeFile(path.join(dir, name, "crds", `${crd}.yaml`), text);
    }
    const about = `apiVersion: v2\nname: ${name}\nversion: ${version}\n`;
    await writeFile(path.join(dir, name, "Chart.yaml"), about);
    const archive = path.join(dir, `${name}-${version}.tgz`);
    await create({ gzip: true, file: archive, cwd: dir }, [name]);
    await rm(path.join(dir, name), { recursive: true });
    return archive;
  }

  it("writes digests of the bytes it has seen, and lists the other charts as unverified", async () => {
    const archive = await pack(charts.traefik);
    const sha256 = createHash("sha256")
      .update(await readFile(archive))
      .digest("hex");
    const { text, notes } = await lock(dir, file);
    const id = `traefik-${charts.traefik.version}`;
    const written = JSON.parse(await readFile(file, "utf8")) as {
      charts: Record<string, { sha256: string; source: string; date: string }>;
    };
    assert.deepEqual(Object.keys(written.charts), [id]);
    assert.equal(written.charts[id]?.sha256, sha256);
    assert.ok(written.charts[id]?.source.includes(path.basename(archive)));
    assert.match(written.charts[id]?.date ?? "", /^\d{4}-\d\d-\d\d$/);
    assert.ok(text.includes(`${id} sha256:${sha256}\n`));
    assert.ok(text.includes(`spark-operator-${charts.sparkOperator.version} unverified\n`));
    assert.equal(notes.length, allCharts.length - 1);
  });

  it("leaves the file alone when no chart can be had, and says why of each", async () => {
    await assert.rejects(lock(dir, file), (error: Error) => {
      assert.match(error.message, /spark-operator/);
      assert.match(error.message, /traefik/);
      return true;
    });
    await assert.rejects(readFile(file), { code: "ENOENT" });
  });
});
