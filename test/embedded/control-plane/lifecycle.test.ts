import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startControlPlane, status, stopControlPlane } from "../../../embedded/control-plane";
import { processIdentity } from "../../../embedded/processes/process";
import type { State } from "../../../embedded/control-plane/state";
import {
  eventually,
  newFolder,
  processesNaming,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
  type TestTools,
} from "./support";

describe("starting and stopping a control plane", function () {
  this.timeout(180_000);
  let tools: TestTools;
  const folders: string[] = [];

  before(async function () {
    tools = await toolsOrSkip(this);
  });

  afterEach(async () => {
    for (const dir of folders.splice(0)) {
      await stopControlPlane({ dir, wipe: true }).catch(() => undefined);
      await rm(dir, { recursive: true, force: true });
    }
  });

  const folder = async () => {
    const dir = await newFolder();
    folders.push(dir);
    return dir;
  };
  const stateOf = async (dir: string) =>
    JSON.parse(await readFile(path.join(dir, "control-plane/state.json"), "utf8")) as State;

  it("started twice, and twice at once, leaves the same processes; stopped, it leaves nothing", async () => {
    const dir = await folder();
    const both = await Promise.all([
      startControlPlane({ dir, tools }),
      startControlPlane({ dir, tools }),
    ]);
    assert.deepEqual(both[0], both[1]);
    const first = await status(dir);
    assert.equal(first.running, true);
    assert.equal(first.sparkSubmit, "stand-in");
    assert.equal((await stat(first.kubeconfig ?? "")).mode & 0o777, 0o600);
    await startControlPlane({ dir, tools });
    assert.deepEqual(await status(dir), first);

    const pids = Object.values(first.components);
    await stopControlPlane({ dir, wipe: true });
    assert.deepEqual(
      pids.filter((pid) => processIdentity(pid) !== undefined),
      [],
    );
    assert.deepEqual(await processesNaming(dir), []);
    assert.equal(existsSync(path.join(dir, "control-plane")), false);
    assert.equal(existsSync(path.join(dir, "kubeconfig")), false);
  });

  describe("which runs", () => {
    let plane: TestControlPlane;
    before(async () => {
      plane = await startForTest(tools);
    });
    after(async () => {
      await plane?.stop();
    });

    it("starts again a component that was killed, and leaves the others alone", async () => {
      const before = await status(plane.dir);
      const victim = before.components["kube-scheduler"];
      assert.ok(victim);
      process.kill(victim, "SIGKILL");
      await eventually("the death", () =>
        processIdentity(victim) === undefined ? true : undefined,
      );
      assert.equal((await status(plane.dir)).running, false);
      await startControlPlane({ dir: plane.dir, tools });
      const after = await status(plane.dir);
      const fresh = after.components["kube-scheduler"];
      assert.notEqual(fresh, victim);
      assert.deepEqual(after.components, { ...before.components, "kube-scheduler": fresh });
    });

    it("keeps its objects and its address when it is stopped and started", async () => {
      const before = await status(plane.dir);
      await plane.core.createNamespace({ body: { metadata: { name: "kept" } } });
      await stopControlPlane({ dir: plane.dir });
      assert.deepEqual((await status(plane.dir)).components, {});
      const after = await startControlPlane({ dir: plane.dir, tools });
      assert.equal(after.apiServer, before.apiServer);
      await plane.core.readNamespace({ name: "kept" });
    });

    it("takes a new port where another program has taken its own meanwhile, and says so", async () => {
      const { ports } = await stateOf(plane.dir);
      await stopControlPlane({ dir: plane.dir });
      const squatter = createServer().listen(ports.apiServer, "127.0.0.1");
      await once(squatter, "listening");
      const steps: string[] = [];
      try {
        const onStep = (step: string) => steps.push(step);
        await startControlPlane({ dir: plane.dir, tools, onStep });
      } finally {
        squatter.close();
      }
      assert.deepEqual(steps, [
        `port ${ports.apiServer} of kube-apiserver is taken by another program: new ports`,
      ]);
      assert.notEqual((await stateOf(plane.dir)).ports.apiServer, ports.apiServer);
    });

    it("changes the number and size of its nodes when asked to", async () => {
      await startControlPlane({ dir: plane.dir, tools, nodes: { count: 2, cpu: "32" } });
      const nodes = await eventually("two nodes", async () => {
        const { items } = await plane.kubectl(["get", "nodes", "-o", "json"]).then(
          ({ text }) =>
            JSON.parse(text) as {
              items: { metadata: { name: string }; status: { capacity: { cpu: string } } }[];
            },
        );
        return items.length === 2 ? items : undefined;
      });
      const seen = nodes.map(({ metadata, status }) => [metadata.name, status.capacity.cpu]);
      assert.deepEqual(seen, [
        ["node-1", "32"],
        ["node-2", "32"],
      ]);
    });
  });

  it("names the component that fails with its log's last lines, and stops what had begun", async () => {
    const dir = await folder();
    await mkdir(path.join(dir, "control-plane"), { recursive: true });
    // etcd wants a folder here.
    await writeFile(path.join(dir, "control-plane/etcd"), "not a folder");
    await assert.rejects(startControlPlane({ dir, tools }), (error: Error) => {
      assert.match(error.message, /^etcd (ended with exit code|was ended by)/);
      assert.match(error.message, /logs\/etcd\.log:\n {2}\| .*control-plane\/etcd/s);
      return true;
    });
    assert.deepEqual(await processesNaming(dir), []);
    assert.deepEqual((await status(dir)).components, {});
  });

  it("stops what it had begun when it is interrupted", async () => {
    const dir = await folder();
    const interrupt = new AbortController();
    const started = startControlPlane({ dir, tools, signal: interrupt.signal });
    const refused = assert.rejects(started, /interrupted/);
    await eventually("etcd begun", async () => {
      const { components } = await status(dir);
      return components.etcd;
    });
    interrupt.abort(new Error("interrupted"));
    await refused;
    assert.deepEqual(await processesNaming(dir), []);
  });

  it("does not end a process that merely has got a recorded id", async () => {
    const dir = await folder();
    const stranger = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    try {
      await eventually("the stranger", () => processIdentity(stranger.pid ?? 0));
      await mkdir(path.join(dir, "control-plane"), { recursive: true });
      const record = { pid: stranger.pid, identity: "an earlier start", recipe: "" };
      const ports = Object.fromEntries(
        [
          "etcd",
          "etcdPeer",
          "apiServer",
          "controllerManager",
          "scheduler",
          "kwok",
          "agent",
          "egress",
          "kubelet",
        ].map((name, index) => [name, 40000 + index]),
      );
      await writeFile(
        path.join(dir, "control-plane/state.json"),
        JSON.stringify({ version: 1, ports, components: { etcd: record } }),
      );
      assert.deepEqual((await status(dir)).components, {});
      await stopControlPlane({ dir, wipe: true });
      await sleep(200);
      assert.equal(stranger.exitCode, null);
      assert.equal(stranger.signalCode, null);
    } finally {
      stranger.kill("SIGKILL");
    }
  });

  it("says what to do where its state cannot be understood", async () => {
    const dir = await folder();
    await mkdir(path.join(dir, "control-plane"), { recursive: true });
    await writeFile(path.join(dir, "control-plane/state.json"), "{");
    await assert.rejects(
      startControlPlane({ dir, tools }),
      /state\.json cannot be understood.*end them by hand/,
    );
    // Nothing of it runs: let the clean-up pass.
    await rm(path.join(dir, "control-plane"), { recursive: true });
  });
});
