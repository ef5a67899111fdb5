import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { V1ConfigMap, V1Container, V1Pod, V1Service } from "@kubernetes/client-node";
import { execa } from "execa";
import { findPyspark } from "../../../tools/toolchain";
import { parseProperties } from "../../../embedded/spark-submit/properties";
import { skip } from "../../support/skip";
import { startForTest, toolsOrSkip, type TestControlPlane } from "./support";

const namespace = "spark-jobs";
const standIn = path.resolve(__dirname, "../../../embedded/spark-submit");

/** What a submission leaves in the cluster, with everything that is drawn by lot left out. */
interface Made {
  readonly pod: V1Pod;
  readonly services: readonly V1Service[];
  readonly configMaps: readonly V1ConfigMap[];
}

describe("the stand-in for spark-submit beside the real one", function () {
  this.timeout(180_000);
  let plane: TestControlPlane;
  const made: Partial<Record<"real" | "standIn", Made>> = {};

  before(async function () {
    const sparkHome = await findPyspark();
    if (sparkHome === undefined) {
      skip(
        this,
        "no Java or no pyspark; to get it: install Python 3 and a JRE 17, then `make test` fetches pyspark",
      );
    }
    plane = await startForTest(await toolsOrSkip(this));
    await plane.core.createNamespace({ body: { metadata: { name: namespace } } });
    made.real = await submitWith(plane, sparkHome);
    made.standIn = await submitWith(plane, standIn);
  });

  after(async () => {
    await plane?.stop();
  });

  const both = <T>(of: (made: Made) => T): [T, T] => {
    assert.ok(made.real && made.standIn);
    return [of(made.real), of(made.standIn)];
  };
  const spark = ({ pod }: Made): V1Container => {
    const [container] = pod.spec?.containers ?? [];
    assert.ok(container);
    return container;
  };
  const same = <T>(of: (made: Made) => T) => assert.deepEqual(...both(of));

  it("the same driver: arguments, ports, resources, account, tolerations", () => {
    same((it) => spark(it).args);
    same((it) => spark(it).ports);
    same((it) => spark(it).resources);
    same(({ pod }) => pod.spec?.serviceAccountName);
    same(({ pod }) => pod.spec?.restartPolicy);
    same(({ pod }) => pod.spec?.tolerations);
    same(({ pod }) => pod.spec?.nodeSelector);
    same(({ pod }) => pod.spec?.containers.map(({ name, image }) => [name, image]));
  });

  it("the same labels and annotations, but for the version of Spark", () => {
    const labels = ({ pod }: Made) => ({
      ...pod.metadata?.labels,
      "spark-app-selector": "drawn",
      "spark-version": "differs",
    });
    same(labels);
    same(({ pod }) => pod.metadata?.annotations);
  });

  it("the same environment and volumes, but for the name of the local folder", () => {
    same((it) =>
      spark(it)
        .env?.map(({ name }) => name)
        .sort(),
    );
    same(({ pod }) => pod.spec?.volumes?.map(({ name }) => name.replace(/-\w{5}$/, "")).sort());
  });

  it("the same headless Service of the driver", () => {
    same(({ services }) =>
      services.map(({ spec }) => [spec?.clusterIP, spec?.ports, Object.keys(spec?.selector ?? {})]),
    );
  });

  it("the same settings for the driver", () => {
    // When it was submitted and by which client: only a real one tells.
    const only = ["spark.app.submitTime", "spark.kubernetes.submitInDriver"];
    const drawn = ["spark.app.id", "spark.driver.host", "spark.submit.pyFiles", ...only];
    const settings = ({ configMaps }: Made) => {
      const text = configMaps.map(({ data }) => data?.["spark.properties"]).find(Boolean);
      const all = [...parseProperties(text ?? "")];
      return Object.fromEntries(all.filter(([key]) => !drawn.includes(key)).sort());
    };
    same(settings);
  });

  it("the same template for executors, where both mount it", () => {
    same(({ configMaps }) => {
      const texts = configMaps.map(({ data }) => data?.["podspec-configmap-key"]);
      return texts.filter(Boolean).map((text) => text?.includes("from-template"));
    });
  });
});

/** Submits one application, takes down what came of it, and clears the namespace again. */
async function submitWith(plane: TestControlPlane, sparkHome: string): Promise<Made> {
  const folder = path.join(plane.dir, "submission");
  await mkdir(folder, { recursive: true });
  const kubeconfig = await tokenKubeconfig(plane, folder);
  const templates = await writeTemplates(folder);
  const { server } = JSON.parse(
    (await plane.kubectl(["config", "view", "-o", "jsonpath={.clusters[0].cluster}"])).text,
  ) as { server: string };
  const settings = {
    "spark.kubernetes.namespace": namespace,
    "spark.kubernetes.container.image": "docker.io/apache/spark:4.0.1",
    "spark.kubernetes.driver.pod.name": "survey-driver",
    "spark.kubernetes.driver.podTemplateFile": templates.driver,
    "spark.kubernetes.driver.podTemplateContainerName": "spark-kubernetes-driver",
    "spark.kubernetes.executor.podTemplateFile": templates.executor,
    "spark.kubernetes.executor.podTemplateContainerName": "spark-kubernetes-executor",
    "spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name": "survey",
    "spark.kubernetes.driver.annotation.note": "a note",
    "spark.kubernetes.driverEnv.PLAIN": "given",
    "spark.kubernetes.driver.secretKeyRef.SECRET": "s3:access",
    "spark.kubernetes.driver.limit.cores": "1200m",
    "spark.kubernetes.node.selector.pool": "spark",
    "spark.kubernetes.authenticate.driver.serviceAccountName": "default",
    "spark.kubernetes.submission.waitAppCompletion": "false",
    "spark.driver.cores": "1",
    "spark.driver.memory": "2g",
    "spark.executor.instances": "2",
  };
  const confs = Object.entries(settings).flatMap(([key, value]) => ["--conf", `${key}=${value}`]);
  const { hostname, port } = new URL(server);
  const master = ["--master", `k8s://${server}`, "--deploy-mode", "cluster", "--name", "survey"];
  await execa(
    path.join(sparkHome, "bin/spark-submit"),
    [...master, ...confs, "local:///opt/app.py", "--day", "1"],
    {
      env: {
        KUBECONFIG: kubeconfig,
        KUBERNETES_SERVICE_HOST: hostname,
        KUBERNETES_SERVICE_PORT: port,
        SPARK_HOME: sparkHome,
      },
    },
  );
  const pod = await plane.core.readNamespacedPod({ namespace, name: "survey-driver" });
  const [services, configMaps] = await Promise.all([
    plane.core.listNamespacedService({ namespace }),
    plane.core.listNamespacedConfigMap({ namespace }),
  ]);
  const isOfDriver = ({ metadata }: V1Service | V1ConfigMap) =>
    metadata?.ownerReferences?.[0]?.uid === pod.metadata?.uid;
  await plane.kubectl(["delete", "pod", "survey-driver", "-n", namespace, "--wait"]);
  return {
    pod,
    services: services.items.filter(isOfDriver),
    configMaps: configMaps.items.filter(isOfDriver),
  };
}

/** Spark's client reads no elliptic-curve client key: a ServiceAccount's token it does. */
async function tokenKubeconfig(plane: TestControlPlane, folder: string): Promise<string> {
  const role = ["--clusterrole=edit", `--serviceaccount=${namespace}:default`, "-n", namespace];
  await plane.kubectl(["create", "rolebinding", "submit", ...role]);
  const { text: token } = await plane.kubectl(["create", "token", "default", "-n", namespace]);
  const { text } = await plane.kubectl(["config", "view", "--raw", "-o", "json"]);
  const config = JSON.parse(text) as { users: { name: string; user: object }[] };
  const users = config.users.map(({ name }) => ({ name, user: { token: token.trim() } }));
  const file = path.join(folder, "kubeconfig");
  await writeFile(file, JSON.stringify({ ...config, users }), { mode: 0o600 });
  return file;
}

async function writeTemplates(folder: string) {
  const write = async (role: "driver" | "executor") => {
    const file = path.join(folder, `${role}.yaml`);
    const container = `{name: spark-kubernetes-${role}}`;
    await writeFile(
      file,
      `apiVersion: v1
kind: Pod
metadata: {labels: {from-template: "yes"}}
spec: {containers: [${container}], tolerations: [{key: pool, operator: Exists}]}
`,
    );
    return file;
  };
  return { driver: await write("driver"), executor: await write("executor") };
}
