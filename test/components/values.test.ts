import assert from "node:assert/strict";
import { Ajv } from "ajv";
import {
  controllerMemoryMib,
  sparkOperatorValues,
} from "../../components/services/values/sparkOperator";
import { traefikValues } from "../../components/services/values/traefik";
import { sharedChart } from "./sharedCharts";

const operator = { jobNamespaces: ["spark-jobs"], submissionWorkers: 4 } as const;

const traefik = {
  ingressClassName: "traefik",
  isDefaultClass: true,
  replicas: 2,
  serviceType: "NodePort",
  serviceAnnotations: { a: "b" },
};

/** Paths of keys in `values` that `chart` has not, free maps (`{}`) aside. */
function unknownKeys(values: unknown, chart: unknown, path = ""): string[] {
  if (!isMap(values) || !isMap(chart) || Object.keys(chart).length === 0) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    key in chart ? unknownKeys(value, chart[key], `${path}${key}.`) : [`${path}${key}`],
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

describe("the values of the spark-operator chart", () => {
  const shapes = [
    ["sparkJobNamespace", { sparkJobNamespace: "spark-jobs" }],
    ["sparkJobNamespaces", { sparkJobNamespaces: ["spark-jobs"] }],
    ["spark.jobNamespaces", { spark: { jobNamespaces: ["spark-jobs"] } }],
  ] as const;
  for (const [namespacesKey, expected] of shapes) {
    it(`name the job namespaces as ${namespacesKey} and by no other name`, () => {
      const values = sparkOperatorValues({ ...operator, namespacesKey });
      const { sparkJobNamespace, sparkJobNamespaces, spark } = values;
      const named = Object.entries({ sparkJobNamespace, sparkJobNamespaces, spark });
      assert.deepEqual(
        Object.fromEntries(named.filter(([, value]) => value !== undefined)),
        expected,
      );
      assert.ok(JSON.stringify(values).includes('"webhook":{"enable":true'));
    });
  }

  it("leave room for the JVM of each submission", () => {
    assert.ok(controllerMemoryMib(1) >= 512);
    assert.ok(controllerMemoryMib(10) - controllerMemoryMib(1) >= 9 * 256);
  });

  it("leave the image tag to the chart unless one is given", () => {
    const key = { namespacesKey: "spark.jobNamespaces" } as const;
    assert.equal(sparkOperatorValues({ ...operator, ...key }).image, undefined);
    const tagged = sparkOperatorValues({ ...operator, ...key, imageTag: "2.5.1" });
    assert.deepEqual(tagged.image, { tag: "2.5.1" });
  });

  it("hold keys that the chart has: it ignores others without a word", function () {
    const chart = sharedChart(this, "spark-operator", "values.yaml");
    const values = sparkOperatorValues({
      ...operator,
      namespacesKey: "spark.jobNamespaces",
      imageTag: "2.5.2",
      batchScheduler: true,
    });
    assert.deepEqual(unknownKeys(values, chart), []);
    assert.deepEqual(unknownKeys({ webhook: { enabled: true } }, chart), ["webhook.enabled"]);
  });
});

describe("the values of the Traefik chart", () => {
  it("pass the chart's own schema", function () {
    const schema = sharedChart(this, "traefik", "values.schema.json");
    assert.ok(isMap(schema));
    const validate = new Ajv({ strict: false, logger: false }).compile({
      ...schema,
      $schema: undefined,
    });
    assert.ok(validate(traefikValues(traefik)), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...traefikValues(traefik), replicas: 1 }));
  });

  it("hold keys that the chart has", function () {
    const chart = sharedChart(this, "traefik", "values.yaml");
    assert.deepEqual(unknownKeys(traefikValues(traefik), chart), []);
  });
});
