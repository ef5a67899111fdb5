import assert from "node:assert/strict";
import { cloudNames, clouds } from "../../settings/openstack/clouds";
import { cloudSources } from "../../settings/openstack/cloudSources";
import { flavorSizes, flavorSources } from "../../settings/openstack/flavors";

const entries = cloudNames.map((name) => [name, clouds[name]] as const);

/** The preset fields of a cloud. */
const preset = (facts: object): string[] =>
  Object.keys(facts).filter((key) => key !== "title" && key !== "sources");

describe("known clouds", () => {
  it("have one entry for each name, and no other", () => {
    assert.deepEqual(Object.keys(clouds).sort(), [...cloudNames].sort());
  });

  it("preset nothing without a source, and name no source of a thing that is not preset", () => {
    for (const [name, { sources, ...facts }] of entries) {
      assert.deepEqual(Object.keys(sources).sort(), preset(facts).sort(), name);
      for (const [field, named] of Object.entries(sources))
        assert.ok(named.length > 0, `${name}.${field} names no source`);
    }
  });

  it("preset nothing for a cloud that is not known", () => {
    assert.deepEqual(preset(clouds.generic), []);
  });

  it("are reached by https, except eodata's old address inside its own network", () => {
    for (const [name, { authUrl, objectStore, eodata }] of entries) {
      for (const url of [authUrl, objectStore?.endpoint])
        if (url !== undefined) assert.equal(new URL(url).protocol, "https:", `${name}: ${url}`);
      const endpoint = eodata?.endpoint;
      if (endpoint !== undefined && endpoint !== "http://data.cloudferro.com")
        assert.equal(new URL(endpoint).protocol, "https:", `${name}: ${endpoint}`);
    }
  });

  it("speak version 3 of Keystone, and sign requests to S3 for a region", () => {
    for (const [name, { authUrl, objectStore }] of entries) {
      if (authUrl !== undefined) assert.equal(new URL(authUrl).pathname, "/v3", name);
      if (objectStore !== undefined) assert.match(objectStore.region, /^[A-Za-z0-9-]+$/, name);
    }
  });

  it("list no flavor and no volume type twice", () => {
    for (const [name, { flavors = [], volumeTypes = [] }] of entries)
      for (const list of [flavors, volumeTypes])
        assert.equal(new Set(list).size, list.length, name);
  });
});

describe("sources of what is known of clouds", () => {
  it("are public https addresses with a place and a date, each used", () => {
    const used = new Set<string>(flavorSources);
    for (const [, { sources }] of entries)
      for (const named of Object.values(sources).flat()) used.add(named);
    for (const [name, { url, place, date }] of Object.entries(cloudSources)) {
      assert.equal(new URL(url).protocol, "https:", name);
      assert.ok(place.length > 0, name);
      assert.match(date, /^20\d\d-[01]\d(-[0-3]\d)?$/, name);
      assert.ok(used.has(name), `nothing was read in ${name}`);
    }
  });
});

describe("sizes of flavors", () => {
  it("are positive whole numbers", () => {
    for (const [name, size] of Object.entries(flavorSizes))
      for (const value of Object.values(size))
        assert.ok(Number.isInteger(value) && value > 0, name);
  });

  it("grow with the name within a family", () => {
    const order = ["large", "xlarge", "2xlarge"] as const;
    const memory = order.map((suffix) => flavorSizes[`eo2a.${suffix}`].ramGb);
    assert.deepEqual(
      [...memory].sort((left, right) => left - right),
      memory,
    );
  });
});
