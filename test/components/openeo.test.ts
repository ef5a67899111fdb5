import assert from "node:assert/strict";
import { OpenEo, S3Credentials, type OpenEoArgs } from "../../components";
import { at, canary, listAt, masked, record, refusals, type Inputs } from "./recording";
import { openEoArgs, types } from "./specimens";

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

describe("OpenEo", () => {
  it("is a Python application in cluster mode that is always started again", async () => {
    const spec = await specOf();
    assert.equal(at(spec, "type"), "Python");
    assert.equal(at(spec, "mode"), "cluster");
    assert.equal(at(spec, "image"), "registry.example.org/openeo:20260101");
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
    const bound = seen.one(types.roleBinding);
    assert.deepEqual(
      listAt(bound, "subjects").map((subject) => at(subject, "name")),
      ["openeo"],
    );
    const account = seen.one(types.serviceAccount, "openeo-executor-account");
    assert.equal(at(account, "automountServiceAccountToken"), false);
    const rights = listAt(seen.one(types.role), "rules").flatMap((rule) =>
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
    const [driver] = podsOf(spec);
    const catalogue = seen.one(types.configMap);
    assert.equal(at(catalogue, "data", "layercatalog.json"), '[{"id": "SENTINEL2"}]');
    assert.equal(at(spec, "volumes", 0, "configMap", "name"), at(catalogue, "metadata", "name"));
    assert.equal(at(driver, "volumeMounts", 0, "mountPath"), "/opt/layercatalog.json");
    assert.equal(at(driver, "volumeMounts", 0, "subPath"), "layercatalog.json");
    const other = await specOf({ layerCatalog: "[]" });
    const sum = (pod: unknown) => String(at(pod, "annotations", "checksum/layercatalog"));
    assert.match(sum(driver), /^[0-9a-f]{64}$/);
    assert.notEqual(sum(driver), sum(at(other, "driver")));
  });

  it("generates credentials as Secrets and shows no value of them anywhere", async () => {
    const seen = await record(() => make());
    assert.equal(seen.of("random:index/randomPassword:RandomPassword").length, 3);
    const keys = { "access-key-id": masked, "secret-access-key": masked };
    assert.deepEqual(seen.one(types.secret, "openeo-s3")["stringData"], keys);
    assert.deepEqual(seen.one(types.secret, "openeo-signing")["stringData"], {
      "signed-url-secret": masked,
    });
    // A secret stands nowhere but in the Secrets, not even masked.
    const holders = seen.all.filter(({ inputs }) => JSON.stringify(inputs).includes(masked));
    assert.deepEqual(
      holders.map(({ name }) => name),
      ["openeo-s3", "openeo-signing"],
    );
    const [driver, executor] = podsOf(seen.one(types.sparkApplication)["spec"]);
    for (const pod of [driver, executor]) {
      for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
        const variable = at(environment(pod), name);
        assert.equal(at(variable, "valueFrom", "secretKeyRef", "name"), "openeo-s3");
        assert.equal(at(variable, "value"), undefined);
      }
    }
    assert.equal(
      at(environment(driver), "SIGNED_URL_SECRET", "valueFrom", "secretKeyRef", "name"),
      "openeo-signing",
    );
  });

  it("takes credentials that are given, and keeps them secret even when they are not marked", async () => {
    const s3 = {
      endpoint: "https://s3.example.org",
      credentials: S3Credentials.Given,
      accessKeyId: canary,
      secretAccessKey: canary,
    };
    const seen = await record(() => make({ s3 }));
    assert.equal(seen.of("random:index/randomPassword:RandomPassword").length, 1);
    const keys = { "access-key-id": masked, "secret-access-key": masked };
    assert.deepEqual(seen.one(types.secret, "openeo-s3")["stringData"], keys);
    assert.ok(!JSON.stringify(seen.all).includes(canary));
  });

  it("has an Ingress where it has a host, and none without", async () => {
    const without = await record(() => make());
    assert.equal(without.of(types.ingress).length, 0);
    const seen = await record(() => make({ host: "openeo.example.org" }));
    const ingress = seen.one(types.ingress)["spec"];
    assert.equal(at(ingress, "ingressClassName"), "traefik");
    assert.equal(at(ingress, "rules", 0, "host"), "openeo.example.org");
    const path = at(ingress, "rules", 0, "http", "paths", 0);
    assert.equal(at(path, "pathType"), "Prefix");
    assert.deepEqual(at(path, "backend", "service"), { name: "openeo", port: { name: "http" } });
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

  const refused: [string, Partial<OpenEoArgs>, RegExp][] = [
    ["a namespace that the operator does not watch", { namespace: "other" }, /^namespace: .*other/],
    ["an image with a tag", { image: "r.example.org:5000/a:1" }, /^image: .*imageVersion/],
    ["a floating tag", { imageVersion: "latest" }, /^imageVersion: /],
    ["a catalogue that is no JSON", { layerCatalog: "{" }, /^layerCatalog: is no JSON/],
    ["a catalogue that is no list", { layerCatalog: "{}" }, /^layerCatalog: must be a JSON list/],
    ["a nameless collection", { layerCatalog: '[{"id":"a"},{}]' }, /^layerCatalog: collection 1/],
    ["a bad host", { host: "http://x" }, /^host: /],
    ["too little heap", { driver: { memoryMib: 100 } }, /^driver\.memoryMib: .*at least 512/],
    ["half an executor", { executor: { instances: 0.5 } }, /^executor\.instances: /],
    ["no core", { executor: { cores: 0 } }, /^executor\.cores: /],
    [
      "a limit below the request",
      { driver: { cpuMillicores: 2000, cpuLimitMillicores: 1000 } },
      /^driver\.cpuLimitMillicores: .*at least 2000/,
    ],
    ["a metrics port", { metrics: { jmxExporterJar: "/x.jar", port: 80 } }, /^metrics\.port: /],
    ["a remote jar", { jars: ["https://x.example.org/a.jar"] }, /^jars\[0\]: .*local:/],
    ["Spark 2.4 on a new cluster", { sparkVersion: "2.4.5" }, /^sparkVersion: .*Kubernetes 1\.15/],
    [
      "a credential in sparkConf",
      { sparkConf: { "spark.hadoop.fs.s3a.secret.key": canary } },
      /^sparkConf\.spark\.hadoop\.fs\.s3a\.secret\.key: looks like a credential/,
    ],
    ["a credential in the environment", { environment: { DB_PASSWORD: canary } }, /^environment\./],
    [
      "credentials in the endpoint",
      { s3: { endpoint: "https://a:b@s3.example.org", credentials: S3Credentials.Generated } },
      /^s3\.endpoint: /,
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuses ${what}, names no secret, and registers nothing`, async () => {
      let told: string[] = [];
      const seen = await record(() => {
        told = refusals(() => make(changes));
      });
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", message);
      assert.ok(!told.join().includes(canary));
      assert.deepEqual(seen.all, []);
    });
  }

  it("refuses credentials that are half given, or given although generated", () => {
    const endpoint = "https://s3.example.org";
    const half = { endpoint, credentials: S3Credentials.Given, accessKeyId: canary };
    assert.deepEqual(
      refusals(() => make({ s3: half })).map((line) => line.split(":")[0]),
      ["s3.secretAccessKey"],
    );
    const both = { endpoint, credentials: S3Credentials.Generated, secretAccessKey: canary };
    assert.deepEqual(
      refusals(() => make({ s3: both })).map((line) => line.split(":")[0]),
      ["s3.secretAccessKey"],
    );
  });

  it("refuses names that the operator's webhook would refuse", () => {
    for (const name of ["1openeo", "open.eo", "OpenEO", "a".repeat(64)]) {
      assert.deepEqual(
        refusals(() => make({}, name)).map((line) => line.split(":")[0]),
        ["name"],
        name,
      );
    }
  });

  it("takes configuration that only says where credentials come from", async () => {
    const key = "spark.hadoop.fs.s3a.aws.credentials.provider";
    const spec = await specOf({ sparkConf: { [key]: "com.example.Provider" } });
    assert.equal(at(spec, "sparkConf", key), "com.example.Provider");
  });
});
