import assert from "node:assert/strict";
import { OpenEo, OpenEoRouteKind, type OpenEoArgs } from "../../components";
import { at, canary, listAt, masked, record, type Inputs } from "./recording";
import { layerCatalog, openEoArgs, openEoStore, types } from "./specimens";

const make = (changes?: Partial<OpenEoArgs>, name = "openeo") =>
  new OpenEo(name, openEoArgs(changes));

const specOf = async (changes?: Partial<OpenEoArgs>): Promise<unknown> =>
  (await record(() => make(changes))).one(types.sparkApplication)["spec"];

const podsOf = (spec: unknown) => [at(spec, "driver"), at(spec, "executor")];

/** A pod's environment by name. */
const environment = (pod: unknown): Inputs =>
  Object.fromEntries(
    listAt(pod, "env").map((variable) => [String(at(variable, "name")), variable]),
  );

/** A spec without the one annotation that is to differ. */
const withoutCatalogSum = (spec: unknown): unknown =>
  JSON.parse(JSON.stringify(spec).replace(/"checksum\/layercatalog":"[0-9a-f]+",?/, ""));

describe("OpenEo", () => {
  it("is a Python application in cluster mode that is always started again", async () => {
    const spec = await specOf();
    assert.equal(at(spec, "type"), "Python");
    assert.equal(at(spec, "mode"), "cluster");
    assert.equal(at(spec, "image"), "registry.example.org/openeo:20260601");
    assert.equal(at(spec, "restartPolicy", "type"), "Always");
    // Without intervals the operator retries nothing.
    assert.equal(at(spec, "restartPolicy", "onFailureRetryInterval"), 10);
    assert.equal(at(spec, "restartPolicy", "onSubmissionFailureRetryInterval"), 20);
    assert.deepEqual(at(spec, "driver", "ports"), [
      { name: "webapp", containerPort: 50001, protocol: "TCP" },
    ]);
  });

  it("listens on the pod's address, which its Service reaches", async () => {
    const seen = await record(() => make());
    const driver = at(seen.one(types.sparkApplication), "spec", "driver");
    assert.equal(
      at(environment(driver), "SPARK_LOCAL_IP", "valueFrom", "fieldRef", "fieldPath"),
      "status.podIP",
    );
    const service = seen.one(types.service)["spec"];
    assert.deepEqual(at(service, "selector"), at(driver, "labels"));
    assert.equal(at(service, "ports", 0, "targetPort"), at(driver, "ports", 0, "containerPort"));
  });

  it("runs the driver with the rights that it needs, and executors with none", async () => {
    const seen = await record(() => make());
    const [driver, executor] = podsOf(seen.one(types.sparkApplication)["spec"]);
    assert.equal(at(driver, "serviceAccount"), "openeo");
    assert.equal(at(executor, "serviceAccount"), "openeo-executor");
    const bound = seen.one(types.roleBinding, "openeo-driver-binding");
    assert.deepEqual(
      listAt(bound, "subjects").map((subject) => at(subject, "name")),
      ["openeo"],
    );
    const account = seen.one(types.serviceAccount, "openeo-executor-account");
    assert.equal(at(account, "automountServiceAccountToken"), false);
    const rights = listAt(seen.one(types.role, "openeo-driver-role"), "rules").flatMap((rule) =>
      listAt(rule, "resources").map((what) => `${String(what)}: ${listAt(rule, "verbs").join()}`),
    );
    assert.deepEqual(rights, [
      "pods: create,delete,deletecollection,get,list,patch,watch",
      "configmaps: create,delete,deletecollection,list",
      "persistentvolumeclaims: create,delete,deletecollection,list",
      "services: deletecollection,list",
      "sparkapplications: create,delete,get,list",
    ]);
  });

  it("mounts the layer catalogue, and restarts the driver when it changes", async () => {
    const seen = await record(() => make());
    const spec = seen.one(types.sparkApplication)["spec"];
    const [driver, executor] = podsOf(spec);
    const catalogue = seen.one(types.configMap, "openeo-layercatalog");
    assert.equal(at(catalogue, "data", "layercatalog.json"), layerCatalog);
    assert.equal(at(spec, "volumes", 0, "configMap", "name"), at(catalogue, "metadata", "name"));
    assert.equal(at(driver, "volumeMounts", 0, "mountPath"), "/opt/layercatalog.json");
    assert.equal(at(driver, "volumeMounts", 0, "subPath"), "layercatalog.json");
    assert.equal(at(executor, "volumeMounts"), undefined);
    const other = await specOf({ layerCatalogs: [{ name: "layers.json", content: "[]" }] });
    const sum = (pod: unknown) => String(at(pod, "annotations", "checksum/layercatalog"));
    assert.match(sum(driver), /^[0-9a-f]{64}$/);
    assert.notEqual(sum(driver), sum(at(other, "driver")));
    assert.deepEqual(withoutCatalogSum(spec), withoutCatalogSum(other));
  });

  it("mounts each of several catalogue files, and names them all beside the image's own", async () => {
    const layerCatalogs = ["a", "b"].map((name) => ({ name: `${name}.json`, content: "[]" }));
    const seen = await record(() => make({ layerCatalogs, imageCatalogs: ["/opt/own.json"] }));
    const [driver] = podsOf(seen.one(types.sparkApplication)["spec"]);
    const paths = "/opt/a.json,/opt/b.json,/opt/own.json";
    assert.equal(at(environment(driver), "OPENEO_CATALOG_FILES", "value"), paths);
    assert.deepEqual(
      ["openeo-layercatalog-1", "openeo-layercatalog-2"].map((name) =>
        Object.keys(seen.one(types.configMap, name)["data"] ?? {}),
      ),
      [["a.json"], ["b.json"]],
    );
    const mounts = listAt(driver, "volumeMounts").map((mount) => at(mount, "mountPath"));
    assert.ok(mounts.includes("/opt/a.json") && mounts.includes("/opt/b.json"));
    assert.ok(!mounts.includes("/opt/own.json"));
  });

  it("keeps given keys as Secrets, marked or not, and shows no value of them anywhere", async () => {
    const seen = await record(() => make());
    const keys = { AWS_ACCESS_KEY_ID: masked, AWS_SECRET_ACCESS_KEY: masked };
    assert.deepEqual(seen.one(types.secret, "openeo-s3")["stringData"], keys);
    assert.deepEqual(seen.one(types.secret, "openeo-signing")["stringData"], {
      SIGNED_URL_SECRET: masked,
    });
    assert.ok(!JSON.stringify(seen.all).includes(canary));
    // A secret stands nowhere but in the Secrets, not even masked.
    const holders = seen.all.filter(({ inputs }) => JSON.stringify(inputs).includes(masked));
    assert.deepEqual(
      holders.map(({ name }) => name),
      ["openeo-s3", "openeo-signing"],
    );
    const [driver, executor] = podsOf(seen.one(types.sparkApplication)["spec"]);
    for (const pod of [driver, executor]) {
      for (const name of Object.keys(keys)) {
        const variable = at(environment(pod), name);
        assert.equal(at(variable, "valueFrom", "secretKeyRef", "name"), "openeo-s3");
        assert.equal(at(variable, "value"), undefined);
      }
    }
    assert.equal(
      at(environment(driver), "SIGNED_URL_SECRET", "valueFrom", "secretKeyRef", "name"),
      "openeo-signing",
    );
    assert.equal(at(environment(executor), "SIGNED_URL_SECRET"), undefined);
  });

  it("keeps every credential in Secrets, with all features that take one", async () => {
    const keys = { accessKeyId: canary, secretAccessKey: canary };
    const seen = await record(() =>
      make({
        inputData: { endpoint: "https://eodata.example.org", ...keys },
        httpCredentials: canary,
        login: { basicUser: "openeo" },
        jobRegistry: {
          api: "https://jobs.example.org",
          backendId: "example",
          clientCredentials: canary,
        },
        zooKeeper: { nodes: ["zk:2181"], username: "openeo", password: canary },
        secretEnv: { LICENCE: canary },
        jobTracker: {},
        lite: {},
        batch: { preemptible: {} },
      }),
    );
    assert.ok(!JSON.stringify(seen.all).includes(canary));
    const holders = seen.all.filter(({ inputs }) => JSON.stringify(inputs).includes(masked));
    assert.deepEqual(
      holders.map(({ name }) => name),
      ["openeo-environment", "openeo-http-credentials", "openeo-s3", "openeo-signing"],
    );
  });

  it("starts the driver anew when a secret changes, by a checksum that tells nothing", async () => {
    const sumOf = async (secretAccessKey: string) =>
      String(
        at(
          await specOf({ s3: { ...openEoStore, secretAccessKey } }),
          "driver",
          "annotations",
          "checksum/secrets",
        ),
      );
    const sum = await sumOf("one");
    assert.match(sum, /^[0-9a-f]{64}$/);
    assert.equal(sum, await sumOf("one"));
    assert.notEqual(sum, await sumOf("two"));
  });

  it("points every client at the store: boto3, GDAL and Spark", async () => {
    const s3 = { ...openEoStore, endpoint: "http://store.object-store:7070", bucket: "results" };
    const spec = await specOf({ s3 });
    for (const pod of podsOf(spec)) {
      const value = (name: string) => at(environment(pod), name, "value");
      assert.equal(value("SWIFT_URL"), s3.endpoint);
      assert.equal(value("SWIFT_BUCKET"), "results");
      assert.equal(value("AWS_ENDPOINT_URL_S3"), s3.endpoint);
      assert.equal(value("AWS_S3_ENDPOINT"), "store.object-store:7070");
      assert.equal(value("AWS_HTTPS"), "NO");
    }
    assert.equal(at(spec, "sparkConf", "spark.hadoop.fs.s3a.endpoint"), s3.endpoint);
  });

  it("asks another store for input data where there is one", async () => {
    const inputData = { endpoint: "https://eodata.example.org", region: "default" };
    const seen = await record(() => make({ inputData }));
    const [driver] = podsOf(seen.one(types.sparkApplication)["spec"]);
    const value = (name: string) => at(environment(driver), name, "value");
    assert.equal(value("SWIFT_URL"), openEoStore.endpoint);
    assert.equal(value("AWS_S3_ENDPOINT"), "eodata.example.org");
    assert.equal(value("AWS_HTTPS"), "YES");
    assert.equal(value("AWS_REGION"), "default");
    assert.equal(value("SWIFT_ACCESS_KEY_ID"), undefined);
  });

  it("keeps the keys of the two stores apart where there are two pairs", async () => {
    const keys = { accessKeyId: "input", secretAccessKey: canary };
    const inputData = { endpoint: "https://eodata.example.org", ...keys };
    const seen = await record(() => make({ inputData }));
    const secret = seen.one(types.secret, "openeo-s3")["stringData"] ?? {};
    assert.deepEqual(Object.keys(secret).sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "SWIFT_ACCESS_KEY_ID",
      "SWIFT_SECRET_ACCESS_KEY",
    ]);
  });

  it("has a way from outside where it has a route, and none without", async () => {
    const without = await record(() => make());
    assert.equal(without.of(types.ingress).length, 0);
    const seen = await record(() => make({ route: { host: "openeo.example.org" } }));
    const ingress = seen.one(types.ingress)["spec"];
    assert.equal(at(ingress, "ingressClassName"), "traefik");
    assert.equal(at(ingress, "rules", 0, "host"), "openeo.example.org");
    assert.equal(at(ingress, "tls"), undefined);
    const path = at(ingress, "rules", 0, "http", "paths", 0);
    assert.equal(at(path, "pathType"), "Prefix");
    assert.deepEqual(at(path, "backend", "service"), { name: "openeo", port: { number: 50001 } });
  });

  it("serves openEO and the Spark UI with a certificate each", async () => {
    const tls = { secretName: "openeo-tls", clusterIssuer: "letsencrypt" };
    const route = { host: "openeo.example.org", sparkUiHost: "spark.example.org", tls };
    const seen = await record(() => make({ route }));
    const web = seen.one(types.ingress, "openeo-ingress");
    const ui = seen.one(types.ingress, "openeo-driver-ui-ingress");
    const issuer = ["metadata", "annotations", "cert-manager.io/cluster-issuer"];
    for (const ingress of [web, ui]) assert.equal(at(ingress, ...issuer), "letsencrypt");
    assert.deepEqual(at(web, "spec", "tls"), [
      { hosts: ["openeo.example.org"], secretName: "openeo-tls" },
    ]);
    assert.deepEqual(at(ui, "spec", "tls"), [
      { hosts: ["spark.example.org"], secretName: "openeo-tls-spark-ui" },
    ]);
    const backend = at(ui, "spec", "rules", 0, "http", "paths", 0, "backend", "service");
    assert.deepEqual(backend, { name: "openeo-ui-svc", port: { number: 4040 } });
  });

  it("can be reached by an IngressRoute of Traefik's current group", async () => {
    const route = { host: "openeo.example.org", kind: OpenEoRouteKind.IngressRoute };
    const tls = { secretName: "openeo-tls" };
    const seen = await record(() => make({ route: { ...route, tls } }));
    assert.equal(seen.of(types.ingress).length, 0);
    const made = seen.one("kubernetes:traefik.io/v1alpha1:IngressRoute");
    assert.deepEqual(at(made, "spec", "entryPoints"), ["websecure"]);
    assert.equal(at(made, "spec", "routes", 0, "match"), "Host(`openeo.example.org`)");
    assert.deepEqual(at(made, "spec", "tls"), { secretName: "openeo-tls" });
    const plain = await record(() => make({ route }));
    const open = plain.one("kubernetes:traefik.io/v1alpha1:IngressRoute");
    assert.deepEqual(at(open, "spec", "entryPoints"), ["web"]);
  });

  it("monitors driver and executors where a Prometheus is said to select it", async () => {
    const type = "kubernetes:monitoring.coreos.com/v1:PodMonitor";
    const without = await record(() => make({ metrics: {} }));
    assert.equal(without.of(type).length, 0);
    const metrics = { podMonitorLabels: { release: "prometheus" } };
    const monitor = (await record(() => make({ metrics }))).one(type);
    assert.equal(at(monitor, "metadata", "labels", "release"), "prometheus");
    assert.equal(at(monitor, "spec", "podMetricsEndpoints", 0, "port"), "jmx-exporter");
    assert.deepEqual(at(monitor, "spec", "selector", "matchLabels"), {
      "sparkoperator.k8s.io/app-name": "openeo",
    });
  });

  it("points the JMX exporter at a file, not at its content", async () => {
    assert.equal(at(await specOf(), "monitoring"), undefined);
    const jmxExporterJar = "/opt/jmx_prometheus_javaagent-0.13.0.jar";
    const metrics = { jmxExporterJar, executors: false, configuration: "rules: []" };
    const spec = await specOf({ metrics });
    assert.deepEqual(at(spec, "monitoring"), {
      exposeDriverMetrics: true,
      exposeExecutorMetrics: false,
      prometheus: {
        jmxExporterJar,
        port: 8090,
        configFile: "/opt/prometheus_config/prometheus.yaml",
      },
    });
    for (const pod of ["driver", "executor"]) {
      const paths = listAt(spec, pod, "volumeMounts").map((mount) => at(mount, "mountPath"));
      assert.ok(paths.includes("/opt/prometheus_config/prometheus.yaml"), pod);
    }
  });

  it("turns sizes into the quantities of Spark and Kubernetes", async () => {
    const [driver, executor] = podsOf(
      await specOf({
        driver: { cpuMillicores: 1500, memoryMib: 2048, memoryOverheadMib: 512 },
        executor: { instances: 3, cores: 2, cpuMillicores: 500 },
      }),
    );
    assert.equal(at(driver, "coreRequest"), "1500m");
    assert.equal(at(driver, "coreLimit"), "1500m");
    assert.equal(at(driver, "memory"), "2048m");
    assert.equal(at(driver, "memoryOverhead"), "512m");
    assert.equal(at(executor, "instances"), 3);
    assert.equal(at(executor, "cores"), 2);
    assert.equal(at(executor, "coreLimit"), "1200m");
  });

  it("takes configuration that only says where credentials come from", async () => {
    const key = "spark.hadoop.fs.s3a.aws.credentials.provider";
    const spec = await specOf({ sparkConf: { [key]: "com.example.Provider" } });
    assert.equal(at(spec, "sparkConf", key), "com.example.Provider");
  });
});
