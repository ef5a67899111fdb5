import assert from "node:assert/strict";
import { withoutProse } from "../../components/base/withoutProse";

describe("a CRD without prose", () => {
  it("loses its descriptions, and nothing else", () => {
    const schema = {
      description: "prose",
      properties: {
        description: { type: "string", description: "prose", default: "kept" },
        list: { items: { type: "object", description: "prose" } },
        choice: { default: { description: "a value" }, enum: [{ description: "a value" }] },
      },
      versions: [{ name: "v1", schema: { description: "prose" } }],
    };
    assert.deepEqual(withoutProse(schema), {
      properties: {
        description: { type: "string", default: "kept" },
        list: { items: { type: "object" } },
        choice: { default: { description: "a value" }, enum: [{ description: "a value" }] },
      },
      versions: [{ name: "v1", schema: {} }],
    });
  });
});
