import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { cinderCsiValues } from "../../components/services/values/cinderCsi";
import { cloudControllerValues } from "../../components/services/values/cloudController";
import {
  controllerMemoryMib,
  sparkOperatorValues,
} from "../../components/services/values/sparkOperator";
import { traefikValues } from "../../components/services/values/traefik";
import { cloudProvider } from "./programs";
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

describe("the values of OpenStack's charts", () => {
  const config = { secretName: "s", checksum: "c", clusterName: "prod" };
  const controller = cloudControllerValues({
    ...config,
    loadBalancers: true,
  });
  const cinder = cinderCsiValues({
    ...config,
    topology: true,
    kubeletDir: "/var/lib/kubelet",
    replicas: 2,
  });
  // The chart of Cinder has no default for it, only a comment.
  const free = ["secret.name"];

  for (const kubernetes of ["1.31", "1.36"] as const) {
    it(`hold keys that the charts for ${kubernetes} have: they ignore others without a word`, async function () {
      const folders = await cloudProvider(this, kubernetes);
      const own = async (folder: string): Promise<unknown> =>
        parse(await readFile(join(folder, "values.yaml"), "utf8"));
      const unknown = [
        ...unknownKeys(controller, await own(folders.cloudController)),
        ...unknownKeys(cinder, await own(folders.cinderCsi)),
      ];
      assert.deepEqual(
        unknown.filter((key) => !free.includes(key)),
        [],
      );
    });
  }
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
    const address = { loadBalancerAddress: "192.0.2.7" };
    assert.ok(validate(traefikValues({ ...traefik, ...address })), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...traefikValues(traefik), replicas: 1 }));
  });

  it("hold keys that the chart has", function () {
    const chart = sharedChart(this, "traefik", "values.yaml");
    assert.deepEqual(unknownKeys(traefikValues(traefik), chart), []);
  });
});
