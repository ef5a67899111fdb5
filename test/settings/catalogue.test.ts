import assert from "node:assert/strict";
import fc from "fast-check";
import { catalogueProblems } from "../../settings/catalogue";
import { describeProblems } from "../../settings/problem";

const source = { _vito: { data_source: { type: "stac", url: "https://example.org" } } };
const good = JSON.stringify([{ id: "A", ...source }]);
const named = (index: number, name: string, content: string) => ({
  key: `openeo.layerCatalogs[${index}]`,
  name,
  content,
});

describe("the files of the layer catalogue, as settings", () => {
  it("are no problem when they are in order", () => {
    assert.deepEqual(catalogueProblems([named(0, "a.json", good)]), []);
  });

  it("three errors in a file are one message that lists three", () => {
    const three = JSON.stringify([{ id: 7, title: 7, links: null, ...source }]);
    const problems = catalogueProblems([named(0, "catalogues/a.json", three)], "prod");
    assert.equal(problems.length, 1);
    assert.equal(
      describeProblems(problems),
      [
        "the settings have 1 problem",
        "  openeo.layerCatalogs[0]: catalogues/a.json has 3 problems:",
        "      1:8: [0]: id: must be letters, digits, `_`, `-`, `.` and `~` (given: 7)",
        "      1:18: [0]: title: must be a text (given: 7)",
        "      1:28: [0]: links: must be a list of links (given: null)",
        "    mend it: edit catalogues/a.json, then ./eo check prod",
      ].join("\n"),
    );
  });

  it("an id that two files give is one message, with both", () => {
    const [problem, ...more] = catalogueProblems([
      named(0, "a.json", good),
      named(1, "b.json", good),
    ]);
    assert.deepEqual(more, []);
    assert.equal(problem?.key, "openeo.layerCatalogs[1]");
    assert.match(
      problem.message,
      /^b\.json has 1 problem:\n.* A: id: is the id of .* of a\.json too/,
    );
  });

  it("a file that is no JSON is one message with the place", () => {
    const problems = catalogueProblems([named(0, "a.json", "[\n  {]")]);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.message ?? "", /^a\.json has 1 problem:\n +2:4: is no JSON: /);
  });

  it("2 MiB are one message, which names the sizes and the way by an image", () => {
    const large = good.padEnd(2 * 1024 * 1024);
    const problems = catalogueProblems(
      [named(0, "a.json", large), named(1, "b.json", "[]")],
      "prod",
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.message ?? "", /has 2097152 bytes, and a ConfigMap holds 1048576/);
    assert.equal(problems[0]?.remedy, "./eo openeo image build prod");
  });

  it("whatever they hold, a file has one problem at most, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string(), fc.constant(good))), (contents) => {
        const problems = catalogueProblems(
          contents.map((text, at) => named(at, `${at}.json`, text)),
        );
        const keys = problems.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });
});
