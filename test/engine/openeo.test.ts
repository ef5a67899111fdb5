import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { eventually, startPlatform, up, upDone, type Platform } from "../support/platform";

interface Pod {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly containers: readonly {
      readonly env: readonly {
        readonly name: string;
        readonly value?: string;
        readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string } };
      }[];
      readonly volumeMounts: readonly { readonly mountPath: string }[];
    }[];
  };
}

const imageVersion = "20250325-2415";

const catalogue = (ids: readonly string[]) =>
  JSON.stringify(ids.map((id) => ({ id, _vito: { data_source: { type: "testing" } } })));

describe("openEO on the real engine, with the real operator", function () {
  this.timeout(300_000);
  let platform: Platform;
  let file: string;
  before(async () => {
    platform = await startPlatform();
    file = path.join(platform.paths.dir, "layers.json");
    await writeFile(file, catalogue(["ONE-4x4"]));
    await platform.configure(settings());
    await up(platform);
  });
  after(async () => platform.stop());

  /** Two openEO instances, each for a team of its own. */
  const settings = (changes: object = {}) => ({
    sparkOperator: { jobNamespaces: ["spark-jobs", "team-b"] },
    openeo: { host: "openeo.local", imageVersion, layerCatalogs: [file], ...changes },
    openeoInstances: {
      "openeo-b": {
        namespace: "team-b",
        host: "openeo-b.local",
        imageVersion,
        layerCatalogs: [path.resolve("catalogues/example.json")],
      },
    },
  });
  const get = (namespace: string, ...what: string[]) =>
    platform.kubectl("get", "-n", namespace, ...what);
  const state = (namespace: string, name: string) =>
    get(namespace, "sparkapplication", name, "-o", "jsonpath={.status.applicationState.state}");
  const submission = (namespace: string, name: string) =>
    get(namespace, "sparkapplication", name, "-o", "jsonpath={.status.submissionID}");
  const runs = async (namespace: string, name: string) =>
    assert.equal(
      await eventually(
        () => state(namespace, name),
        (seen) => seen === "RUNNING",
      ),
      "RUNNING",
    );

  it("runs two instances side by side, each in a namespace of its own", async () => {
    await runs("spark-jobs", "openeo");
    await runs("team-b", "openeo-b");
    const hosts = await platform.kubectl("get", "ingress", "-A", "-o", "name");
    assert.match(hosts, /openeo$/m);
    assert.match(hosts, /openeo-b$/m);
  });

  it("has environment and files in the driver's pod: the operator's webhook put them there", async () => {
    const pod = JSON.parse(await get("spark-jobs", "pod", "openeo-driver", "-o", "json")) as Pod;
    assert.equal(pod.metadata.labels["sparkoperator.k8s.io/mutated-by-spark-operator"], "true");
    const [driver] = pod.spec.containers;
    const value = (name: string) => driver?.env.find((one) => one.name === name);
    assert.equal(value("OPENEO_CATALOG_FILES")?.value, "/opt/layercatalog.json");
    assert.equal(value("SIGNED_URL_SECRET")?.valueFrom?.secretKeyRef?.name, "openeo-signing");
    const mounts = driver?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
    assert.ok(mounts.includes("/opt/layercatalog.json"));
    assert.ok(mounts.includes("/opt/backend_config/backendconfig.py"));
  });

  it("gives the accounts exactly the listed rights, and none next door", async () => {
    const openeo = [
      "configmaps create,delete,deletecollection,list",
      "persistentvolumeclaims create,delete,deletecollection,list",
      "pods create,delete,deletecollection,get,list,patch,watch",
      "services deletecollection,list",
      "sparkapplications.sparkoperator.k8s.io create,delete,get,list",
    ];
    assert.deepEqual(await rights(platform, "spark-jobs", "openeo"), openeo);
    assert.deepEqual(await rights(platform, "team-b", "openeo-b", "team-b"), openeo);
    assert.deepEqual(await rights(platform, "team-b", "openeo"), []);
    assert.deepEqual(await rights(platform, "spark-jobs", "openeo-executor"), []);
    assert.deepEqual(await rights(platform, "spark-jobs", "batch-executors"), []);
  });

  it("changes nothing on a second up", async () => {
    assert.deepEqual(await upDone(platform), []);
  });

  it("submits the application anew when its catalogue changes, and touches nothing else", async () => {
    const first = await submission("spark-jobs", "openeo");
    const other = await submission("team-b", "openeo-b");
    await writeFile(file, catalogue(["ONE-4x4", "TWO-8x8"]));
    assert.deepEqual(await upDone(platform), [
      "updated kubernetes:core/v1:ConfigMap openeo-layercatalog",
      "updated kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication openeo-application",
    ]);
    const second = await eventually(
      () => submission("spark-jobs", "openeo"),
      (seen) => seen !== first && seen !== "",
    );
    assert.notEqual(second, first);
    assert.equal(await submission("team-b", "openeo-b"), other);
    await runs("spark-jobs", "openeo");
  });

  it("switches features on and off, and touches only theirs", async () => {
    await platform.configure(
      settings({
        route: { tlsSecret: "openeo-tls", sparkUiHost: "spark.local" },
        metrics: { configuration: path.join(__dirname, "prometheus.yaml") },
        zooKeeper: { nodes: ["zookeeper.zookeeper:2181"] },
        jobTracker: { enabled: true },
      }),
    );
    const touched = [
      "created kubernetes:batch/v1:CronJob openeo-job-tracker-cronjob",
      "created kubernetes:core/v1:ConfigMap openeo-prometheus-config",
      "created kubernetes:core/v1:ServiceAccount openeo-job-tracker-account",
      "created kubernetes:networking.k8s.io/v1:Ingress openeo-driver-ui-ingress",
      "created kubernetes:rbac.authorization.k8s.io/v1:Role openeo-job-tracker-role",
      "created kubernetes:rbac.authorization.k8s.io/v1:RoleBinding openeo-job-tracker-binding",
      // Whether there is a ZooKeeper stands in the file.
      "updated kubernetes:core/v1:ConfigMap openeo-backend-config",
      "updated kubernetes:networking.k8s.io/v1:Ingress openeo-ingress",
      "updated kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication openeo-application",
    ];
    assert.deepEqual(await upDone(platform), touched);
    await platform.configure(settings());
    const back = touched.map((line) => line.replace(/^created/, "deleted")).sort();
    assert.deepEqual(await upDone(platform), back);
  });

  it("shows no secret in ConfigMaps, applications, pods and jobs", async () => {
    const secrets = JSON.parse(await platform.kubectl("get", "secrets", "-A", "-o", "json")) as {
      items: { type: string; data?: Record<string, string> }[];
    };
    const values = secrets.items
      .filter(({ type }) => type === "Opaque")
      .flatMap(({ data = {} }) => Object.values(data))
      .map((value) => Buffer.from(value, "base64").toString())
      // The access key ids of the store are names.
      .filter((value) => value.length >= 12);
    assert.ok(values.length >= 6);
    const kinds = "configmaps,sparkapplications,pods,statefulsets,deployments,cronjobs,ingresses";
    const shown = await platform.kubectl("get", kinds, "-A", "-o", "json");
    assert.equal(values.filter((value) => shown.includes(value)).length, 0);
  });
});

/** What an account may do in a namespace beyond what everybody may: `resource verbs`. */
async function rights(
  platform: Platform,
  namespace: string,
  account: string,
  accountNamespace = "spark-jobs",
): Promise<string[]> {
  const list = (user: string) =>
    platform.kubectl("auth", "can-i", "--list", "-n", namespace, "--no-headers", `--as=${user}`);
  const own = await list(`system:serviceaccount:${accountNamespace}:${account}`);
  const everybody = (await list(`system:serviceaccount:${accountNamespace}:nobody`)).split("\n");
  return own
    .split("\n")
    .filter((line) => line.trim() !== "" && !everybody.includes(line))
    .map((line) => {
      const [resource = ""] = line.trim().split(/\s+/);
      const verbs = /\[([^\]]*)\]\s*$/.exec(line)?.[1] ?? "";
      return `${resource} ${verbs.split(" ").sort().join(",")}`;
    })
    .sort();
}
