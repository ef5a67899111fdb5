import assert from "node:assert/strict";
import { record } from "../../automation/record";
import { deploy, type Sources } from "../../platform";
import { settingsOf } from "../settings/specimen";

const none = (what: string) => {
  throw new Error(`nobody should ask for ${what}`);
};
const sources: Sources = { secret: none, file: none };
const off = { enabled: false };

/** What a stack of these parts registers, and its outputs. */
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
  return { types: registered.map(({ type }) => type), outputs: Object.keys(outputs) };
}

describe("the platform of a stack", () => {
  it("is nothing at all where every part is off: no connection to a cluster either", async () => {
    assert.deepEqual(await deployed({}), { types: [], outputs: [] });
  });

  it("has one connection to the cluster, however many parts are on", async () => {
    const { types, outputs } = await deployed({ traefik: {}, sparkOperator: {}, objectStore: {} });
    assert.equal(types.filter((type) => type.startsWith("pulumi:providers:")).length, 1);
    assert.deepEqual(outputs.sort(), ["ingressClass", "jobNamespaces", "objectStoreUrl"]);
  });
});
