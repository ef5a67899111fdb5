import assert from "node:assert/strict";
import type { Engine } from "../../automation/nodes/engine";
import { rollNodes } from "../../automation/nodes/roll";
import { UserError } from "../../automation/userError";

/** A stack whose nodes each have a generation; those below 2 are not as the settings say. */
class FakeStack implements Engine {
  readonly log: string[] = [];
  generations = [1, 2, 1];
  otherChanges = 0;
  /** Whether the API's address leads to the first worker, unless that is replaced; where it leads now. */
  hasAddress = false;
  address = 0;
  replaceable: readonly string[] = [];
  ready = true;
  /** Whether nodes that were replaced have left. */
  gone = true;

  private wanted(): number[] {
    return this.generations.flatMap((generation, index) =>
      generation < 2 && this.replaceable.includes(`workers-${index + 1}`) ? [index] : [],
    );
  }
  outputs() {
    const workers = this.generations.map((generation, index) => `w${index + 1}-${generation}`);
    return Promise.resolve({ kubeconfig: "text", nodes: { control: ["c1-1"], workers } });
  }
  private leader = () => (this.hasAddress && this.replaceable.includes("workers-1") ? 1 : 0);
  pending = () =>
    Promise.resolve(
      this.otherChanges + this.wanted().length + (this.leader() === this.address ? 0 : 1),
    );
  up() {
    this.address = this.leader();
    for (const index of this.wanted()) this.generations[index] = 2;
    this.log.push(`up, may replace ${this.replaceable.join(" ")}`);
    return Promise.resolve();
  }
  mayReplace(nodes: readonly string[]) {
    this.replaceable = nodes;
    return Promise.resolve();
  }
  statesOf = () => ({
    isReady: (name: string) => {
      this.log.push(`asked for ${name}`);
      return Promise.resolve(this.ready);
    },
    isGone: () => Promise.resolve(this.gone),
  });
}

describe("./eo nodes roll", () => {
  const roll = (stack: FakeStack, pool = "workers") =>
    rollNodes({
      stack: "prod",
      pool,
      engine: stack,
      statesOf: stack.statesOf,
      say: (line) => stack.log.push(line),
      limitSeconds: 0,
      everyMilliseconds: 1,
    });

  it("replaces what is not as the settings say, one after the other, and nothing else", async () => {
    const stack = new FakeStack();
    assert.deepEqual(await roll(stack), ["workers-1", "workers-3"]);
    assert.deepEqual(stack.log, [
      "workers-1: updating",
      "up, may replace workers-1",
      "asked for w1-2",
      "workers-1: w1-2 takes pods",
      "workers-2: is as the settings say",
      "workers-3: updating",
      "up, may replace workers-3",
      "asked for w3-2",
      "workers-3: w3-2 takes pods",
    ]);
    assert.deepEqual(stack.replaceable, []);
    assert.deepEqual(await roll(stack), []);
  });

  it("has the API's address lead back, which led around its node, and counts no node for that", async () => {
    const stack = new FakeStack();
    stack.hasAddress = true;
    stack.generations = [1, 2, 2];
    assert.deepEqual(await roll(stack), ["workers-1"]);
    assert.equal(await stack.pending(), 0);
    assert.ok(stack.log.includes("workers-2: is as the settings say"));
    const only = new FakeStack();
    only.hasAddress = true;
    only.generations = [1];
    assert.deepEqual(await roll(only), ["workers-1"]);
    assert.equal(await only.pending(), 0);
  });

  it("goes no further while a new node takes no pods, and goes on where it was", async () => {
    const stack = new FakeStack();
    stack.ready = false;
    await assert.rejects(roll(stack), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /w1-2 does not take pods.*\.\/eo nodes roll prod workers goes on/,
      );
      return true;
    });
    assert.deepEqual(stack.generations, [2, 2, 1]);
    assert.deepEqual(stack.replaceable, []);
    stack.ready = true;
    assert.deepEqual(await roll(stack), ["workers-3"]);
  });

  it("goes no further while the node that was replaced is in the cluster", async () => {
    const stack = new FakeStack();
    stack.gone = false;
    await assert.rejects(roll(stack), /w1-1, which w1-2 has replaced, has not left the cluster/);
    assert.deepEqual(stack.generations, [2, 2, 1]);
  });

  it("refuses to make other changes along the way", async () => {
    const stack = new FakeStack();
    stack.otherChanges = 1;
    await assert.rejects(roll(stack), /other changes to make.*pulumi up --stack prod first/);
    assert.deepEqual(stack.generations, [1, 2, 1]);
  });

  it("tells which pools there are", async () => {
    await assert.rejects(
      roll(new FakeStack(), "gpu"),
      /no pool gpu: its pools are control, workers/,
    );
  });
});
