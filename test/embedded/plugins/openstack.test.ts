import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { locateTools } from "../../../tools/toolchain";
import { tools } from "../../../tools/table";
import { skip } from "../../support/skip";

const sdk = path.dirname(require.resolve("@pulumi/openstack/package.json"));
const rooms = [
  "compute",
  "networking",
  "images",
  "blockstorage",
  "loadbalancer",
  "identity",
  "objectstorage",
];

const names = z.record(z.string(), z.object({ secret: z.boolean().optional() }));
const shapeSchema = z.object({
  provider: names,
  resources: z.record(z.string(), names),
  functions: z.record(z.string(), names),
});

/** What one file of the npm package declares. */
interface Declared {
  readonly token: string;
  readonly properties: readonly string[];
  readonly secret: readonly string[];
}

describe("the bridged plugin for OpenStack", function () {
  this.timeout(30_000);
  let shape: z.infer<typeof shapeSchema>;
  let sources: string[];

  before(async function () {
    const program = await locateTools(["bridged-openstack"]).catch((error: Error) =>
      skip(this, `${error.message}; to get it: tools/main.ts ensure bridged-openstack`),
    );
    const { stdout } = await execa(program["bridged-openstack"], ["-shape"]);
    shape = shapeSchema.parse(JSON.parse(stdout));
    const files = await Promise.all(rooms.map(jsFiles));
    sources = await Promise.all(files.flat().map((file) => readFile(file, "utf8")));
  });

  it("is of the version of the npm package", async () => {
    const text = await readFile(path.join(sdk, "package.json"), "utf8");
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    assert.equal(version, `v${tools["bridged-openstack"].version}`);
  });

  it("has every resource of the npm package, with its properties and secrets, and no other", () => {
    const declared = sources.flatMap((source) => resource(source) ?? []);
    assert.ok(declared.length > 70);
    const served = Object.entries(shape.resources).map(([token, properties]) => ({
      token,
      properties: Object.keys(properties).sort(),
      secret: Object.keys(properties)
        .filter((name) => properties[name]?.secret)
        .sort(),
    }));
    assert.deepEqual(byToken(served), byToken(declared));
  });

  it("has every function of the npm package, with its arguments, and no other", () => {
    const declared = sources.flatMap((source) => invoked(source) ?? []);
    assert.ok(declared.length > 35);
    const known = declared.map(({ token }) => token).sort();
    assert.deepEqual(Object.keys(shape.functions).sort(), known);
    for (const { token, properties } of declared) {
      const served = Object.keys(shape.functions[token] ?? {});
      const missing = properties.filter((name) => !served.includes(name));
      assert.deepEqual(missing, [], token);
    }
  });

  it("takes every setting of the npm package's provider, and no other", async () => {
    const source = await readFile(path.join(sdk, "provider.js"), "utf8");
    assert.deepEqual(Object.keys(shape.provider).sort(), inputsIn(source));
  });
});

async function jsFiles(room: string): Promise<string[]> {
  const folder = path.join(sdk, room);
  const found = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  return found.map((name) => path.join(folder, name));
}

/** The resource that a file of the package declares. */
function resource(source: string): Declared | undefined {
  const token = /__pulumiType = '([^']+)'/.exec(source)?.[1];
  if (token === undefined) return undefined;
  const secret = /additionalSecretOutputs: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
  return { token, properties: inputsIn(source), secret: all(secret, /"(\w+)"/g) };
}

/** The function that a file of the package declares. */
function invoked(source: string): Declared | undefined {
  const token = /invoke(?:Output)?\("([^"]+)"/.exec(source)?.[1];
  if (token === undefined || source.includes("__pulumiType")) return undefined;
  return { token, properties: all(source, /"(\w+)": args\./g), secret: [] };
}

function inputsIn(source: string): string[] {
  return all(source, /resourceInputs\["(\w+)"\]/g);
}

function all(source: string, pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}

function byToken(list: readonly Declared[]): Declared[] {
  return [...list].sort((a, b) => (a.token < b.token ? -1 : 1));
}
