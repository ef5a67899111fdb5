import assert from "node:assert/strict";
import { up, upDone } from "../support/platform";
import { startProd, type ProdStack } from "../support/prodStack";

describe("the stack prod with RKE 2, on a real OpenStack", function () {
  this.timeout(900_000);
  const poolsWith = (controlFlavor: string) => ({
    control: { roles: ["control", "etcd"], count: 3, flavor: controlFlavor },
    workers: { roles: ["worker"], count: 1, flavor: "eo2.xlarge" },
  });
  let prod: ProdStack;
  before(async function () {
    // The kinds of snapshots, which RKE 2 brings, are not the embedded control plane's.
    const volumes = { snapshots: false };
    const openstack = { engine: "rke2", volumes, pools: poolsWith("eo2.large") };
    prod = await startProd(this, { openstack, nodes: 3 });
  });
  after(async () => {
    await prod?.engine("destroy", "--yes", "--skip-preview");
    await prod?.stop();
  });

  it("comes up, and changes nothing on a second up", async () => {
    await up(prod);
    assert.deepEqual(await upDone(prod), []);
  });

  it("replaces the node that the API leads to, and nothing in the cluster", async () => {
    await prod.change({ pools: poolsWith("eo2.xlarge"), replaceNodes: ["control-1"] });
    const done = await upDone(prod);
    const server = "replaced openstack:compute:Instance cluster-control-1-server";
    assert.ok(done.includes(server), done.join("\n"));
    for (const line of done) {
      assert.match(line, /^\w+ \S+ cluster-(control-1-|api-association$|kubeconfig$)/);
    }
  });

  it("does not lose two members of etcd at once", async () => {
    const one = { ...poolsWith("eo2.large").control, count: 1 };
    await prod.change({ pools: { ...poolsWith("eo2.large"), control: one } });
    const run = await prod.engine("preview", "--color", "never");
    assert.notEqual(run.exitCode, 0);
    assert.match(run.all, /etcd would lose control-2, control-3 of its members/);
    await prod.change({});
  });
});
