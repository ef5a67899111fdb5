import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { eo, root } from "../support/eo";

describe("./eo graph", () => {
  it("lists one resource a line, type and name, sorted, the stack left out", async () => {
    const { stdout } = await eo("graph", "local");
    const lines = stdout.trimEnd().split("\n");
    assert.deepEqual(lines, [...lines].sort());
    for (const line of lines) assert.match(line, /^[\w.]+:[\w./-]+(:[\w./-]+)?:?\w*\t\S+$/);
    assert.ok(lines.includes("pulumi:providers:kubernetes\tcluster"));
    assert.doesNotMatch(stdout, /pulumi:pulumi:Stack/);
  });

  it("puts a placeholder for a missing secret and names it on stderr", async () => {
    const { code, stdout, stderr } = await eo("graph", "prod");
    assert.equal(code, 0);
    assert.match(stdout, /^kubernetes:core\/v1:Secret\topeneo-s3$/m);
    for (const key of ["openstackSecret", "s3AccessKeyId", "s3SecretAccessKey"]) {
      assert.match(stderr, new RegExp(`placeholder for the secret ${key}: it is not set`));
    }
  });

  it("tells which stacks there are when it does not know one", async () => {
    const { code, stdout, stderr } = await eo("graph", "production");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /there is no stack "production": stacks here are dev, local, prod/);
  });
});

describe("./eo render", () => {
  it("prints all objects as YAML, with every secret value masked", async () => {
    const { code, stdout } = await eo("render", "prod");
    assert.equal(code, 0);
    const objects = parseAllDocuments(stdout).flatMap((document) => {
      assert.deepEqual(document.errors, []);
      return (document.toJS() as { kind: string; stringData?: Record<string, string> }) ?? [];
    });
    const secrets = objects.filter(({ kind }) => kind === "Secret");
    assert.ok(secrets.length >= 2, "no Secret is rendered");
    const values = secrets.flatMap(({ stringData = {} }) => Object.values(stringData));
    assert.deepEqual([...new Set(values)], ["<secret>"]);
  });

  it("says which chart it could not render, and why", async () => {
    const { stderr, stdout } = await eo("render", "prod");
    assert.match(stderr, /chart of release traefik not rendered: ./);
    assert.match(stdout, /^# chart of release traefik not rendered: ./m);
  });
});

describe("./eo check", () => {
  it("names all problems at once and fails", async () => {
    const { code, stderr } = await eo("check", "prod");
    assert.equal(code, 1);
    assert.match(stderr, /5 problems/);
    assert.match(stderr, /pulumi config set .*--secret .*s3SecretAccessKey/);
  });

  it("tells of a catalogue that is not there, with no stack trace", async () => {
    const file = path.join(root, "Pulumi.no-catalogue.yaml");
    const local = await readFile(path.join(root, "Pulumi.local.yaml"), "utf8");
    await writeFile(file, local.replace("catalogues/example.json", "catalogues/none.json"));
    try {
      for (const command of ["check", "graph"]) {
        const { code, stderr } = await eo(command, "no-catalogue");
        assert.equal(code, 1);
        assert.match(stderr, /openeo\.layerCatalogs\[0\]: the file cannot be read \(ENOENT\)/);
        assert.match(stderr, /mend it: pulumi config set/);
        assert.doesNotMatch(stderr, / at /);
      }
    } finally {
      await rm(file);
    }
  });

  it("passes a stack whose settings are in order", async () => {
    assert.equal((await eo("check", "local")).code, 0);
  });
});

describe("./eo compat", () => {
  it("refuses versions that are known not to work, with what to change", async () => {
    const { code, stdout } = await eo("compat", "--spark", "2.4.5", "--kubernetes", "1.36");
    assert.equal(code, 1);
    assert.match(stdout, /^impossible: Spark 2\.4\.5 on Kubernetes 1\.36/);
    assert.match(stdout, /source: SPARK-31786/);
  });

  it("prints the table when no version is given", async () => {
    const { code, stdout } = await eo("compat");
    assert.equal(code, 0);
    assert.match(stdout, /^spark-operator 2\.5\.2 /m);
  });
});

describe("./eo", () => {
  it("answers an unknown command with exit code 2 and a suggestion", async () => {
    const { code, stderr } = await eo("grahp", "local");
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean graph/);
  });
});
