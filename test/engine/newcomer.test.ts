import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";

const root = path.resolve(__dirname, "../..");

/** In a new folder, with nothing but what git has: as a newcomer would, tool cache kept. */
describe("a fresh clone", function () {
  this.timeout(600_000);
  let clone: string;
  before(async () => {
    clone = path.join(await mkdtemp(path.join(tmpdir(), "eo-newcomer-")), "clone");
    await execa("git", ["clone", "--quiet", root, clone]);
  });
  after(async () => {
    await execa("make", ["down"], { cwd: clone, reject: false });
    await rm(path.dirname(clone), { recursive: true, force: true });
  });
  const make = (target: string) => {
    const env = { PULUMI_CONFIG_PASSPHRASE: undefined, EO_LOCAL_DIR: undefined };
    return execa("make", [target], { cwd: clone, env, all: true, reject: false });
  };

  it("draws a graph with Node alone: ./eo prepares itself", async () => {
    const env = { PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` };
    const run = await execa("./eo", ["graph", "local"], { cwd: clone, env, extendEnv: false });
    assert.match(run.stdout, /^eoplatform:index:OpenEo\topeneo$/m);
  });

  it("comes up, and says what is simulated", async () => {
    const run = await make("up");
    assert.equal(run.exitCode, 0, run.all);
    assert.match(run.all, /simulated pods: nothing answers/);
  });

  it("comes up again with no change", async () => {
    const run = await make("up");
    assert.equal(run.exitCode, 0, run.all);
    assert.match(run.all, /\d+ unchanged/);
    assert.doesNotMatch(run.all, /\d+ (created|updated|deleted|replaced)/);
  });

  it("leaves no stray file in the clone", async () => {
    const { stdout } = await execa("git", ["status", "--porcelain"], { cwd: clone });
    assert.equal(stdout, "");
  });

  it("goes down, and nothing of it is left", async () => {
    const state = path.join(clone, ".local/control-plane/state.json");
    const pids = [...(await readFile(state, "utf8")).matchAll(/"pid":\s*(\d+)/g)].map((m) => m[1]);
    assert.ok(pids.length >= 6, "fewer processes recorded than the control plane has");
    const run = await make("down");
    assert.equal(run.exitCode, 0, run.all);
    assert.ok(!existsSync(path.join(clone, ".local")));
    const { stdout } = await execa("ps", ["-eo", "args"]);
    assert.ok(!stdout.includes(clone), "a process of the clone is still running");
  });
});
