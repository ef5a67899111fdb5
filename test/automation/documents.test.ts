import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { parse } from "yaml";
import { documents } from "../../automation/documents";
import { projectConfig, secretKeys } from "../../settings";
import { root } from "../support/eo";

const yaml = async (file: string): Promise<unknown> =>
  parse(await readFile(path.join(root, file), "utf8"));

describe("what is generated", () => {
  it("is up to date: `./eo docs` would change nothing", async () => {
    const stale = (await documents()).filter(({ is, should }) => is !== should);
    assert.deepEqual(
      stale.map(({ file }) => file),
      [],
    );
  });

  it("documents exactly the settings in Pulumi.yaml, secret ones marked", async () => {
    const project = (await yaml("Pulumi.yaml")) as { config: Record<string, { secret?: true }> };
    assert.deepEqual(Object.keys(project.config).sort(), Object.keys(projectConfig()).sort());
    const marked = Object.entries(project.config).filter(([, { secret }]) => secret);
    assert.deepEqual(marked.map(([key]) => key).sort(), [...secretKeys].sort());
  });

  it("lets the engine demand nothing: the program tells of all that is missing at once", async () => {
    const { config } = (await yaml("Pulumi.yaml")) as {
      config: Record<string, { default?: unknown; secret?: true; type?: string }>;
    };
    for (const [key, declared] of Object.entries(config)) {
      assert.notEqual(declared.default, undefined, key);
      assert.ok(!(declared.secret && declared.type), `${key}: a typed secret with a default`);
    }
  });
});

describe("the schema of stack files", () => {
  const validate = async () => {
    const schema = (await yaml("settings/stackFile.schema.json")) as object;
    return new Ajv2020({ strict: false }).compile(schema);
  };

  it("takes every committed stack file", async () => {
    const valid = await validate();
    const files = (await readdir(root)).filter((name) => /^Pulumi\.\w+\.yaml$/.test(name));
    assert.ok(files.length >= 3);
    for (const file of files) assert.ok(valid(await yaml(file)), JSON.stringify(valid.errors));
  });

  it("refuses unknown settings and plain secrets, and leaves providers' settings alone", async () => {
    const valid = await validate();
    assert.ok(!valid({ config: { "eoplatform:traefick": {} } }));
    assert.ok(!valid({ config: { "eoplatform:traefik": { replicaz: 1 } } }));
    assert.ok(!valid({ config: { "eoplatform:kubeconfig": "apiVersion: v1" } }));
    assert.ok(valid({ config: { "eoplatform:kubeconfig": { secure: "v1:abc" } } }));
    assert.ok(valid({ config: { "kubernetes:context": "x" } }));
  });
});
