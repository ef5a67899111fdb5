import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { withLock } from "../../tools/lock";
import { isGone, thisOwner } from "../../tools/owner";

describe("a lock", () => {
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "eo-lock-"));
    lock = path.join(folder, "locks/etcd.lock");
    await withLock(lock, noWait, () => Promise.resolve());
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is there while the work goes on, and gone after it, failed or not", async () => {
    await withLock(lock, noWait, async () => assert.ok((await readFile(lock, "utf8")).length > 0));
    await assert.rejects(
      withLock(lock, noWait, () => Promise.reject(new Error("failed work"))),
      /failed work/,
    );
    assert.deepEqual(await readdir(path.dirname(lock)), []);
  });

  it("lets the second wait for the first, and tells it for whom, once", async () => {
    const order: string[] = [];
    const told: number[] = [];
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    let entered: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const first = withLock(lock, noWait, async () => {
      entered();
      await held;
      order.push("first");
    });
    await inside;
    const waits = (pid: number) => {
      told.push(pid);
      free();
    };
    await withLock(lock, waits, () => Promise.resolve(order.push("second")));
    await first;
    assert.deepEqual(order, ["first", "second"]);
    assert.deepEqual(told, [process.pid]);
  });

  it("of a dead process is taken over", async () => {
    const { pid } = await execa("sh", ["-c", "echo $$"]).then(({ stdout }) => ({
      pid: Number(stdout),
    }));
    await writeFile(lock, JSON.stringify({ ...(await thisOwner()), pid }));
    assert.equal(await withLock(lock, noWait, () => Promise.resolve("mine")), "mine");
  });

  it("of a process whose id was given to another is taken over", async () => {
    await writeFile(lock, JSON.stringify({ ...(await thisOwner()), started: "earlier" }));
    assert.equal(await withLock(lock, noWait, () => Promise.resolve("mine")), "mine");
  });

  it("that is no lock of ours is taken over", async () => {
    await writeFile(lock, "half a lo");
    assert.equal(await withLock(lock, noWait, () => Promise.resolve("mine")), "mine");
  });

  it("of many who find it dead at the same time goes to one after the other", async () => {
    await writeFile(lock, JSON.stringify({ ...(await thisOwner()), started: "earlier" }));
    let inside = 0;
    const work = async () => {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => withLock(lock, () => undefined, work)));
    assert.ok(!existsSync(lock));
  });

  it("of a process on another machine holds for an hour: nobody here can ask it", async () => {
    const foreign = { ...(await thisOwner()), host: "elsewhere" };
    assert.equal(await isGone(foreign, 59 * 60_000), false);
    assert.equal(await isGone(foreign, 61 * 60_000), true);
    await writeFile(lock, JSON.stringify(foreign));
    const longAgo = Date.now() / 1000 - 7200;
    await utimes(lock, longAgo, longAgo);
    assert.equal(await withLock(lock, noWait, () => Promise.resolve("mine")), "mine");
  });
});

function noWait(pid: number): void {
  throw new Error(`nobody should hold it, but ${pid} does`);
}
