import assert from "node:assert/strict";
import { changed, ownStore, problemsOf, specimen } from "./specimen";

describe("settings of several openEO instances", () => {
  const other = (changes: object = {}, name = "openeo-b", first: object = {}) =>
    problemsOf(
      changed({
        "sparkOperator.jobNamespaces": ["spark-jobs", "team-b"],
        ...first,
        openeoInstances: {
          [name]: {
            ...(specimen()["openeo"] as object),
            namespace: "team-b",
            host: "b.example.org",
            ...changes,
          },
        },
      }),
    ).map(({ key, message }) => `${key}: ${message}`);

  it("are in order where they share nothing", () => {
    assert.deepEqual(other(), []);
  });

  it("refuse one namespace and one host for two", () => {
    const [host = "", namespace = ""] = other({
      namespace: "spark-jobs",
      host: "openeo.example.org",
    });
    assert.match(host, /^openeoInstances\.openeo-b\.host: is openeo\.host too/);
    assert.match(namespace, /^openeoInstances\.openeo-b\.namespace: is that of openeo too/);
  });

  it("refuse names whose objects would have one name", () => {
    for (const name of ["openeo-batch", "openeo-lite", "openeo-services", "openeo-s3-x"]) {
      assert.match(other({}, name)[0] ?? "", /objects would have the names/, name);
    }
    assert.match(other({}, "a".repeat(41))[0] ?? "", /at most 40/);
    assert.match(other({}, "Openeo")[0] ?? "", /name that is not allowed/);
  });

  it("refuse to send the keys of one store to another", () => {
    const told = other({ s3: { endpoint: "https://b.example.org" } }, "openeo-b", ownStore);
    assert.ok(told.some((line) => /s3\.endpoint: is another than that of openeo/.test(line)));
  });
});
