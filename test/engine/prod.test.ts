import assert from "node:assert/strict";
import { engineOf } from "../../automation/nodes/engine";
import { rollNodes } from "../../automation/nodes/roll";
import { listServers } from "../../cloud/servers";
import { cloudContents, counted, type CloudContents } from "../support/cloudContents";
import { eventually, up, upDone } from "../support/platform";
import { startProd, type ProdStack } from "../support/prodStack";

describe("the stack prod, on a real OpenStack", function () {
  this.timeout(900_000);
  let prod: ProdStack;
  let empty: CloudContents;
  before(async function () {
    prod = await startProd(this);
    empty = await cloudContents(prod.project.client);
  });
  after(async () => prod?.stop());

  const nodeNames = async () => {
    const names = await prod.kubectl("get", "nodes", "-o", "name");
    return names.split("\n").sort();
  };
  const serverNames = async () => (await listServers(prod.project.client)).map(({ name }) => name);
  const servers = async () => (await cloudContents(prod.project.client)).servers;

  /** What keeps a Service until somebody has taken its load balancer away. */
  const patchStray = (finalizers: readonly string[]) =>
    prod.kubectl(
      ...["patch", "service", "stray", "--type=merge", "-p"],
      JSON.stringify({ metadata: { finalizers } }),
    );

  it("previews from nothing, and makes nothing by that", async () => {
    const run = await prod.engine("preview", "--color", "never");
    assert.equal(run.exitCode, 0, run.all);
    assert.deepEqual(await cloudContents(prod.project.client), empty);
  });

  it("is refused with all that does not fit its cloud, before anything is made", async () => {
    const buildNetworks = ["0f1e8a8c-6d0e-4f0b-9d35-2f0a4bb0c5d1"];
    const image = { build: true, buildNetworks, source: "No Such Image", user: "ubuntu" };
    await prod.change({ pools: poolsWith(30), image });
    const run = await prod.engine("up", "--yes", "--skip-preview", "--color", "never");
    assert.notEqual(run.exitCode, 0, run.all);
    assert.match(
      run.all,
      /instances: 34 wanted, 10 left of 10: 24 short; make pool workers smaller/,
    );
    assert.match(run.all, /image No Such Image of the build of eo-node-\S+ is not in the cloud/);
    assert.doesNotMatch(run.all, /-of-a-test/);
    assert.deepEqual(await cloudContents(prod.project.client), empty);
    await prod.change({});
  });

  it("does not come up while RKE fails half-way, and goes on from there", async () => {
    prod.env["EO_RKE_FAIL_AFTER_NODES"] = "3";
    const run = await prod.engine("up", "--yes", "--skip-preview", "--color", "never");
    assert.notEqual(run.exitCode, 0, run.all);
    const before = await servers();
    delete prod.env["EO_RKE_FAIL_AFTER_NODES"];
    await up(prod);
    assert.deepEqual([...(await servers())].sort(), [...before].sort());
  });

  it("has a server, a node and a bastion for each that the settings name", async () => {
    assert.equal((await servers()).length, 7);
    const nodes = await prod.kubectl("get", "nodes", "-o", "name");
    assert.equal(nodes.split("\n").length, 6, nodes);
  });

  it("changes nothing on a second up", async () => {
    assert.deepEqual(await upDone(prod), []);
  });

  it("grows from 3 to 5 workers, and touches only the new ones", async () => {
    const before = await servers();
    await prod.change({ pools: poolsWith(5) });
    const done = await upDone(prod);
    for (const line of done) {
      assert.match(line, /^(created \S+ cluster-workers-[45]-|updated (rke|command):)/);
    }
    const after = await servers();
    assert.equal(after.length, before.length + 2);
    assert.ok(before.every((id) => after.includes(id)));
  });

  it("shrinks, and makes no node anew for what its pool has become", async () => {
    const before = await servers();
    await prod.change({ pools: poolsWith(2, "eo2.large") });
    for (const line of await upDone(prod))
      assert.doesNotMatch(line, /^(created|replaced) openstack:/);
    const after = await servers();
    assert.equal(after.length, before.length - 3);
    assert.ok(after.every((id) => before.includes(id)));
  });

  it("rolls a pool node by node, each drained, and no node of another pool", async () => {
    const before = await nodeNames();
    const first = before.find((name) => name.includes("workers-1-"))?.replace("node/", "") ?? "";
    await prod.kubectl("run", "guest", "--image=guest", `--overrides=${guestOn(first)}`);
    const seen: number[] = [];
    const engine = engineOf({ stack: "prod", isShown: false, ...prod.place });
    const watched = {
      ...engine,
      up: async () => {
        await engine.up();
        seen.push((await nodeNames()).filter((name) => !before.includes(name)).length);
      },
    };
    const said: string[] = [];
    const options = { stack: "prod", pool: "workers", engine: watched };
    const rolling = rollNodes({ ...options, say: (line) => said.push(line) });
    const why = "jsonpath={.status.conditions[?(@.type=='DisruptionTarget')].reason}";
    const evicted = () => prod.kubectl("get", "pod", "guest", "-o", why);
    assert.equal(
      await eventually(evicted, (reason) => reason !== "", 300),
      "EvictionByEvictionAPI",
    );
    // Its server is there as long as a pod has not ended.
    const names = await serverNames();
    assert.ok(names.includes(first), names.join(", "));
    await prod.kubectl(
      "patch",
      "pod",
      "guest",
      "--type=merge",
      "-p",
      '{"metadata":{"finalizers":[]}}',
    );
    const replaced = await rolling;
    assert.deepEqual(replaced, ["workers-1", "workers-2"], said.join("\n"));
    assert.deepEqual(seen, [1, 2]);
    const after = await nodeNames();
    const control = (names: readonly string[]) => names.filter((name) => name.includes("control"));
    assert.equal(after.length, before.length);
    assert.deepEqual(control(after), control(before));
    assert.deepEqual(Object.keys(await up(prod)), ["same"]);
  });

  it("is destroyed until the project is as empty as before, load balancers of others first", async () => {
    await prod.kubectl("create", "service", "loadbalancer", "stray", "--tcp=80:80");
    await patchStray(["service.kubernetes.io/load-balancer-cleanup"]);
    const destroy = prod.engine("destroy", "--yes", "--skip-preview", "--color", "never");
    const going = "jsonpath={.metadata.deletionTimestamp}";
    const since = () => prod.kubectl("get", "service", "stray", "-o", going);
    assert.notEqual(await eventually(since, (time) => time !== "", 300), "");
    // Its cloud controller has not taken it away yet: servers and network wait for that.
    const { servers: left, routers } = await cloudContents(prod.project.client);
    assert.deepEqual([left.length, routers.length], [6, 1]);
    await patchStray([]);
    const run = await destroy;
    assert.equal(run.exitCode, 0, run.all);
    assert.match(run.all, /waiting for 1 load balancers: service default\/stray/);
    assert.deepEqual(counted(await cloudContents(prod.project.client)), counted(empty));
  });
});

/** A pod that stands on a node, and stays after its end until somebody lets go of it. */
const guestOn = (nodeName: string) =>
  JSON.stringify({ metadata: { finalizers: ["example.org/held"] }, spec: { nodeName } });

const poolsWith = (count: number, flavor = "eo2.xlarge") => ({
  control: { roles: ["control", "etcd"], count: 3, flavor: "eo2.large" },
  workers: { roles: ["worker"], count, flavor },
});
