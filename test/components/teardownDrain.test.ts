import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import type { V1Pod } from "@kubernetes/client-node";
import { mustGo } from "../../components/cluster/teardown/drain";
import { eventually } from "../embedded/control-plane/support";
import { commandsOn, pod, startScriptCluster, type ScriptCluster } from "./teardownCluster";

describe("the script that empties nodes, on a real API server", function () {
  this.timeout(120_000);
  let cluster: ScriptCluster;
  const { apply, kubectl, run, whileFrozen } = commandsOn(() => cluster);

  const budget = (minAvailable: number) => ({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web", namespace: "work" },
    spec: { minAvailable, selector: { matchLabels: { app: "web" } } },
  });
  const template = (app: string) => ({
    selector: { matchLabels: { app } },
    template: { metadata: { labels: { app } }, spec: pod(app).spec },
  });
  const podsOn = async (node: string) => {
    const fieldSelector = `spec.nodeName=${node}`;
    const { core } = cluster.plane;
    return (await core.listNamespacedPod({ namespace: "work", fieldSelector })).items;
  };
  const namesOn = async (node: string) =>
    (await podsOn(node)).map(({ metadata }) => metadata?.name ?? "");

  before(async function () {
    cluster = await startScriptCluster(this);
    await kubectl(["taint", "node", "node-2", "role=control:NoSchedule"]);
    await apply(
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "work" },
        spec: { replicas: 2, ...template("web") },
      },
      {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "agent", namespace: "work" },
        spec: template("agent"),
      },
      budget(2),
    );
    await kubectl(["-n", "work", "rollout", "status", "deployment/web", "--timeout=30s"]);
    await eventually("the budget counts its pods", async () =>
      (await kubectl(["-n", "work", "get", "pdb", "web", "-o", "jsonpath={.status}"])).includes(
        '"currentHealthy":2',
      )
        ? true
        : undefined,
    );
  });

  after(async () => cluster?.plane.stop());

  it("waits for disruption budgets, also where other nodes are tainted; at last names pods, what holds them, and what to do", async () => {
    const { said, failed } = await run(["drain", "node-1"], { EO_LIMIT_SECONDS: "1" });
    assert.match(said, /waiting for 2 pods on node-1: work\/web-\S+ \(.*disruption budget/);
    assert.match(failed, /work\/web-\S+ \(Cannot evict pod .*budget/);
    assert.match(failed, /raise the replicas/);
    assert.doesNotMatch(failed, /delete node/);
    assert.match(failed, /kubectl uncordon node-1/);
  });

  it("empties the node as the budget allows, and leaves DaemonSets alone", async () => {
    await kubectl(["taint", "node", "node-2", "role-"]);
    await kubectl(["-n", "work", "scale", "deployment/web", "--replicas=3"]);
    const { said, failed } = await run(["drain", "node-1"]);
    assert.equal(failed, "");
    assert.match(said, /node-1: is empty/);
    const left = await namesOn("node-1");
    assert.ok(left.every((name) => name.startsWith("agent-")) && left.length === 1, left.join());
    const { spec } = await cluster.plane.core.readNode({ name: "node-1" });
    assert.equal(spec?.unschedulable, true);
  });

  it("has nothing to do for a node that is not there, or has been emptied", async () => {
    const { said, failed } = await run(["drain", "node-9"]);
    assert.equal(failed, "");
    assert.match(said, /no such node/);
    assert.equal((await run(["drain", "node-1"])).failed, "");
  });

  it("is skipped while the whole cluster goes", async () => {
    await run(["teardown"]);
    const { said } = await run(["drain", "node-2"]);
    assert.match(said, /being destroyed/);
    assert.ok((await namesOn("node-2")).some((name) => name.startsWith("web-")));
    await run(["welcome"]);
  });

  it("waits no longer when the last node that took pods takes none any more", async () => {
    await kubectl(["uncordon", "node-1"]);
    await apply(budget(3));
    let cordoned: Promise<string> | undefined;
    const { said, failed } = await run(["drain", "node-2"], {}, (line) => {
      if (line.includes("waiting for")) cordoned ??= kubectl(["cordon", "node-1"]);
    });
    await cordoned;
    assert.equal(failed, "");
    assert.match(said, /waiting for 3 pods[^]*no node takes pods any more/);
    const left = (await podsOn("node-2")).filter(({ metadata }) => metadata?.labels?.app === "web");
    assert.equal(left.length, 3);
    assert.ok(left.every(({ metadata }) => metadata?.deletionTimestamp === undefined));
  });

  it("leaves mirrors of static pods, and pods that are over", () => {
    const made = (metadata: V1Pod["metadata"], phase = "Running"): V1Pod => ({
      metadata,
      status: { phase },
    });
    const mirror = { annotations: { "kubernetes.io/config.mirror": "x" } };
    assert.equal(mustGo(made(mirror)), false);
    assert.equal(mustGo(made({}, "Succeeded")), false);
    assert.equal(mustGo(made({}, "Pending")), true);
  });

  describe("where pods do not end", () => {
    const removed = (name: string) =>
      eventually(`${name} is gone`, async () =>
        (await namesOn("node-2")).includes(name) ? undefined : true,
      );
    const running = (name: string) =>
      eventually(`${name} runs`, async () => {
        const { core } = cluster.plane;
        const { status } = await core.readNamespacedPod({ namespace: "work", name });
        return status?.phase === "Running" ? true : undefined;
      });
    const onNode2 = { nodeName: "node-2", terminationGracePeriodSeconds: 1 };

    before(async () => {
      await kubectl(["uncordon", "node-1"]);
      await kubectl(["-n", "work", "delete", "pdb/web", "deployment/web"]);
      await eventually("the deployment's pods are gone", async () =>
        (await namesOn("node-2")).some((name) => name.startsWith("web-")) ? undefined : true,
      );
    });

    it("says at last that the node may be dead, and how to go on", async () => {
      const held = pod("held", onNode2);
      const finalizers = ["eo-platform.test/held"];
      await apply({ ...held, metadata: { ...held.metadata, finalizers } });
      await running("held");
      const { failed } = await run(["drain", "node-2"], { EO_LIMIT_SECONDS: "4" });
      assert.match(failed, /still 1 pods on node-2:\n {2}work\/held \(ending\)\n/);
      assert.match(failed, /kubectl delete node node-2/);
      assert.match(failed, /kubectl uncordon node-2/);
      assert.doesNotMatch(failed, /budget/);
      const patch = '{"metadata":{"finalizers":null}}';
      await kubectl(["-n", "work", "patch", "pod", "held", "--type=merge", "-p", patch]);
      await removed("held");
    });

    it("does not wait for them on a node that is not Ready, once their grace is over", async () => {
      await apply(pod("lost", onNode2));
      await running("lost");
      // It plays the kubelets of all nodes.
      await whileFrozen("kwok", async () => {
        const conditions = [{ type: "Ready", status: "Unknown" }];
        const patch = JSON.stringify({ status: { conditions } });
        await kubectl(["patch", "node", "node-2", "--subresource=status", "-p", patch]);
        const { said, failed } = await run(["drain", "node-2"], { EO_LIMIT_SECONDS: "15" });
        assert.equal(failed, "");
        assert.match(said, /waiting for 1 pods on node-2: work\/lost \(ending\)/);
        assert.match(said, /node-2: is not Ready.*not waited for: work\/lost$/);
        assert.ok((await namesOn("node-2")).includes("lost"));
      });
    });

    it("says how to free the node also where the API server falls silent", async () => {
      const held = pod("stays", onNode2);
      const finalizers = ["eo-platform.test/held"];
      await apply({ ...held, metadata: { ...held.metadata, finalizers } });
      const told = new EventEmitter();
      const waiting = once(told, "waiting");
      const drain = run(["drain", "node-2"], { EO_LIMIT_SECONDS: "60" }, (line) => {
        if (line.includes("waiting for")) told.emit("waiting");
      });
      await waiting;
      await whileFrozen("kube-apiserver", async () => {
        const { failed } = await drain;
        assert.match(failed, /does not answer in time\n.*kubectl uncordon node-2/);
      });
    });
  });
});
