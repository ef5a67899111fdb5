import assert from "node:assert/strict";
import { pulumi } from "../../embedded/local/engine";
import { localStack, prepareLocal } from "../../embedded/local/up";
import { startPlatform, up, type Platform } from "../support/platform";

describe("an update of the stack local that is interrupted", function () {
  this.timeout(300_000);
  let platform: Platform;
  beforeEach(async () => {
    platform = await startPlatform();
  });
  afterEach(async () => platform.stop());

  /** Starts an update and ends the engine while it waits for the first chart's release. */
  async function interrupt(signal: "SIGINT" | "SIGKILL"): Promise<void> {
    const args = ["up", "--yes", "--skip-preview", "--color", "never", "--stack", localStack];
    const run = pulumi(platform.paths, platform.bin, args, { reject: false, all: true });
    for await (const line of run.iterable({ from: "all" })) {
      if (/helm\.sh\/v3:Release .* creating/.test(String(line))) break;
    }
    run.kill(signal);
    await run;
    assert.notEqual(run.exitCode, 0, "the update was over before it was interrupted");
  }

  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    it(`by ${signal}: the next make up converges, and one more changes nothing`, async () => {
      await interrupt(signal);
      await prepareLocal({ paths: platform.paths });
      await up(platform);
      assert.deepEqual(Object.keys(await up(platform)), ["same"]);
      const releases = ["get", "secrets", "-A", "-l", "owner=helm,status=deployed", "-o", "name"];
      assert.equal((await platform.kubectl(...releases)).split("\n").length, 2);
    });
  }
});
