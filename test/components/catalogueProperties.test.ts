import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem, readCatalogue } from "../../components/workloads/openeo/catalogue";
import { valueAt } from "../../components/workloads/openeo/catalogue/shapes";
import { changed, collection } from "./catalogueSpecimen";

/** All paths into a value. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  const parts = list?.map((part, index) => [index, part] as const) ?? Object.entries(value);
  return [[...path], ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

const broken = fc
  .array(fc.tuple(fc.constantFrom(...pathsOf(collection())), fc.jsonValue({ maxDepth: 3 })), {
    maxLength: 4,
  })
  .map((changes) =>
    changes.reduce<unknown>((value, [at, leaf]) => changed(value, at, leaf), collection()),
  );

const documents = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(fc.oneof(broken, fc.jsonValue({ maxDepth: 2 })), { maxLength: 3 }),
);

describe("whatever a catalogue file holds", () => {
  it("any text is read or refused, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (content) => {
        for (const problem of readCatalogue([{ name: "a.json", content }]).problems) {
          assert.equal(describeProblem(problem).split(/[\n\r\u2028\u2029]/).length, 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("each problem's path is in the document, or names a key that is missing in it", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const content = JSON.stringify(document, undefined, 1);
        const { problems } = readCatalogue([{ name: "a.json", content }]);
        // What JSON makes of it: no -0, and `__proto__` as a key.
        const value: unknown = JSON.parse(content);
        for (const { path, line, message } of problems) {
          if (path.length === 0) continue;
          const owner = valueAt(value, path.slice(0, -1));
          assert.ok(typeof owner === "object" && owner !== null, JSON.stringify(path));
          const isThere = valueAt(value, path) !== undefined;
          assert.equal(message.startsWith("is missing"), !isThere, message);
          assert.ok(line !== undefined && line <= content.split("\n").length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("what is wrong in one file is the same whatever other files hold", () => {
    fc.assert(
      fc.property(broken, (value) => {
        const file = { name: "a.json", content: JSON.stringify([value]) };
        const other = { name: "b.json", content: "no JSON" };
        const alone = readCatalogue([file]).problems;
        const beside = readCatalogue([file, other]).problems.filter((one) => one.file === "a.json");
        assert.deepEqual(beside, alone);
      }),
      { numRuns: 100 },
    );
  });
});
