import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as rke from "@pulumi/rke";
import { execa } from "execa";
import { z } from "zod";
import { tools } from "../../tools/table";
import { locateTools } from "../../tools/toolchain";
import { sourcesOrSkip } from "../support/pypi";
import { skip } from "../support/skip";
import {
  pythonDeclarations,
  structure,
  typescriptDeclarations,
  type Declarations,
  type Structure,
} from "./declarations";

const folder = path.resolve(__dirname, "../../sdks/rke");
const typeFiles = readdirSync(path.join(folder, "types"))
  .filter((name) => !["index.ts", "input.ts", "inputs.ts", "output.ts"].includes(name))
  .map((name) => path.join(folder, "types", name));
const ours = typescriptDeclarations([...typeFiles, path.join(folder, "clusterArgs.ts")]);
const top = ["ClusterSettings", "ClusterResults"];
const token = "rke:index/cluster:Cluster";

interface Property {
  type: string;
  element?: Property;
  fields?: Record<string, Property>;
  required?: boolean;
  optional?: boolean;
  secret?: boolean;
}
const property: z.ZodType<Property> = z.lazy(() =>
  z.object({
    type: z.string(),
    element: property.optional(),
    fields: z.record(z.string(), property).optional(),
    required: z.boolean().optional(),
    optional: z.boolean().optional(),
    secret: z.boolean().optional(),
  }),
);
const shapeSchema = z.object({
  resources: z.record(z.string(), z.record(z.string(), property)),
});

describe("@pulumi/rke in sdks/rke", function () {
  this.timeout(120_000);

  it("is of the version of the plugin", () => {
    const text = readFileSync(path.join(folder, "package.json"), "utf8");
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    assert.equal(version, tools["bridged-rke"].version);
  });

  it("registers a cluster under the provider's token, parts of it outputs of others, and reads what came of it", async () => {
    const seen: object[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        const given = z.record(z.string(), z.unknown()).parse(inputs);
        seen.push({ type, inputs: given });
        return { id: "id", state: { ...given, kubeConfigYaml: "kubeconfig" } };
      },
      call: () => ({}),
    });
    const nodes = [{ address: "192.0.2.1", roles: ["etcd"], user: pulumi.output("eo") }];
    const cluster = new rke.Cluster("cluster", { nodes });
    const kubeconfig = await new Promise((resolve) => cluster.kubeConfigYaml.apply(resolve));
    assert.equal(kubeconfig, "kubeconfig");
    assert.deepEqual(seen, [
      { type: token, inputs: { nodes: [{ address: "192.0.2.1", roles: ["etcd"], user: "eo" }] } },
    ]);
    assert.equal(rke.Cluster.isInstance(cluster), true);
  });

  describe("beside PyPI's package of the same version", () => {
    let published: Declarations;
    let clusterSource: string;

    before(async function () {
      const sources = await sourcesOrSkip(this, {
        name: "pulumi-rke",
        version: "3.6.0",
        sha256: "2d9153bcb051162cbe36791827939fc02f6775f8317999da7e53e765e6f451e8",
      });
      const read = (name: string) => readFileSync(path.join(sources, "pulumi_rke", name), "utf8");
      clusterSource = read("cluster.py");
      published = pythonDeclarations(`${read("_inputs.py")}\n${clusterSource}`);
    });

    it("has the same names of types, and each with the same properties", () => {
      const names = [...published.keys()].filter((name) => !/^_?Cluster(State)?$/.test(name));
      assert.ok(names.length > 80);
      assert.deepEqual([...ours.keys()].filter((name) => !top.includes(name)).sort(), names.sort());
      for (const name of names) {
        assert.deepEqual(structure(ours, name), structure(published, name), name);
      }
    });

    it("makes a cluster from the same settings, and it has the same results", () => {
      assert.deepEqual(structure(ours, "ClusterSettings"), structure(published, "Cluster"));
      const { type, ...state } = published.get("_ClusterState") ?? {};
      assert.equal(type, undefined);
      const known = { ...ours.get("ClusterSettings"), ...ours.get("ClusterResults") };
      assert.deepEqual(Object.keys(known).sort(), Object.keys(state).sort());
    });

    it("keeps the same results secret", () => {
      const listed = /additional_secret_outputs=\[(.*)\]/.exec(clusterSource)?.[1] ?? "";
      const source = readFileSync(path.join(folder, "cluster.ts"), "utf8");
      const own = /const secrets[^[]*\[\]? ?[^[]*\[([^\]]*)\]/.exec(source)?.[1] ?? "";
      assert.deepEqual(own.match(/\w+/g), listed.match(/\w+/g));
    });
  });

  it("has the provider's settings and results, down to the last part", async function () {
    const found = await locateTools(["bridged-rke"]).catch((error: Error) =>
      skip(this, `${error.message}; to get it: tools/main.ts ensure bridged-rke`),
    );
    const { stdout } = await execa(found["bridged-rke"], ["-shape"]);
    const all = shapeSchema.parse(JSON.parse(stdout)).resources[token] ?? {};
    const inputs = Object.entries(all).filter(([, one]) => one.optional || one.required);
    assert.deepEqual(served(Object.fromEntries(inputs)), structure(ours, "ClusterSettings"));
    const results = Object.entries(all).filter(([, one]) => !one.optional && !one.required);
    assert.deepEqual(
      results.map(([name]) => name).sort(),
      Object.keys(ours.get("ClusterResults") ?? {}).sort(),
    );
  });
});

/** The structure of what the provider serves. */
function served(properties: Readonly<Record<string, Property>>): Structure {
  return Object.fromEntries(
    Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [one.required ? name : `${name}?`, servedType(one)]),
  );
}

function servedType({ type, element, fields }: Property): Structure {
  if (fields) return served(fields);
  if (element) return { [type === "list" ? "[]" : "{}"]: servedType(element) };
  return type === "integer" ? "number" : type;
}
