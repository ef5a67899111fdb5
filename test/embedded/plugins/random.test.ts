import assert from "node:assert/strict";
import { unknown } from "../../../embedded/plugins/protocol/properties";
import { Plugin, properties, Resource } from "./plugin";
import { text } from "./shared";

const password = "random:index/randomPassword:RandomPassword";

describe("the stand-in for the random plugin", function () {
  this.timeout(30_000);
  let plugin: Plugin;

  before(async () => {
    plugin = await Plugin.start("random");
    await plugin.configure();
  });

  after(() => plugin.stop());

  it("makes passwords of the wanted length and classes, and keeps them and their hash secret", async () => {
    const resource = new Resource(plugin, password, "p");
    await resource.apply({ length: 12, special: false, upper: false, minNumeric: 3 });
    const { value, secrets } = resource.kept?.state ?? properties({});
    assert.match(text(value["result"]), /^[a-z0-9]{12}$/);
    assert.ok((text(value["result"]).match(/\d/g)?.length ?? 0) >= 3);
    assert.match(text(value["bcryptHash"]), /^\$2[aby]\$10\$.{53}$/);
    assert.deepEqual([...secrets].map((path) => path.join(".")).sort(), ["bcryptHash", "result"]);
  });

  it("keeps a value as long as its inputs stay, and replaces it when any of them changes", async () => {
    const resource = new Resource(plugin, password, "p");
    await resource.apply({ length: 12, keepers: { generation: 1 } });
    const first = resource.kept?.state.value["result"];
    assert.deepEqual(await resource.apply({ length: 12, keepers: { generation: 1 } }), {
      step: "same",
      paths: [],
    });
    assert.equal(resource.kept?.state.value["result"], first);
    const again = await resource.apply({ length: 12, keepers: { generation: 2 } });
    assert.deepEqual(again, { step: "replace", paths: ["keepers"] });
    assert.notEqual(resource.kept?.state.value["result"], first);
  });

  it("tells a preview that there will be values, not which", async () => {
    const inputs = properties({ byteLength: 4 });
    const { id, state } = await plugin.create(
      "urn:pulumi:test::plugins::random:index/randomId:RandomId::i",
      inputs,
      { preview: true },
    );
    assert.equal(id, "");
    assert.equal(state.value["hex"], unknown);
  });

  const kinds: [string, Record<string, number>, string, RegExp][] = [
    ["randomString:RandomString", { length: 5 }, "result", /^.{5}$/],
    ["randomId:RandomId", { byteLength: 4 }, "hex", /^[0-9a-f]{8}$/],
    ["randomBytes:RandomBytes", { length: 3 }, "base64", /^[\w+/]{4}$/],
    ["randomUuid:RandomUuid", {}, "result", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    ["randomInteger:RandomInteger", { min: 3, max: 3 }, "result", /^3$/],
  ];
  for (const [type, inputs, output, pattern] of kinds) {
    it(`makes a ${type.split(":")[1]}`, async () => {
      const resource = new Resource(plugin, `random:index/${type}`, "r");
      await resource.apply(inputs);
      assert.match(text(resource.kept?.state.value[output]), pattern);
    });
  }

  const refused: [string, string, Record<string, unknown>, RegExp][] = [
    ["a length of nothing", password, { length: 0 }, /whole number of at least 1, got 0/],
    ["more minima than length", password, { length: 2, minLower: 3 }, /at least 3, the sum of/],
    [
      "no class of characters",
      password,
      { length: 2, lower: false, upper: false, numeric: false, special: false },
      /at least one of lower, upper, numeric and special/,
    ],
    ["a kind it does not have", "random:index/randomPet:RandomPet", {}, /not among the kinds/],
  ];
  for (const [what, type, inputs, message] of refused) {
    it(`refuses ${what}`, async () => {
      const resource = new Resource(plugin, type, "r");
      await assert.rejects(resource.apply(inputs as Record<string, number>), message);
    });
  }

  it("ends at once when the engine asks it to", async () => {
    const other = await Plugin.start("random");
    await other.cancel();
    assert.equal(await other.stop(), 0);
  });
});
