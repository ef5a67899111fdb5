import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  configMapLimitBytes,
  describeProblem,
  oversized,
  readCatalogue,
} from "../../components/workloads/openeo/catalogue";
import { skip } from "../support/skip";
import { after, changed, collection, fileOf, said } from "./catalogueSpecimen";

describe("a layer catalogue", () => {
  it("passes with all it can hold, and with an id and a data source alone", () => {
    const least = { id: "B", _vito: { data_source: { type: "testing" } }, extra: { any: ["key"] } };
    const smallest = { ...least, id: "T4x4" };
    const { collections, problems } = readCatalogue([
      fileOf("a.json", collection(), smallest),
      fileOf("b.json", { ...least, _vito: { data_source: { type: "FILE-S2" } } }),
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(collections, [
      { id: "SENTINEL2_L2A", file: "a.json" },
      { id: "T4x4", file: "a.json" },
      { id: "B", file: "b.json" },
    ]);
  });

  it("that is no JSON is one problem, with its place", () => {
    assert.deepEqual(said({ name: "a.json", content: '[\n  {"id": "A",}\n]' }), [
      "a.json:2:14: is no JSON: property name expected",
    ]);
    assert.deepEqual(said({ name: "a.json", content: "[1,\n]" }), [
      "a.json:2:1: is no JSON: value expected",
    ]);
    assert.deepEqual(said({ name: "a.json", content: "" }), [
      "a.json: is no JSON: the file is empty",
    ]);
    assert.deepEqual(said({ name: "a.json", content: "\uFEFF[]" }), [
      "a.json:1:1: is no JSON: it starts with a byte order mark",
    ]);
    assert.match(
      said({ name: "a.json", content: "[ // note\n]" })[0] ?? "",
      /^a\.json:1:3: is no JSON: /,
    );
    assert.match(said({ name: "a.json", content: "[NaN]" })[0] ?? "", /^a\.json:1:2: is no JSON: /);
  });

  it("that is nested too deep to be searched is judged all the same", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    assert.deepEqual(said({ name: "a.json", content: deep }), [
      "a.json: [0]: must be an object: a STAC collection (given: a list of 1)",
    ]);
    assert.equal(said({ name: "a.json", content: deep.slice(1) }).length, 1);
  });

  it("that is no list of collections says what it is", () => {
    assert.deepEqual(said({ name: "a.json", content: '{"collections": []}' }), [
      "a.json: must be a list of collections (given: an object)",
    ]);
    assert.deepEqual(said({ name: "a.json", content: "[7]" }), [
      "a.json:1:2: [0]: must be an object: a STAC collection (given: 7)",
    ]);
  });

  it("lists all its errors with file, line, collection and path, in the order of lines", () => {
    const content = `[
  {
    "id": "A",
    "links": null,
    "extent": { "spatial": { "bbox": [[0, 84, 10, 83]] } },
    "_vito": { "data_source": { "type": "stac" } }
  },
  { "_vito": { "data_source": { "type": "file-s2" } } }
]`;
    assert.deepEqual(said({ name: "a.json", content }), [
      "a.json:4:14: A: links: must be a list of links (given: null)",
      "a.json:5:39: A: extent.spatial.bbox[0]: must be [west, south, east, north] in degrees, or six numbers with the lowest and highest height third and last; south at most north (given: [0, 84, 10, 83])",
      "a.json:6:31: A: _vito.data_source.url: is missing; it must be a text",
      "a.json:8:3: [1]: id: is missing; it must be letters, digits, `_`, `-`, `.` and `~`",
    ]);
  });

  it("names both places of an id that is given twice", () => {
    const other = changed(collection(), ["title"], "Another");
    assert.deepEqual(
      said(fileOf("a.json", { id: 1 }, collection()), fileOf("b.json", other)).slice(-1),
      [
        "b.json:3:11: SENTINEL2_L2A: id: is the id of collection [1] of a.json too; an id is given once",
      ],
    );
    assert.equal(said(fileOf("a.json", collection(), collection())).length, 1);
  });

  it("has files that can be mounted beside each other and named in one variable", () => {
    assert.deepEqual(
      said(
        fileOf("a,b.json"),
        fileOf("c.geojson"),
        fileOf("x/d.json"),
        fileOf("y/d.json"),
        fileOf("x/d.json"),
      ),
      [
        "a,b.json: must be named with letters, digits, `.`, `_` and `-`, and end in .json",
        "c.geojson: must be named with letters, digits, `.`, `_` and `-`, and end in .json",
        "y/d.json: must be named otherwise than x/d.json",
        "x/d.json: is named twice",
      ],
    );
  });

  it("is one line a problem, whatever an id holds", () => {
    const [line = ""] = said(fileOf("a.json", changed(collection(), ["id"], "a\nb\u2028c")));
    assert.ok(!/[\n\u2028]/.test(line), line);
    assert.match(line, /a\\u000ab\\u2028c/);
  });
});

describe("catalogues of others", () => {
  it("the fragments of the platform's sources pass", function () {
    const folder = path.resolve(__dirname, "../../../shared/sources");
    if (!existsSync(folder))
      skip(this, "the source documents are not here; they lie beside the repository");
    const sources = readdirSync(folder).map((name) =>
      readFileSync(path.join(folder, name), "utf8"),
    );
    const fragments = sources.flatMap(
      (text) => /"data_source": (\{[^{}]*?"incd"\s*)/.exec(text)?.[1] ?? [],
    );
    assert.equal(fragments.length, 2);
    for (const fragment of fragments) {
      assert.deepEqual(after(["_vito", "data_source"], JSON.parse(`${fragment}}`)), []);
    }
  });

  it("our examples pass", () => {
    const folder = path.resolve(__dirname, "../../catalogues");
    for (const name of readdirSync(folder)) {
      assert.deepEqual(said({ name, content: readFileSync(path.join(folder, name), "utf8") }), []);
    }
  });
});

describe("the size of a catalogue", () => {
  const sized = (name: string, bytes: number) => ({ name, content: " ".repeat(bytes) });
  it("is at most what a ConfigMap holds, a file", () => {
    const full = configMapLimitBytes;
    assert.deepEqual(oversized([sized("a.json", full), sized("b.json", full)]), []);
    const [problem] = oversized([sized("a.json", full), sized("b.json", full + 1)]);
    assert.ok(problem);
    assert.match(
      describeProblem(problem),
      /^b\.json: has 1048577 bytes, and a ConfigMap holds 1048576/,
    );
  });

  it("is counted in bytes, not in letters", () => {
    assert.equal(oversized([{ name: "a.json", content: "é".repeat(600_000) }]).length, 1);
  });
});
