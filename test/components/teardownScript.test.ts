import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { V1Pod } from "@kubernetes/client-node";
import { execa } from "execa";
import { mustGo } from "../../components/cluster/teardown/drain";
import { runScript, type ScriptEnvironment } from "../../components/cluster/teardown/script";
import { scriptCommand, scriptEnvironment } from "../../components/cluster/teardown/scriptCommand";
import { snapshotKinds } from "./snapshotKinds";
import {
  eventually,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
} from "../embedded/control-plane/support";

describe("the script that empties clusters and nodes, on a real API server", function () {
  this.timeout(120_000);
  let plane: TestControlPlane;
  let kubeconfig: string;

  before(async function () {
    plane = await startForTest(await toolsOrSkip(this), { nodes: { count: 2 } });
    kubeconfig = await readFile(plane.kubeconfig, "utf8");
    await apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "work" } },
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "keeps" },
        provisioner: "eo-platform.local/simulated-volumes",
        reclaimPolicy: "Retain",
      },
    );
    const account = { namespace: "work", name: "default" };
    await eventually("an account", () => plane.core.readNamespacedServiceAccount(account));
  });

  after(async () => plane?.stop());

  async function kubectl(args: string[], input?: string): Promise<string> {
    const { exitCode, text } = await plane.kubectl(args, input);
    assert.equal(exitCode, 0, text);
    return text;
  }

  const apply = (...objects: object[]) =>
    kubectl(
      ["apply", "-f", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
    );

  /** Runs the script; what it said, and how it failed. */
  async function run(argv: string[], env: ScriptEnvironment = {}) {
    const said: string[] = [];
    const failed = await runScript(
      argv,
      { EO_KUBECONFIG: kubeconfig, EO_CLUSTER: "test", EO_LIMIT_SECONDS: "30", ...env },
      (line) => said.push(line),
    ).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    return { said: said.join("\n"), failed };
  }

  const claim = (name: string, storageClassName: string) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace: "work" },
    spec: {
      storageClassName,
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
    },
  });
  const front = (finalizers: string[] = []) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "front", namespace: "work", finalizers },
    spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
  });
  const pod = (name: string, spec: object = {}) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "work", labels: { app: name } },
    spec: { containers: [{ name: "c", image: "busybox:1.36" }], ...spec },
  });
  const bound = (name: string) =>
    eventually(`${name} is bound`, async () => {
      const found = await plane.core.readNamespacedPersistentVolumeClaim({
        namespace: "work",
        name,
      });
      return found.status?.phase === "Bound" ? found.spec?.volumeName : undefined;
    });
  const isMarked = async () =>
    (await kubectl(["-n", "kube-system", "get", "configmap", "-o", "name"])).includes("teardown");

  describe("teardown", () => {
    it("takes load balancers and volumes away; names those that are retained", async () => {
      const inside = front();
      await apply(
        front(),
        {
          ...inside,
          metadata: { ...inside.metadata, name: "inside" },
          spec: { ports: [{ port: 80 }] },
        },
        claim("goes", "standard"),
        claim("stays", "keeps"),
      );
      const [goes, stays] = [await bound("goes"), await bound("stays")];
      const { said, failed } = await run(["teardown"]);
      assert.equal(failed, "");
      assert.match(said, new RegExp(`kept: volume ${stays} of work/stays, 1Gi, class keeps`));
      const left = await kubectl(["get", "services,pvc,pv", "-A", "-o", "name"]);
      assert.doesNotMatch(left, /service\/front|claim\/goes/);
      assert.ok(!left.includes(goes));
      assert.match(left, /service\/inside/);
      assert.ok(left.includes(stays));
      assert.ok(await isMarked());
    });

    it("leaves no mark on a cluster that stays", async () => {
      assert.equal((await run(["welcome"])).failed, "");
      assert.ok(!(await isMarked()));
    });

    it("says what it waits for, and at last what is left; the cluster is no longer going then", async () => {
      await apply(front(["eo-platform.test/held"]));
      const { said, failed } = await run(["teardown"], { EO_LIMIT_SECONDS: "1" });
      assert.match(said, /waiting for 1 load balancers: service work\/front/);
      assert.match(failed, /still 1 load balancers:\n {2}service work\/front\n.*cloud controller/);
      assert.ok(!(await isMarked()));
      const patch = '{"metadata":{"finalizers":null}}';
      await kubectl(["-n", "work", "patch", "service", "front", "--type=merge", "-p", patch]);
    });

    it("names the pod that keeps a volume, and goes on when the pod has gone", async () => {
      const persistentVolumeClaim = { claimName: "used" };
      await apply(
        claim("used", "standard"),
        pod("user", { volumes: [{ name: "v", persistentVolumeClaim }] }),
      );
      await bound("used");
      const { failed } = await run(["teardown"], { EO_LIMIT_SECONDS: "1" });
      assert.match(failed, /claim work\/used, used by pod work\/user\n/);
      await kubectl(["-n", "work", "delete", "pod", "user"]);
      assert.equal((await run(["teardown"])).failed, "");
      await run(["welcome"]);
    });

    it("takes snapshots away where the cluster knows them", async () => {
      const group = "snapshot.storage.k8s.io";
      for (const definition of snapshotKinds) {
        await apply(definition);
        await kubectl(["wait", "--for=condition=Established", `crd/${definition.metadata.name}`]);
      }
      const content = (name: string, deletionPolicy: string) => ({
        apiVersion: `${group}/v1`,
        kind: "VolumeSnapshotContent",
        metadata: { name },
        spec: { deletionPolicy },
      });
      await apply(
        {
          apiVersion: `${group}/v1`,
          kind: "VolumeSnapshot",
          metadata: { name: "daily", namespace: "work" },
        },
        content("stays", "Retain"),
        content("goes", "Delete"),
      );
      const { failed } = await run(["teardown"], { EO_LIMIT_SECONDS: "1" });
      assert.match(failed, /still 1 snapshots:\n {2}snapshot content goes\n/);
      await kubectl(["delete", "volumesnapshotcontents", "goes"]);
      assert.equal((await run(["teardown"])).failed, "");
      const left = await kubectl(["get", "volumesnapshots,volumesnapshotcontents", "-A"]);
      assert.ok(!left.includes("daily") && left.includes("stays"), left);
      await run(["welcome"]);
    });

    it("fails where the cluster cannot be reached, unless it is told that it is gone", async () => {
      const token = "canary-of-a-token";
      const user = { name: "u", user: { token } };
      const cluster = { name: "c", cluster: { server: "https://127.0.0.1:1" } };
      const context = { name: "x", context: { user: "u", cluster: "c" } };
      const EO_KUBECONFIG = JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [cluster],
        users: [user],
        contexts: [context],
        "current-context": "x",
      });
      for (const action of [["teardown"], ["drain", "node-1"]]) {
        const { failed } = await run(action, { EO_KUBECONFIG });
        assert.match(failed, /cluster test cannot be reached: .*ECONNREFUSED/s);
        assert.match(failed, /EO_CLUSTER_GONE=yes/);
        assert.ok(!failed.includes(token));
        const told = await run(action, { EO_KUBECONFIG, EO_CLUSTER_GONE: "yes" });
        assert.equal(told.failed, "");
      }
      assert.equal((await run(["welcome"], { EO_KUBECONFIG })).failed, "");
    });

    it("shows nothing of a kubeconfig that is none", async () => {
      const { failed } = await run(["teardown"], { EO_KUBECONFIG: "canary: [" });
      assert.match(failed, /kubeconfig cannot be read/);
      assert.ok(!failed.includes("canary"));
    });
  });

  describe("drain", () => {
    const budget = {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "web", namespace: "work" },
      spec: { minAvailable: 2, selector: { matchLabels: { app: "web" } } },
    };
    const template = (app: string, spec: object = {}) => ({
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { ...pod(app).spec, ...spec } },
    });
    const namesOn = async (node: string) => {
      const fieldSelector = `spec.nodeName=${node}`;
      const { items } = await plane.core.listNamespacedPod({ namespace: "work", fieldSelector });
      return items.map(({ metadata }) => metadata?.name ?? "");
    };

    before(async () => {
      await kubectl(["cordon", "node-2"]);
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
        budget,
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

    it("waits for disruption budgets, and at last names the pods and what holds them", async () => {
      const { said, failed } = await run(["drain", "node-1"], { EO_LIMIT_SECONDS: "1" });
      assert.match(said, /waiting for 2 pods on node-1: work\/web-\S+ \(.*disruption budget/);
      assert.match(failed, /work\/web-\S+ \(Cannot evict pod .*budget/);
      assert.match(failed, /kubectl uncordon node-1/);
    });

    it("empties the node as the budget allows, and leaves DaemonSets alone", async () => {
      await kubectl(["uncordon", "node-2"]);
      await kubectl(["-n", "work", "scale", "deployment/web", "--replicas=3"]);
      const { said, failed } = await run(["drain", "node-1"]);
      assert.equal(failed, "");
      assert.match(said, /node-1: is empty/);
      const left = await namesOn("node-1");
      assert.ok(left.every((name) => name.startsWith("agent-")) && left.length === 1, left.join());
      const { spec } = await plane.core.readNode({ name: "node-1" });
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
  });

  describe("as the engine starts it", () => {
    it("takes its kubeconfig from the environment, and fails with a message alone", async () => {
      const line = scriptCommand("drain", "node-9");
      const env = { ...scriptEnvironment({ EO_KUBECONFIG: kubeconfig }) };
      const done = await execa(line, { shell: true, env });
      assert.match(done.stdout, /no such node/);
      const wrong = { ...env, EO_KUBECONFIG: "" };
      const failed = await execa(line, { shell: true, env: wrong, reject: false });
      assert.equal(failed.exitCode, 1);
      assert.equal(failed.stderr, "EO_KUBECONFIG holds no kubeconfig");
    });

    it("is the same command in every checkout", () => {
      assert.equal(
        scriptCommand("teardown"),
        "node -r ts-node/register/transpile-only components/cluster/teardown/main.ts teardown",
      );
    });
  });
});
