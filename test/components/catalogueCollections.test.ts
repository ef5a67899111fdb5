import assert from "node:assert/strict";
import { dataSourceTypes } from "../../components/workloads/openeo/catalogue";
import { after, changed, collection, fileOf, said } from "./catalogueSpecimen";

describe("a collection", () => {
  const rejected: readonly (readonly [string, readonly (string | number)[], readonly unknown[]])[] =
    [
      ["id", ["id"], ["", "a/b", "a b", 7, null]],
      ["type", ["type"], ["Catalog", "Feature"]],
      ["stac_version", ["stac_version"], ["1", 1]],
      ["title", ["title"], [7, "", null]],
      ["license", ["license"], ["", ["MIT"]]],
      ["keywords", ["keywords"], ["optical", [7]]],
      ["links", ["links"], [null, {}, ["https://example.org"], [{ rel: "self" }], [{ href: "a" }]]],
      [
        "providers",
        ["providers"],
        [null, ["ESA"], [{ roles: [] }], [{ name: "A", url: "nowhere" }]],
      ],
      ["extent", ["extent"], [null, []]],
      [
        "box",
        ["extent", "spatial", "bbox"],
        [
          [],
          [[]],
          [[1, 2, 3]],
          [[0, 0, 0, 91]],
          [[0, 5, 0, 4]],
          [[0, 0, 181, 1]],
          [[0, 0, 9, 1, 1, 8]],
          [["0", "0", "1", "1"]],
          [1, 2, 3, 4],
        ],
      ],
      [
        "interval",
        ["extent", "temporal", "interval"],
        [
          [],
          [[]],
          [["2015-07-04T00:00:00Z"]],
          [["yesterday", null]],
          [["2015-13-01", null]],
          [["2015-02-30", null]],
          [["2016-01-01", "2015-01-01"]],
          ["2015-01-01", null],
        ],
      ],
      ["dimensions", ["cube:dimensions"], [null, [], { x: 1 }, { z: {} }]],
      ["axis", ["cube:dimensions", "x", "axis"], ["X", undefined]],
      ["step", ["cube:dimensions", "x", "step"], [0, null, "10"]],
      [
        "reference system",
        ["cube:dimensions", "x", "reference_system"],
        ["EPSG:4326", 1.5, {}, { id: { authority: "OGC", code: "CRS84" } }],
      ],
      ["spatial extent", ["cube:dimensions", "y", "extent"], [[10, 0], [1], ["a", "b"]]],
      ["temporal extent", ["cube:dimensions", "t", "extent"], [["2016-01-01", "2015-01-01"], null]],
      ["temporal step", ["cube:dimensions", "t", "step"], [5, "5D"]],
      ["bands", ["cube:dimensions", "bands", "values"], [undefined, [], [2], ["B02", "B02"]]],
      ["type of x", ["cube:dimensions", "x", "type"], ["bands", "x"]],
      ["type of bands", ["cube:dimensions", "bands", "type"], ["band"]],
      ["summaries", ["summaries"], [[], null]],
      ["band summaries", ["summaries", "eo:bands"], [{}, ["B02"], [{ common_name: "blue" }]]],
      ["own part", ["_vito"], [undefined, null, {}]],
      ["data source", ["_vito", "data_source"], [null, "file-s2", {}]],
      [
        "type of the source",
        ["_vito", "data_source", "type"],
        [undefined, "file-s4", 2, "Virtual:Merge-by-common-name"],
      ],
      ["endpoint", ["_vito", "data_source", "opensearch_endpoint"], ["resto.example.org", null]],
      ["backend", ["_vito", "data_source", "provider:backend"], [1]],
    ];
  for (const [what, at, values] of rejected) {
    it(`is refused for a wrong ${what}`, () => {
      for (const value of values) {
        const lines = after(at, value);
        assert.ok(lines.length > 0, `${JSON.stringify(value)} passes`);
        for (const line of lines) assert.match(line, /: (is missing; it )?must be \S/);
      }
    });
  }

  const accepted: readonly (readonly [string, readonly (string | number)[], readonly unknown[]])[] =
    [
      [
        "a box across the antimeridian, and one with heights",
        ["extent", "spatial", "bbox"],
        [[[170, -10, -170, 10]], [[0, 0, -5, 1, 1, 5]]],
      ],
      [
        "dates, zones, fractions and open ends",
        ["extent", "temporal", "interval"],
        [
          [["2015-07-04", "2016-01-01"]],
          [[null, null]],
          [["2015-07-04T10:00:00.123+02:00", null]],
          [["2016-12-31T23:59:60Z", null]],
        ],
      ],
      [
        "a projection by PROJJSON",
        ["cube:dimensions", "x", "reference_system"],
        [
          { id: { authority: "OGC", code: "Auto42001" } },
          { id: { authority: "EPSG", code: 3035 } },
        ],
      ],
      ["a dimension of its own type", ["cube:dimensions", "depth"], [{ type: "ocean" }]],
      [
        "no endpoint, or an empty one",
        ["_vito", "data_source", "opensearch_endpoint"],
        [undefined, ""],
      ],
      [
        "no collection id of the search service",
        ["_vito", "data_source", "opensearch_collection_id"],
        [undefined, ""],
      ],
      ["what the backend fills in left out", ["extent"], [undefined, {}]],
    ];
  for (const [what, at, values] of accepted) {
    it(`passes with ${what}`, () => {
      for (const value of values) assert.deepEqual(after(at, value), []);
    });
  }
});

describe("a data source", () => {
  const needs: Readonly<Record<string, readonly string[]>> = {
    stac: ["url"],
    "sentinel-hub": ["dataset_id", "endpoint"],
    "file-cgls2": ["data_glob", "date_regex"],
    "file-agera5": ["data_glob", "date_regex"],
    "file-glob": ["data_glob", "date_regex"],
    "file-globspatialonly": ["data_glob"],
    geotiff: ["date_regex", "glob_pattern"],
    accumulo: ["data_id"],
    creo: ["level", "mission"],
    merged_by_common_name: ["merged_collections"],
    "file-s5p": ["load_stac_feature_flags"],
  };
  it("has what the driver cannot do without for its type", () => {
    const apart = ["testing", "virtual:merge-by-common-name"];
    for (const type of dataSourceTypes.filter((name) => !apart.includes(name))) {
      const missing = after(["_vito", "data_source"], { type }).map((line) => {
        assert.match(line, /is missing/);
        return /^_vito\.data_source\.(\w+)/.exec(line)?.[1];
      });
      assert.deepEqual(missing.sort(), needs[type] ?? [], type);
    }
  });

  it("lists all that it misses beside what is wrong in it", () => {
    const source = { type: "geotiff", "provider:backend": 7 };
    assert.equal(after(["_vito", "data_source"], source).length, 3);
  });

  it("needs no dataset of PLANETSCOPE, whose users name theirs", () => {
    const source = { type: "sentinel-hub", endpoint: "https://example.org" };
    const planet = { id: "PLANETSCOPE", _vito: { data_source: source } };
    assert.deepEqual(said(fileOf("a.json", planet)), []);
  });

  it("of Sentinel-3 and 5P needs the cube's steps", () => {
    const lines = said(fileOf("a.json", { id: "S3", _vito: { data_source: { type: "file-s3" } } }));
    assert.match(lines.join("\n"), /cube:dimensions: is missing; it must be given, with a step/);
  });

  it("of the test type needs the size of a tile in the id", () => {
    const of = (id: string) =>
      said(fileOf("a.json", { id, _vito: { data_source: { type: "testing" } } }));
    assert.deepEqual(of("TestCollection-LonLat16x16"), []);
    assert.equal(of("TestCollection").length, 1);
    assert.equal(of("T4x8").length, 1);
  });
});

describe("collections with a common name", () => {
  const named = (id: string, name: string, type = "file-s2") =>
    changed(
      changed(changed(collection(), ["id"], id), ["common_name"], name),
      ["_vito", "data_source", "type"],
      type,
    );

  it("pass when one of them describes each band", () => {
    const other = changed(named("B", "S2"), ["summaries"], undefined);
    assert.deepEqual(said(fileOf("a.json", named("A", "S2"), other)), []);
  });

  it("are refused for a band that none describes, which would stop the backend", () => {
    const lines = said(fileOf("a.json", changed(named("A", "S2"), ["summaries"], {})));
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? "",
      /cube:dimensions\.bands\.values\[0\]: must be described in summaries/,
    );
  });

  it("leave the name to the merged collection, and to the entry that describes it", () => {
    const placeholder = "virtual:merge-by-common-name";
    assert.deepEqual(said(fileOf("a.json", named("A", "S2"), named("S2", "S2", placeholder))), []);
    assert.match(
      said(fileOf("a.json", named("S2", "S2"))).join(),
      /must be another name than the id/,
    );
    assert.match(
      said(fileOf("a.json", named("P", "S2", placeholder))).join(),
      /must be the collection's own id/,
    );
  });
});
