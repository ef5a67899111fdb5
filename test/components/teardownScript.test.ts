import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { scriptCommand, scriptEnvironment } from "../../components/cluster/teardown/scriptCommand";
import { snapshotKinds } from "./snapshotKinds";
import { commandsOn, pod, startScriptCluster, type ScriptCluster } from "./teardownCluster";
import { eventually } from "../embedded/control-plane/support";

describe("the script that empties clusters, on a real API server", function () {
  this.timeout(120_000);
  let cluster: ScriptCluster;
  const { apply, kubectl, run } = commandsOn(() => cluster);

  before(async function () {
    cluster = await startScriptCluster(this);
    await apply({
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "keeps" },
      provisioner: "eo-platform.local/simulated-volumes",
      reclaimPolicy: "Retain",
    });
  });

  after(async () => cluster?.plane.stop());

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
  const bound = (name: string) =>
    eventually(`${name} is bound`, async () => {
      const found = await cluster.plane.core.readNamespacedPersistentVolumeClaim({
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
      const context = { name: "x", context: { user: "u", cluster: "c" } };
      const EO_KUBECONFIG = JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
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

  describe("as the engine starts it", () => {
    it("takes its kubeconfig from the environment, and fails with a message alone", async () => {
      const line = scriptCommand("drain", "node-9");
      const env = { ...scriptEnvironment({ EO_KUBECONFIG: cluster.kubeconfig }) };
      const done = await execa(line, { shell: true, env });
      assert.match(done.stdout, /no such node/);
      const wrong = { ...env, EO_KUBECONFIG: "" };
      const failed = await execa(line, { shell: true, env: wrong, reject: false });
      assert.equal(failed.exitCode, 1);
      assert.equal(failed.stderr, "EO_KUBECONFIG holds no kubeconfig");
    });

    it("runs in the folder of a program that has no ts-node", async () => {
      const script = path.join(__dirname, "../../components/cluster/teardown/run.mjs");
      const failed = await execa("node", [script], { cwd: tmpdir(), reject: false });
      assert.equal(failed.stderr, "usage: welcome | teardown | drain NODE");
    });

    it("has what it runs by where there is nothing for development", async () => {
      const root = path.join(__dirname, "../..");
      for (const folder of [root, path.join(root, "components")]) {
        const text = await readFile(path.join(folder, "package.json"), "utf8");
        const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
        for (const name of ["ts-node", "typescript"]) assert.ok(name in dependencies, name);
      }
    });

    it("is the same command in every checkout", () => {
      assert.equal(scriptCommand("teardown"), "node components/cluster/teardown/run.mjs teardown");
    });
  });
});
