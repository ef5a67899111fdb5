import assert from "node:assert/strict";
import { record } from "../../automation/record";
import { deploy, type Sources } from "../../platform";
import { layerCatalog } from "../components/specimens";
import { root, settingsOf, specimen } from "../settings/specimen";

const none = (what: string) => {
  throw new Error(`nobody should ask for ${what}`);
};
const sources: Sources = {
  secret: none,
  file: (path) => (path.endsWith(".json") ? layerCatalog : `content of ${path}`),
  template: () => none("the image"),
};
const off = { enabled: false };

/** What a stack of these parts registers, and its outputs; the others are off. */
async function deployed(parts: Readonly<Record<string, unknown>>) {
  let outputs: object = {};
  const settings = settingsOf({
    target: "local",
    traefik: off,
    sparkOperator: off,
    objectStore: off,
    openeo: off,
    ...parts,
  });
  const registered = await record(() => (outputs = deploy(settings, sources)));
  return { registered, types: registered.map(({ type }) => type), outputs: Object.keys(outputs) };
}

describe("the platform of a stack", () => {
  it("is nothing at all where every part is off: no connection to a cluster either", async () => {
    const { types, outputs } = await deployed({});
    assert.deepEqual({ types, outputs }, { types: [], outputs: [] });
  });

  it("has one connection to the cluster, however many parts are on", async () => {
    const { types, outputs } = await deployed({ traefik: {}, sparkOperator: {}, objectStore: {} });
    assert.equal(types.filter((type) => type.startsWith("pulumi:providers:")).length, 1);
    assert.deepEqual(outputs.sort(), ["ingressClass", "jobNamespaces", "objectStoreUrl"]);
  });

  it("gives openEO a template of batch jobs in place of the settings that it stands for", async () => {
    const batch = { template: "config/jobs.yaml.j2" };
    const openeo = { ...(specimen()["openeo"] as object), batch };
    const { registered } = await deployed({
      traefik: {},
      sparkOperator: {},
      objectStore: {},
      openeo,
    });
    const template = registered.find(({ name }) => name === "openeo-batch-template");
    assert.deepEqual(template?.inputs["data"], {
      "sparkapplication.yaml.j2": `content of ${root}/config/jobs.yaml.j2`,
    });
  });
});
