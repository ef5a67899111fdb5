import assert from "node:assert/strict";
import { Refusals } from "../../components/base/refusal";
import { checkPreemptible, onPreemptibleNodes } from "../../components/workloads/preemptible";
import { sparkApplicationSpec, type SparkApplication } from "../../components/workloads/spark";
import { at, refusals } from "./recording";

const pod = {
  cpuMillicores: 1000,
  cpuLimitMillicores: 1000,
  memoryMib: 512,
  memoryOverheadMib: 384,
  serviceAccount: "spark",
  environment: {},
  labels: {},
};

const app: SparkApplication = {
  image: "registry.example.org/spark:1",
  sparkVersion: "3.5.3",
  mainApplicationFile: "local:///opt/main.py",
  jars: [],
  files: [],
  sparkConf: { "spark.executor.decommission.killInterval": "10s" },
  restart: { policy: "Never" },
  driver: pod,
  executor: { ...pod, instances: 2, cores: 1 },
};

describe("an application on preemptible nodes", () => {
  it("has its driver on others, as the application would end with it", () => {
    const { driver } = sparkApplicationSpec(onPreemptibleNodes(app, {}));
    const rule = "requiredDuringSchedulingIgnoredDuringExecution";
    assert.deepEqual(at(driver, "affinity", "nodeAffinity", rule, "nodeSelectorTerms"), [
      {
        matchExpressions: [
          { key: "eo-platform.local/preemptible", operator: "NotIn", values: ["true"] },
        ],
      },
    ]);
    assert.equal(at(driver, "tolerations"), undefined);
  });

  it("has executors that bear the taint and like these nodes, or take no other", () => {
    const spot = { label: "kubernetes.azure.com/scalesetpriority", value: "spot" };
    const { executor } = sparkApplicationSpec(onPreemptibleNodes(app, spot));
    assert.deepEqual(at(executor, "tolerations"), [
      { key: spot.label, operator: "Equal", value: "spot" },
    ]);
    const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    assert.equal(at(executor, "affinity", "nodeAffinity", preferred, 0, "weight"), 100);
    const only = sparkApplicationSpec(onPreemptibleNodes(app, { ...spot, required: true }));
    const required = "requiredDuringSchedulingIgnoredDuringExecution";
    assert.ok(at(only.executor, "affinity", "nodeAffinity", required));
    assert.equal(at(only.executor, "affinity", "nodeAffinity", preferred), undefined);
  });

  it("gives executors up in the time that a node has, and keeps what the application says itself", () => {
    const fallbackStorage = "s3a://bucket/shuffle/";
    const spec = sparkApplicationSpec(
      onPreemptibleNodes(app, { noticeSeconds: 30, fallbackStorage }),
    );
    assert.equal(at(spec.executor, "terminationGracePeriodSeconds"), 30);
    assert.equal(at(spec.driver, "terminationGracePeriodSeconds"), undefined);
    assert.deepEqual(spec.sparkConf, {
      "spark.decommission.enabled": "true",
      "spark.storage.decommission.enabled": "true",
      "spark.storage.decommission.rddBlocks.enabled": "true",
      "spark.storage.decommission.shuffleBlocks.enabled": "true",
      "spark.executor.decommission.killInterval": "10s",
      "spark.storage.decommission.fallbackStorage.path": fallbackStorage,
    });
  });

  it("is refused with keys that are none, no notice, or a Spark that cannot", () => {
    const told = (args: object, spark = "3.5.3") =>
      refusals(() => {
        const collected = new Refusals("test");
        checkPreemptible(collected, "preemptible", args, spark);
        collected.throwIfAny();
      }).map((line) => line.split(":")[0]);
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ label: "/x", taint: "y" }), ["preemptible.label"]);
    assert.deepEqual(told({ taint: "a b" }), ["preemptible.taint"]);
    assert.deepEqual(told({ value: "-" }), ["preemptible.value"]);
    assert.deepEqual(told({ noticeSeconds: 0 }), ["preemptible.noticeSeconds"]);
    assert.deepEqual(told({ fallbackStorage: "s3a://b/x" }), ["preemptible.fallbackStorage"]);
    assert.deepEqual(told({}, "3.0.2"), ["preemptible"]);
    assert.deepEqual(told({}, "4.0.1"), []);
  });
});
