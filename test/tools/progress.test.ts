import assert from "node:assert/strict";
import { duration, line, plainLines, runSteps, type Progress } from "../../tools/progress";

describe("progress", () => {
  it("says step, number of steps, what is done and how long it took", () => {
    const now: Progress = {
      step: 2,
      of: 6,
      text: "building kube-apiserver 1.36.3",
      state: "running",
      seconds: 171,
    };
    assert.equal(line(now), "[2/6] building kube-apiserver 1.36.3 … 2m51s");
    assert.equal(
      line({ ...now, state: "done" }),
      "[2/6] building kube-apiserver 1.36.3 … 2m51s, done",
    );
    assert.equal(
      line({ ...now, state: "changed", seconds: 0 }),
      "[2/6] building kube-apiserver 1.36.3",
    );
  });

  for (const [seconds, text] of [
    [0, "0s"],
    [59, "59s"],
    [60, "1m00s"],
    [605, "10m05s"],
  ] as const) {
    it(`says ${seconds} seconds as ${text}`, () => assert.equal(duration(seconds), text));
  }

  it("in a pipe gives a sign of life every half minute, and not every second", () => {
    const lines: string[] = [];
    const show = plainLines((text) => lines.push(text));
    const now = { step: 1, of: 2, text: "building etcd", state: "running" } as const;
    for (let seconds = 0; seconds <= 61; seconds++) show({ ...now, seconds });
    show({ ...now, state: "done", seconds: 62 });
    for (let seconds = 0; seconds <= 31; seconds++) show({ ...now, step: 2, seconds });
    assert.deepEqual(lines, [
      "[1/2] building etcd … 30s",
      "[1/2] building etcd … 1m00s",
      "[1/2] building etcd … 1m02s, done",
      "[2/2] building etcd … 30s",
    ]);
  });

  it("goes step by step, and a failed step ends it", async () => {
    const seen: string[] = [];
    const step = (title: string, failure?: Error) => ({
      title,
      run: (say: (text: string) => void) => {
        say(`making ${title}`);
        return failure ? Promise.reject(failure) : Promise.resolve();
      },
    });
    const steps = [step("a"), step("b", new Error("b broke")), step("c")];
    const tell = (now: Progress) => seen.push(`${now.step}/${now.of} ${now.state} ${now.text}`);
    await assert.rejects(runSteps(steps, tell), /b broke/);
    assert.deepEqual(seen, ["1/3 changed making a", "1/3 done making a", "2/3 changed making b"]);
  });
});
