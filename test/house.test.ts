import assert from "node:assert/strict";
import path from "node:path";
import { execa } from "execa";

const root = path.resolve(__dirname, "..");

describe("the house", function () {
  this.timeout(300_000);

  it("passes its own checks: types, lint, import directions, format", async () => {
    const run = await execa("make", ["check"], { cwd: root, reject: false, all: true });
    assert.equal(run.exitCode, 0, run.all);
  });

  it("commits no stack file with a secret or an encryption salt", async () => {
    const { stdout } = await execa("git", ["ls-files", "Pulumi.*.yaml"], { cwd: root });
    const files = stdout.split("\n").filter((name) => name !== "");
    assert.ok(files.length >= 3, "no stack files found");
    const hit = ["grep", "-lE", "secure:|encryptionsalt", "--", ...files];
    const { exitCode, stdout: hits } = await execa("git", hit, { cwd: root, reject: false });
    assert.equal(exitCode, 1, hits);
  });
});
