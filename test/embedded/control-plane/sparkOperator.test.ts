import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { ScheduledSpark } from "../../../components";
import { startControlPlane, status, stopControlPlane } from "../../../embedded/control-plane";
import { isAlive } from "../../../embedded/processes/process";
import { sparkOperatorChart } from "../../../tools/toolchain";
import { record } from "../../components/recording";
import { skip } from "../../support/skip";
import {
  eventually,
  processesNaming,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
} from "./support";

interface SparkApplication {
  readonly spec: { readonly restartPolicy?: { readonly type?: string }; readonly mode?: string };
  readonly status?: { readonly applicationState?: { readonly state?: string } };
}

interface ProcessRecord {
  readonly key: string;
  readonly pid: number;
  readonly identity: string;
}

const application = (name: string) => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: "${name}", namespace: spark-jobs}
spec:
  type: Python
  image: docker.io/apache/spark:4.0.1
  mainApplicationFile: local:///opt/app.py
  sparkVersion: 4.0.1
  volumes: [{name: settings, configMap: {name: settings}}]
  driver:
    cores: 1
    memory: 1g
    serviceAccount: spark-operator-spark
    env:
    - {name: PLAIN, value: given}
    - {name: FROM_SECRET, valueFrom: {secretKeyRef: {name: s3, key: access}}}
    volumeMounts: [{name: settings, mountPath: /opt/settings}]
  executor: {instances: 2, cores: 1, memory: 1g}
`;

describe("the real spark-operator, installed by its real chart", function () {
  this.timeout(180_000);
  let plane: TestControlPlane;

  before(async function () {
    const tools = await toolsOrSkip(this);
    const chart = await sparkOperatorChart().catch((error: Error) =>
      skip(this, `${error.message}; to get it: make tools`),
    );
    plane = await startForTest(tools);
    const crds = path.join(chart, "crds");
    const applied = await plane.kubectl(["apply", "--server-side", "-f", crds]);
    assert.equal(applied.exitCode, 0, applied.text);
    await plane.core.createNamespace({ body: { metadata: { name: "spark-jobs" } } });
    const args = ["--namespace", "spark-operator", "--create-namespace", "--skip-crds"];
    const values = ["--set", "spark.jobNamespaces={spark-jobs}"];
    const wait = ["--wait", "--timeout", "100s"];
    await execa(tools.helm, ["install", "spark-operator", chart, ...args, ...values, ...wait], {
      env: { KUBECONFIG: plane.kubeconfig },
    });
  });

  after(async () => {
    await plane?.stop();
  });

  const get = async (...args: string[]) => {
    const run = await plane.kubectl(["get", "-n", "spark-jobs", "-o", "json", ...args]);
    return run.exitCode === 0 ? (JSON.parse(run.text) as unknown) : undefined;
  };
  const records = async () =>
    JSON.parse(
      await readFile(path.join(plane.dir, "control-plane/agent/processes.json"), "utf8"),
    ) as ProcessRecord[];

  it("runs as processes, whose logs kubectl shows", async () => {
    const { text } = await plane.kubectl(
      "logs -n spark-operator deploy/spark-operator-webhook".split(" "),
    );
    assert.match(text, /Starting manager/);
    assert.equal((await records()).length, 2);
  });

  it("takes a SparkApplication to RUNNING: defaulted, submitted, its driver mutated, executors made", async () => {
    const created = await plane.kubectl(["create", "-f", "-"], application("survey"));
    assert.equal(created.exitCode, 0, created.text);
    const running = await eventually("state RUNNING", async () => {
      const app = (await get("sparkapplication", "survey")) as SparkApplication;
      return app.status?.applicationState?.state === "RUNNING" ? app : undefined;
    });
    // Neither is in the manifest: the mutating webhook fills them in.
    assert.equal(running.spec.mode, "cluster");
    assert.equal(running.spec.restartPolicy?.type, "Never");

    const namespace = "spark-jobs";
    const driver = await plane.core.readNamespacedPod({ namespace, name: "survey-driver" });
    const [container] = driver.spec?.containers ?? [];
    const env = new Map(container?.env?.map((entry) => [entry.name, entry]));
    assert.equal(env.get("PLAIN")?.value, "given");
    assert.equal(env.get("FROM_SECRET")?.valueFrom?.secretKeyRef?.name, "s3");
    assert.ok(container?.volumeMounts?.some(({ mountPath }) => mountPath === "/opt/settings"));
    assert.equal(driver.metadata?.ownerReferences?.[0]?.kind, "SparkApplication");
    assert.equal(container?.resources?.requests?.["memory"], "1433Mi");

    const executors = await eventually("two executors", async () => {
      const labelSelector = "spark-role=executor,sparkoperator.k8s.io/app-name=survey";
      const { items } = await plane.core.listNamespacedPod({ namespace, labelSelector });
      return items.length === 2 ? items : undefined;
    });
    const owners = executors.map(
      ({ metadata }) => metadata?.ownerReferences?.find(({ kind }) => kind === "Pod")?.uid,
    );
    assert.deepEqual(owners, [driver.metadata?.uid, driver.metadata?.uid]);
  });

  it("makes another executor where one is deleted, and takes all away with the application", async () => {
    const namespace = "spark-jobs";
    await plane.kubectl(["create", "-f", "-"], application("mosaic"));
    const labelSelector = "spark-role=executor,sparkoperator.k8s.io/app-name=mosaic";
    const names = () =>
      eventually("two executors", async () => {
        const { items } = await plane.core.listNamespacedPod({ namespace, labelSelector });
        const alive = items.filter(({ metadata }) => !metadata?.deletionTimestamp);
        return alive.length === 2 ? alive.map(({ metadata }) => metadata?.name ?? "") : undefined;
      });
    const [first = ""] = await names();
    await plane.core.deleteNamespacedPod({ namespace, name: first });
    await eventually("a replacement", async () => {
      const now = await names();
      return now.includes(first) ? undefined : true;
    });
    await plane.kubectl(["delete", "sparkapplication", "mosaic", "-n", namespace]);
    // The garbage collector looks for new kinds twice a minute.
    const withinMs = 60_000;
    const gone = async () => {
      const selector = "sparkoperator.k8s.io/app-name=mosaic";
      const { text } = await plane.kubectl([
        "get",
        "pods,services",
        "-n",
        namespace,
        "-l",
        selector,
        "-o",
        "name",
      ]);
      return text.trim() === "" ? true : undefined;
    };
    await eventually("nothing left", gone, withinMs);
  });

  it("makes a run of a ScheduledSpark when it is due, executors on the preemptible node", async () => {
    const namespace = "spark-jobs";
    const node = "node-1";
    const spot = "eo-platform.local/preemptible";
    await plane.kubectl(["label", "node", node, `${spot}=true`]);
    await plane.kubectl(["taint", "node", node, `${spot}=true:NoSchedule`]);
    const seen = await record(
      () =>
        new ScheduledSpark("nightly", {
          kubernetesVersion: "1.35",
          namespace,
          jobNamespaces: [namespace],
          operatorReady: "ready",
          schedule: "@every 5s",
          timeZone: "Europe/Brussels",
          application: {
            image: "registry.example.org/nightly:1",
            sparkVersion: "3.5.3",
            mainApplicationFile: "local:///opt/app/main.py",
            preemptible: { required: true },
          },
        }),
    );
    const items = seen.all.map(({ inputs }) => inputs).filter((inputs) => "kind" in inputs);
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    const created = await plane.kubectl(["create", "-f", "-"], list);
    assert.equal(created.exitCode, 0, created.text);
    const executor = await eventually("an executor of a run", async () => {
      const labelSelector = "spark-role=executor,app.kubernetes.io/name=nightly";
      const found = await plane.core.listNamespacedPod({ namespace, labelSelector });
      return found.items.find(({ spec }) => spec?.nodeName !== undefined);
    });
    assert.equal(executor.spec?.nodeName, node);
    assert.equal(executor.spec?.serviceAccountName, "nightly-executor");
    assert.equal(executor.spec?.terminationGracePeriodSeconds, 120);
    const { text } = await plane.kubectl(
      `get pods -n ${namespace} -l spark-role=driver,app.kubernetes.io/name=nightly -o jsonpath={.items[*].spec.nodeName}`.split(
        " ",
      ),
    );
    assert.match(text, /^node-/);
    assert.ok(!text.split(" ").includes(node));
    await plane.kubectl(["delete", "scheduledsparkapplication", "nightly", "-n", namespace]);
    await plane.kubectl(["taint", "node", node, `${spot}-`]);
  });

  it("is refused by the operator's webhook under a name that is no DNS-1035 label", async () => {
    const { exitCode, text } = await plane.kubectl(["create", "-f", "-"], application("1.survey"));
    assert.equal(exitCode, 1);
    assert.match(text, /admission webhook .* denied the request: invalid SparkApplication name/);
  });

  it("acts with the chart's RBAC, not as administrator", async () => {
    const can = async (...args: string[]) => {
      const as = ["--as", "system:serviceaccount:spark-operator:spark-operator-controller"];
      return (await plane.kubectl(["auth", "can-i", ...args, ...as])).text.trim();
    };
    assert.equal(await can("create", "pods", "-n", "spark-jobs"), "yes");
    assert.equal(await can("create", "pods", "-n", "default"), "no");
    const folder = path.join(plane.dir, "control-plane/agent/pods");
    const [first] = await records();
    const uid = first?.key.split("/")[0] ?? "";
    const own = await readFile(path.join(folder, uid, "kubeconfig"), "utf8");
    assert.match(own, /token: /);
    assert.doesNotMatch(own, /client-certificate-data/);
  });

  it("is started again when its process is killed, and the pod counts it", async () => {
    const selector = "app.kubernetes.io/component=webhook";
    const podNow = async () => {
      const { items } = await plane.core.listNamespacedPod({
        namespace: "spark-operator",
        labelSelector: selector,
      });
      return items[0];
    };
    const before = await podNow();
    const record = (await records()).find(({ key }) =>
      key.startsWith(before?.metadata?.uid ?? "?"),
    );
    assert.ok(record);
    process.kill(record.pid, "SIGKILL");
    const status = await eventually("one restart, and ready again", async () => {
      const [container] = (await podNow())?.status?.containerStatuses ?? [];
      return container?.restartCount === 1 && container.ready ? container : undefined;
    });
    assert.equal(status.lastState?.terminated?.exitCode, 137);
  });

  it("goes on through the death of the node agent: the next one adopts its processes", async () => {
    const before = (await records()).map(({ pid }) => pid).sort();
    const agent = (await status(plane.dir)).components.agent;
    assert.ok(agent);
    process.kill(agent, "SIGKILL");
    await eventually("the agent's death", async () =>
      (await status(plane.dir)).components.agent === undefined ? true : undefined,
    );
    await startControlPlane({ dir: plane.dir, tools: plane.tools });
    const after = (await records()).map(({ pid }) => pid).sort();
    assert.deepEqual(after, before);
    const { exitCode, text } = await plane.kubectl(["create", "-f", "-"], application("later"));
    assert.equal(exitCode, 0, text);
  });

  it("ends with its pod", async () => {
    const before = await records();
    const scale = "scale deployment spark-operator-controller -n spark-operator --replicas=0";
    await plane.kubectl(scale.split(" "));
    await eventually("one pod of the operator", async () => {
      const { items } = await plane.core.listNamespacedPod({ namespace: "spark-operator" });
      return items.length === 1 ? true : undefined;
    });
    const left = await records();
    assert.equal(left.length, 1);
    assert.deepEqual(before.filter(isAlive), left);
  });

  it("ends with the control plane", async () => {
    const before = await records();
    assert.deepEqual(before.filter(isAlive), before);
    await stopControlPlane({ dir: plane.dir, wipe: true });
    assert.deepEqual(before.filter(isAlive), []);
    assert.deepEqual(await processesNaming(plane.dir), []);
  });
});
