import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { eo, root } from "../support/eo";

/** Reviewed like code: `make golden` rewrites them, this test never does. */
describe("the graph of each stack", () => {
  for (const stack of ["local", "dev", "prod"]) {
    it(`of ${stack} is the reviewed one`, async () => {
      const golden = await readFile(path.join(root, `test/golden/${stack}.graph`), "utf8");
      assert.equal((await eo("graph", stack)).stdout, golden);
    });
  }
});
