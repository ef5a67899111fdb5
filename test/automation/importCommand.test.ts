import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { eo, root } from "../support/eo";
import { canary, siteValues } from "./importSpecimen";

describe("./eo import openeo-values", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "eo-import-"));
    file = path.join(folder, "values.yaml");
    await writeFile(file, stringify(siteValues()));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("prints a part of a stack file, and tells the rest on stderr", async () => {
    const { code, stdout, stderr } = await eo("import", "openeo-values", file, "--stack", "site");
    assert.equal(code, 0);
    const { config } = parse(stdout) as { config: Record<string, { host?: string }> };
    assert.equal(config["eoplatform:openeo"]?.host, "openeo.example.org");
    assert.match(stderr, /^ {2}ha\.enabled: no template of the chart/m);
    assert.match(stderr, /pulumi config set --stack site --secret s3AccessKeyId/);
    assert.match(stderr, /configMaps\.layerCatalog: is left out; with --out FOLDER/);
    assert.match(stderr, /\.\/eo check site/);
    assert.ok(!`${stdout}${stderr}`.includes(canary));
  });

  it("writes the chart's texts as files, and no credential among them", async () => {
    const out = path.join(folder, "config");
    const { code, stdout } = await eo("import", "openeo-values", file, "--out", out);
    assert.equal(code, 0);
    const files = ["backendconfig.py", "batch_job_log4j2.xml", "layercatalog.json", "log4j2.xml"];
    assert.deepEqual((await readdir(out)).sort(), [...files, "prometheus.yaml"]);
    const contents = await Promise.all(files.map((name) => readFile(path.join(out, name), "utf8")));
    assert.equal(contents[0], "config = None\n");
    assert.ok(!contents.join().includes(canary));
    assert.ok(stdout.includes(`- ${path.join(out, "layercatalog.json")}`));
  });

  it("gives settings that a stack comes up with, but for the secrets", async () => {
    const out = path.join(folder, "config");
    const { stdout } = await eo("import", "openeo-values", file, "--out", out);
    const stack = path.join(root, "Pulumi.imported.yaml");
    await writeFile(stack, `${stdout}  eoplatform:target: local\n`);
    try {
      const { code, stdout: graph, stderr } = await eo("graph", "imported");
      assert.equal(code, 0, stderr);
      assert.match(graph, /^eoplatform:index:OpenEo\topeneo$/m);
      assert.match(stderr, /placeholder for the secret openeoSecretEnv/);
    } finally {
      await rm(stack);
    }
  });

  it("replaces no file that is there, unless it is told to", async () => {
    const out = path.join(folder, "config");
    await eo("import", "openeo-values", file, "--out", out);
    await writeFile(path.join(out, "log4j2.xml"), "mine");
    const again = await eo("import", "openeo-values", file, "--out", out);
    assert.deepEqual([again.code, again.stdout], [1, ""]);
    assert.match(again.stderr, /nothing is written: .*log4j2\.xml.* --force replaces it/);
    assert.equal(await readFile(path.join(out, "log4j2.xml"), "utf8"), "mine");
    assert.equal((await eo("import", "openeo-values", file, "--out", out, "--force")).code, 0);
    assert.equal(await readFile(path.join(out, "log4j2.xml"), "utf8"), "<Configuration/>\n");
  });

  it("refuses what are no values, in a line that repeats none of it", async () => {
    const wrong: Record<string, RegExp> = {
      [`a: "${canary}`]: /is no YAML: line 1, column \d+: [A-Z_]+$/m,
      [`- ${canary}`]: /holds no values: they are an object/,
      "apiVersion: v1\nkind: Pod\n": /holds a Kubernetes object.*openeo\.jobTracker\.enabled/,
    };
    for (const [text, message] of Object.entries(wrong)) {
      await writeFile(file, text);
      const { code, stdout, stderr } = await eo("import", "openeo-values", file);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
      assert.ok(!stderr.includes(canary));
    }
    const { code, stderr } = await eo("import", "openeo-values", path.join(folder, "none.yaml"));
    assert.equal(code, 1);
    assert.match(stderr, /none\.yaml cannot be read \(ENOENT\)/);
  });
});
