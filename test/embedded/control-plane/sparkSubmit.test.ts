import assert from "node:assert/strict";
import fc from "fast-check";
import { submitted } from "../../../embedded/spark-submit/driverPod";
import { executorPod, wantedExecutors } from "../../../embedded/spark-submit/executorPod";
import { parseProperties, propertiesText } from "../../../embedded/spark-submit/properties";
import { mib, resources } from "../../../embedded/spark-submit/resources";
import { readArguments } from "../../../embedded/spark-submit/submitArguments";

const unique = "0123456789abcdef0123456789abcdef";
const args = [
  ...["--master", "k8s://https://127.0.0.1:6443", "--deploy-mode", "cluster", "--name", "Survey 1"],
  ...["--conf", "spark.kubernetes.namespace=jobs"],
  ...["--conf", "spark.kubernetes.container.image=spark:4"],
  ...["--conf", "spark.kubernetes.driver.pod.name=survey-driver"],
  ...["--conf", "spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name=survey"],
  ...["--conf", "spark.kubernetes.driverEnv.A=b=c"],
  ...["--conf", "spark.kubernetes.driver.secretKeyRef.S=s3:access"],
  ...["--conf", "spark.executor.instances=3"],
  ...["local:///opt/app.py", "--day", "1"],
];
const template = `
metadata: {labels: {from: template}}
spec:
  tolerations: [{key: spark, operator: Exists}]
  containers:
  - {name: spark, envFrom: [{configMapRef: {name: shared}}]}
  - {name: beside, image: proxy}
`;

describe("the stand-in for spark-submit", () => {
  it("reads what the operator gives: settings, options that are settings, file, arguments", () => {
    const submission = readArguments(args);
    assert.equal(submission.name, "Survey 1");
    assert.equal(submission.resource, "local:///opt/app.py");
    assert.deepEqual(submission.args, ["--day", "1"]);
    assert.equal(submission.properties.get("spark.kubernetes.driverEnv.A"), "b=c");
    assert.equal(submission.properties.get("spark.submit.deployMode"), "cluster");
  });

  it("refuses an option that it does not know, and a command line without a file", () => {
    assert.throws(() => readArguments(["--new", "x", "f"]), /does not know the option --new/);
    assert.throws(() => readArguments(["--name", "x"]), /the application's file is missing/);
  });

  it("makes the driver pod with the operator's labels, environment and account's settings", () => {
    const { pod, namespace } = submitted(readArguments(args), unique);
    assert.equal(namespace, "jobs");
    assert.equal(pod.metadata?.name, "survey-driver");
    assert.deepEqual(pod.metadata?.labels, {
      "spark-app-name": "survey-1",
      "spark-app-selector": `spark-${unique}`,
      "spark-role": "driver",
      "spark-version": "stand-in",
      "sparkoperator.k8s.io/app-name": "survey",
    });
    const [container] = pod.spec?.containers ?? [];
    const env = Object.fromEntries((container?.env ?? []).map((entry) => [entry.name, entry]));
    assert.equal(env["A"]?.value, "b=c");
    assert.deepEqual(env["S"]?.valueFrom?.secretKeyRef, { name: "s3", key: "access" });
    assert.deepEqual(container?.args?.slice(3), [
      "--class",
      "org.apache.spark.deploy.PythonRunner",
      "local:///opt/app.py",
      "--day",
      "1",
    ]);
  });

  it("builds upon the pod templates, the executors' through a ConfigMap", () => {
    const both = { driver: template, executor: template };
    const { pod, dependents } = submitted(readArguments(args), unique, both);
    assert.equal(pod.metadata?.labels?.["from"], "template");
    assert.equal(pod.metadata?.labels?.["spark-role"], "driver");
    assert.deepEqual(pod.spec?.tolerations, [{ key: "spark", operator: "Exists" }]);
    const names = pod.spec?.containers.map(({ name }) => name);
    assert.deepEqual(names, ["spark", "beside"]);
    assert.equal(pod.spec?.containers[0]?.envFrom?.length, 1);
    assert.equal(pod.spec?.containers[0]?.image, "spark:4");
    const owner = { apiVersion: "v1", kind: "Pod", name: "survey-driver", uid: "u" };
    const texts = dependents(owner).configMaps.map(({ data }) => data?.["podspec-configmap-key"]);
    assert.deepEqual(texts, [undefined, template]);
  });

  it("makes executors that go with their driver, under names that tell them apart", () => {
    const { pod, dependents } = submitted(readArguments(args), unique);
    const owner = { apiVersion: "v1", kind: "Pod", name: "survey-driver", uid: "u" };
    const [map] = dependents(owner).configMaps;
    const properties = parseProperties(map?.data?.["spark.properties"] ?? "");
    assert.equal(wantedExecutors(properties), 3);
    const driver = { ...pod, metadata: { ...pod.metadata, uid: "u" } };
    const executor = executorPod({ driver, properties, id: 2 });
    assert.equal(executor.metadata?.name, "survey-1-0123456789abcdef-exec-2");
    assert.equal(executor.metadata?.labels?.["spark-exec-id"], "2");
    assert.equal(executor.metadata?.ownerReferences?.[0]?.uid, "u");
  });

  it("asks for as many executors as dynamic allocation begins with", () => {
    const dynamic = (more: Record<string, string>) =>
      wantedExecutors(
        new Map(Object.entries({ "spark.dynamicAllocation.enabled": "true", ...more })),
      );
    assert.equal(dynamic({}), 0);
    assert.equal(dynamic({ "spark.dynamicAllocation.minExecutors": "2" }), 2);
    assert.equal(dynamic({ "spark.dynamicAllocation.initialExecutors": "5" }), 5);
    assert.equal(wantedExecutors(new Map()), 2);
  });
});

describe("the resources of Spark pods", () => {
  const of = (settings: Record<string, string>) =>
    resources(new Map(Object.entries(settings)), "driver");

  for (const [settings, memory] of [
    [{}, "1408Mi"],
    [{ "spark.driver.memory": "8g" }, "9011Mi"],
    [{ "spark.driver.memory": "8g", "spark.kubernetes.memoryOverheadFactor": "0.4" }, "11468Mi"],
    [{ "spark.driver.memory": "8g", "spark.driver.memoryOverhead": "512" }, "8704Mi"],
  ] as const) {
    it(`memory is ${memory} for ${JSON.stringify(settings)}`, () => {
      assert.equal(of(settings).requests?.["memory"], memory);
      assert.equal(of(settings).limits?.["memory"], memory);
    });
  }

  it("cores are a request, and a limit only where one is set", () => {
    assert.equal(of({ "spark.driver.cores": "2" }).requests?.["cpu"], "2");
    assert.equal(of({ "spark.driver.cores": "2" }).limits?.["cpu"], undefined);
    const limited = of({
      "spark.kubernetes.driver.request.cores": "500m",
      "spark.kubernetes.driver.limit.cores": "1",
    });
    assert.deepEqual([limited.requests?.["cpu"], limited.limits?.["cpu"]], ["500m", "1"]);
  });

  it("sizes are read as Spark reads them", () => {
    assert.deepEqual(
      ["512", "512m", "2g", "1t", "2048k", "4GiB"].map(mib),
      [512, 512, 2048, 1048576, 2, 4096],
    );
    assert.throws(() => mib("much"), /"much" is no size/);
  });
});

describe("properties files", () => {
  it("are read as they were written, whatever keys and values hold", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab=:#!\\ \n/.") });
    const key = text.map((part) => `k${part.trim()}`);
    fc.assert(
      fc.property(fc.dictionary(key, text), (entries) => {
        const trimmed = new Map(Object.entries(entries).map(([k, v]) => [k, v.trimStart()]));
        assert.deepEqual(parseProperties(propertiesText(trimmed)), trimmed);
      }),
    );
  });

  it("are read as Java writes them: escapes, comments, empty values", () => {
    const text = "#comment\n\nspark.master=k8s\\://https\\://h\\:1\nempty=\nu=\\u00e9\n";
    assert.deepEqual(
      [...parseProperties(text)],
      [
        ["spark.master", "k8s://https://h:1"],
        ["empty", ""],
        ["u", "é"],
      ],
    );
  });
});
