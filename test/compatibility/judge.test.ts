import assert from "node:assert/strict";
import {
  cloudProviderFor,
  compatibility,
  dockerLines,
  judgeChart,
  judgeDocker,
  judgeFink,
  judgeImageTag,
  judgeKops,
  judgeOperator,
  judgeOperatorSpark,
  judgeRke,
  judgeRkeProvider,
  judgeSpark,
  kubernetesEndOfLife,
  minimumKubernetes,
  namespacesKey,
  newestDocker,
  operatorVersions,
  rkeWindow,
  type Judgement,
  type Verdict,
} from "../../components/compatibility";
import { charts } from "../../components/charts";

function verdicts<T>(
  name: string,
  judge: (asked: T) => Judgement,
  rows: readonly (readonly [T, Verdict, RegExp?])[],
): void {
  describe(name, () => {
    for (const [asked, verdict, remedy] of rows) {
      it(`${Object.values(asked as object).join(" with ")} is ${verdict}`, () => {
        const judgement = judge(asked);
        assert.equal(judgement.verdict, verdict, judgement.reason);
        for (const version of Object.values(asked as object)) {
          assert.ok(judgement.reason.includes(String(version)), judgement.reason);
        }
        assert.equal(judgement.remedy === undefined, verdict === "tested");
        if (remedy) assert.match(judgement.remedy ?? "", remedy);
        if (verdict !== "untested") assert.ok(judgement.sources.length > 0, "no source");
      });
    }
  });
}

verdicts("Spark on Kubernetes", judgeSpark, [
  [{ spark: "2.4.5", kubernetes: "1.36" }, "impossible", /^take Spark 4\.0, or Kubernetes 1\.15$/],
  [{ spark: "2.4.4", kubernetes: "1.16" }, "impossible"],
  [{ spark: "2.4.4", kubernetes: "1.15" }, "tested"],
  [{ spark: "2.4.4", kubernetes: "1.14" }, "untested"],
  [{ spark: "2.3.0", kubernetes: "1.8" }, "tested"],
  [{ spark: "2.3.0", kubernetes: "1.36" }, "impossible"],
  [{ spark: "1.6.3", kubernetes: "1.36" }, "impossible", /take Spark 4\.0/],
  [{ spark: "3.1.3", kubernetes: "1.18" }, "tested"],
  [{ spark: "3.1.3", kubernetes: "1.25" }, "tested"],
  [{ spark: "3.1.3", kubernetes: "1.36" }, "untested"],
  [{ spark: "3.2.0", kubernetes: "1.19" }, "untested"],
  [{ spark: "3.2.2", kubernetes: "1.19" }, "impossible", /1\.20/],
  [{ spark: "3.2.0", kubernetes: "1.32" }, "tested"],
  [{ spark: "3.3.0", kubernetes: "1.19" }, "impossible"],
  [{ spark: "3.4.1", kubernetes: "1.21" }, "impossible"],
  [{ spark: "3.5.3", kubernetes: "1.23" }, "impossible"],
  [{ spark: "3.5.3", kubernetes: "1.24" }, "untested"],
  [{ spark: "4.0.1", kubernetes: "1.36" }, "tested"],
  [{ spark: "4.0.1", kubernetes: "1.28" }, "untested"],
  [{ spark: "5.0.0", kubernetes: "1.34" }, "impossible", /Kubernetes 1\.35/],
  [{ spark: "5.0.0", kubernetes: "1.35" }, "untested"],
  [{ spark: "9.9.9", kubernetes: "1.36" }, "untested"],
]);

verdicts("the Spark operator on Kubernetes", judgeOperator, [
  [{ operator: "2.5.2", kubernetes: "1.36" }, "tested"],
  [{ operator: "2.5.2", kubernetes: "1.32" }, "tested"],
  [{ operator: "2.5.0", kubernetes: "1.36" }, "untested", /2\.5\.2 ran on Kubernetes 1\.36/],
  [{ operator: "2.0.2", kubernetes: "1.32" }, "tested"],
  [{ operator: "2.5.2", kubernetes: "1.15" }, "impossible", /1\.16/],
  [{ operator: "1.1.15", kubernetes: "1.22" }, "untested"],
  [{ operator: "7.0.0", kubernetes: "1.36" }, "untested"],
]);

verdicts("Spark under an operator", judgeOperatorSpark, [
  [{ operator: "2.5.2", spark: "3.2.0" }, "tested"],
  [{ operator: "2.5.2", spark: "4.0.1" }, "tested"],
  [{ operator: "2.2.1", spark: "4.0.1" }, "untested", /take spark-operator 2\.3\.0 or newer/],
  [{ operator: "2.5.2", spark: "5.0.0" }, "untested"],
]);

verdicts("an image tag in a chart of the operator", judgeImageTag, [
  [{ operator: "2.5.2", imageTag: "2.5.2" }, "tested"],
  [{ operator: "1.1.15", imageTag: "v1beta2-1.3.1-3.1.1" }, "tested"],
  // The pair that the openEO notes name.
  [{ operator: "1.1.15", imageTag: "v1beta2-1.3.0-3.1.1" }, "untested", /v1beta2-1\.3\.1-3\.1\.1/],
]);

verdicts("a chart on Kubernetes", judgeChart, [
  [{ chart: "traefik", version: "41.3.0", kubernetes: "1.25" }, "tested"],
  [{ chart: "traefik", version: "41.3.0", kubernetes: "1.24" }, "impossible", /1\.25 or newer/],
  [{ chart: "cost-analyzer", version: "2.4.0", kubernetes: "1.32" }, "untested"],
  [{ chart: "unheard-of", version: "1.0.0", kubernetes: "1.36" }, "untested"],
]);

verdicts("RKE 1", judgeRke, [
  [{ rke: "1.3.8", kubernetes: "1.23" }, "tested"],
  [{ rke: "1.3.7", kubernetes: "1.23" }, "impossible"],
  [{ rke: "1.4.20", kubernetes: "1.24" }, "tested"],
  [{ rke: "1.5.0", kubernetes: "1.24" }, "impossible"],
  [{ rke: "1.7.0", kubernetes: "1.31" }, "tested"],
  [
    { rke: "1.7.5", kubernetes: "1.32" },
    "impossible",
    /take Kubernetes 1\.28 to 1\.31, or take RKE/,
  ],
  [{ rke: "1.7.0", kubernetes: "1.27" }, "impossible", /take Kubernetes 1\.28 to 1\.31/],
  [{ rke: "1.8.0", kubernetes: "1.36" }, "impossible", /another way/],
]);

verdicts("Docker below RKE 1", judgeDocker, [
  [{ docker: "20.10", kubernetes: "1.30" }, "tested"],
  [{ docker: "22.0", kubernetes: "1.30" }, "impossible", /take Docker 27\.2\.1/],
  [{ docker: "26.2", kubernetes: "1.31" }, "impossible", /take Docker 27\.2\.1/],
  [{ docker: "27.2.1", kubernetes: "1.31" }, "tested"],
  [{ docker: "23.0", kubernetes: "1.22" }, "impossible", /take Docker 20\.10/],
  [{ docker: "27.2", kubernetes: "1.32" }, "untested"],
  [{ docker: "27.3", kubernetes: "1.30" }, "impossible"],
  [{ docker: "25.0", kubernetes: "1.26" }, "tested"],
  [{ docker: "25.0", kubernetes: "1.24" }, "impossible"],
  [{ docker: "25.0", kubernetes: "1.36" }, "untested"],
]);

verdicts("kops", judgeKops, [
  [{ kops: "1.36.2", kubernetes: "1.34" }, "tested"],
  [{ kops: "1.36.2", kubernetes: "1.33" }, "untested"],
  [{ kops: "1.36.2", kubernetes: "1.31" }, "impossible"],
  [{ kops: "1.30.0", kubernetes: "1.31" }, "impossible", /take kops 1\.31/],
]);

verdicts("Fink", judgeFink, [
  [{ fink: "0.7.0", spark: "2.4.4", kubernetes: "1.15" }, "tested"],
  [{ fink: "0.7.0", spark: "2.4.4", kubernetes: "1.18" }, "impossible"],
  [{ fink: "2.4", spark: "2.4.4", kubernetes: "1.18" }, "impossible", /Spark 3\.1\.3/],
  [{ fink: "2.7", spark: "3.1.3", kubernetes: "1.25" }, "tested"],
  [{ fink: "2.7", spark: "3.1.3", kubernetes: "1.30" }, "untested"],
]);

describe("the operator's key for the namespaces of jobs", () => {
  const keys = [
    ["1.1.15", "sparkJobNamespace"],
    ["1.1.27", "sparkJobNamespace"],
    ["1.2.0", undefined],
    ["1.2.4", "sparkJobNamespaces"],
    ["1.4.6", "sparkJobNamespaces"],
    ["2.0.2", "spark.jobNamespaces"],
    ["2.5.2", "spark.jobNamespaces"],
    ["next", undefined],
  ] as const;
  for (const [chart, key] of keys) {
    it(`of chart ${chart} is ${key ?? "not on record"}`, () => {
      assert.equal(namespacesKey(chart), key);
    });
  }

  it("is the same in the table as by the rule", () => {
    for (const row of compatibility.operator) {
      assert.equal(namespacesKey(row.chart), row.namespacesKey);
    }
  });
});

describe("the compatibility table", () => {
  it("names a source for every row", () => {
    const { spark, operator, charts: chartRows, fink } = compatibility;
    for (const { sources } of [...spark, ...operator, ...chartRows, ...fink]) {
      assert.ok(sources.length > 0);
    }
    for (const { source, date } of compatibility.endOfLife) {
      assert.ok(source.length > 0);
      assert.match(date, /^\d{4}-\d\d-\d\d$/);
    }
  });

  it("knows the charts that are deployed, and each service's oldest Kubernetes", () => {
    assert.ok((operatorVersions as readonly string[]).includes(charts.sparkOperator.version));
    const traefik = compatibility.charts.find(({ chart }) => chart === "traefik");
    assert.equal(traefik?.version, charts.traefik.version);
    assert.equal(minimumKubernetes.traefik, traefik?.minimum);
    const operator = compatibility.operator.find(
      ({ chart }) => chart === charts.sparkOperator.version,
    );
    assert.equal(minimumKubernetes.sparkOperator, operator?.minimum);
  });

  it("gives each Kubernetes the OpenStack charts of its own minor version", () => {
    for (const { kubernetes, cloudController, cinderCsi } of compatibility.cloudProvider) {
      const minor = kubernetes.replace("1.", "2.");
      assert.ok(cloudController.startsWith(`${minor}.`), cloudController);
      assert.ok(cinderCsi.startsWith(`${minor}.`), cinderCsi);
    }
    assert.equal(cloudProviderFor("v1.31.1-rancher1-1")?.cinderCsi, "2.31.7");
    assert.equal(cloudProviderFor("1.27"), undefined);
  });

  it("knows when Kubernetes versions ended, and says nothing of the others", () => {
    assert.equal(kubernetesEndOfLife("1.31")?.date, "2025-11-11");
    assert.equal(kubernetesEndOfLife("1.36"), undefined);
  });

  it("knows the window of each RKE that a provider holds", () => {
    assert.deepEqual(rkeWindow("1.7.0"), { oldest: "1.28", newest: "1.31" });
    assert.deepEqual(rkeWindow("1.4.0"), { oldest: "1.23", newest: "1.26" });
    assert.equal(rkeWindow("0.1.0")?.newest, "1.22");
  });

  it("has one Docker release for each Kubernetes that a provider installs", () => {
    for (const rke of Object.values(compatibility.rkeProviders)) {
      for (const { kubernetes } of compatibility.rke) {
        if (judgeRke({ rke, kubernetes }).verdict !== "tested") continue;
        const docker = newestDocker(kubernetes) ?? "none";
        assert.equal(judgeDocker({ docker, kubernetes }).verdict, "tested", kubernetes);
        assert.equal(dockerLines(kubernetes)?.at(-1), docker.replace(/\.\d+$/, ""));
      }
    }
  });

  it("finds the RKE inside a provider", () => {
    assert.equal(judgeRkeProvider({ provider: "1.7.5", kubernetes: "1.31" }).verdict, "tested");
    assert.equal(judgeRkeProvider({ provider: "9.9.9", kubernetes: "1.31" }).verdict, "untested");
  });
});
