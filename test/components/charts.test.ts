import assert from "node:assert/strict";
import { charts, sparkOperatorChart, unverifiedCharts } from "../../components/charts";
import { minimumKubernetes, operatorRow } from "../../components/compatibility";

describe("the charts", () => {
  it("each name one exact version and a public repository", () => {
    for (const { name, repository, version } of Object.values(charts)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.match(repository, /^(https|oci):\/\//, name);
    }
  });

  it("are either locked with source and date, or listed as unverified", () => {
    const unverified = new Set(unverifiedCharts().map(({ name }) => name));
    for (const { name, digest } of Object.values(charts)) {
      assert.equal(unverified.has(name), digest === undefined, name);
      if (digest === undefined) continue;
      assert.match(digest.sha256, /^[0-9a-f]{64}$/, name);
      assert.match(digest.date, /^\d{4}-\d{2}-\d{2}$/, name);
      assert.notEqual(digest.source, "", name);
    }
  });

  it("stand in the compatibility table", () => {
    assert.ok(operatorRow(charts.sparkOperator.version));
    assert.deepEqual(Object.keys(minimumKubernetes).sort(), Object.keys(charts).sort());
  });

  it("know since when SparkConnect has a CRD", () => {
    const count = (version: string) => sparkOperatorChart(version).crds.length;
    assert.deepEqual(["1.1.15", "2.2.1", "2.3.0", "2.5.2"].map(count), [2, 2, 3, 3]);
  });
});
