import assert from "node:assert/strict";
import { checkLite, makeLite } from "../../components/workloads/openeo/batch/lite";
import {
  checkJobTracker,
  jobTrackerWarnings,
  makeJobTracker,
} from "../../components/workloads/openeo/batch/tracker";
import { context, refusedBy, rights } from "./batchSpecimens";
import { at, listAt, record } from "./recording";
import { types } from "./specimens";

describe("openEO's job tracker", () => {
  const tracker = (args = {}) => record(() => makeJobTracker(context, args, {}));
  const pod = async () =>
    at((await tracker()).one(types.cronJob), "spec", "jobTemplate", "spec", "template");

  it("runs the current module, one at a time, with an end, and is not repeated", async () => {
    const spec = (await tracker({ schedule: "*/5 * * * *" })).one(types.cronJob)["spec"];
    assert.equal(at(spec, "schedule"), "*/5 * * * *");
    assert.equal(at(spec, "concurrencyPolicy"), "Forbid");
    assert.equal(at(spec, "startingDeadlineSeconds"), 60);
    assert.equal(at(spec, "successfulJobsHistoryLimit"), 1);
    assert.equal(at(spec, "failedJobsHistoryLimit"), 3);
    const job = at(spec, "jobTemplate", "spec");
    assert.equal(at(job, "activeDeadlineSeconds"), 600);
    assert.equal(at(job, "backoffLimit"), 0);
    assert.equal(at(job, "template", "spec", "restartPolicy"), "Never");
    assert.deepEqual(at(job, "template", "spec", "containers", 0, "command"), [
      "/opt/openeo/bin/python3",
      "-m",
      "openeogeotrellis.job_tracker_v2",
      "--app-cluster",
      "k8s",
    ]);
  });

  it("may read SparkApplications, and nothing else", async () => {
    const seen = await tracker();
    assert.deepEqual(rights(seen, types.role, "openeo-job-tracker-role"), [
      "sparkapplications: get",
    ]);
    assert.equal(at(await pod(), "spec", "serviceAccountName"), "openeo-job-tracker");
  });

  it("shares the web application's environment, and runs without privileges", async () => {
    const container = at(await pod(), "spec", "containers", 0);
    const names = listAt(container, "env").map((variable) => at(variable, "name"));
    assert.ok(names.includes("OPENEO_EJR_API") && names.includes("AWS_SECRET_ACCESS_KEY"));
    assert.ok(!names.includes("SPARK_LOCAL_IP") && !names.includes("SIGNED_URL_SECRET"));
    assert.equal(at(await pod(), "spec", "securityContext", "runAsNonRoot"), true);
    assert.deepEqual(at(container, "securityContext", "capabilities", "drop"), ["ALL"]);
  });

  it("refuses schedules, numbers and names that Kubernetes would refuse", () => {
    const told = refusedBy((collected) =>
      checkJobTracker(collected, "a".repeat(41), { schedule: "* *", startingDeadlineSeconds: 5 }),
    );
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["name", "jobTracker.schedule", "jobTracker.startingDeadlineSeconds"],
    );
  });

  it("warns where it would find no job, and where jobs would go without it", () => {
    const warned = (tag: string, environment: object, hasTracker: boolean) =>
      jobTrackerWarnings(tag, { ...environment }, hasTracker)[0];
    const zooKeeper = { ZOOKEEPERNODES: { value: "zk:2181" } };
    const registry = { OPENEO_EJR_API: { value: "https://jobs.example.org" } };
    // Until 2025-07 images keep no jobs by themselves, with or without a tracker.
    for (const hasTracker of [true, false]) {
      assert.match(warned("20250325-2415", {}, hasTracker) ?? "", /set jobRegistry or zooKeeper/);
    }
    assert.match(warned("20250325-2415", zooKeeper, false) ?? "", /switch it on/);
    assert.equal(warned("20250325-2415", zooKeeper, true), undefined);
    assert.equal(warned("20260601-1", {}, false), undefined);
    assert.match(warned("20260601-1", {}, true) ?? "", /finds nothing/);
    assert.match(warned("20260601-1", registry, false) ?? "", /switch it on/);
    assert.equal(warned("main", registry, true), undefined);
  });
});

describe("openeo-lite", () => {
  const lite = (args = {}) => record(() => makeLite(context, args, {}));

  it("is a Deployment behind a Service, asked for its health without Spark", async () => {
    const seen = await lite();
    const spec = at(seen.one(types.deployment), "spec");
    assert.equal(at(spec, "replicas"), 1);
    const container = at(spec, "template", "spec", "containers", 0);
    assert.deepEqual(at(container, "command"), [
      "/opt/openeo/bin/python3",
      "/opt/openeo/bin/openeo_kube_lite.py",
    ]);
    assert.match(String(at(container, "readinessProbe", "httpGet", "path")), /health\?mode=basic$/);
    const service = seen.one(types.service)["spec"];
    assert.deepEqual(at(service, "selector"), at(spec, "selector", "matchLabels"));
    assert.equal(at(service, "ports", 0, "targetPort"), at(container, "ports", 0, "containerPort"));
    assert.equal(at(spec, "template", "metadata", "annotations", "checksum/layercatalog"), "abc");
  });

  it("has its default of what is given as undefined", async () => {
    const spec = (await lite({ replicas: undefined })).one(types.deployment)["spec"];
    assert.equal(at(spec, "replicas"), 1);
  });

  it("has no rights and no token", async () => {
    const seen = await lite();
    assert.equal(seen.of(types.role).length, 0);
    const account = seen.one(types.serviceAccount);
    assert.equal(account["automountServiceAccountToken"], false);
  });

  it("keeps all but one of several pods when nodes are drained", async () => {
    assert.equal((await lite()).of(types.budget).length, 0);
    const spec = (await lite({ replicas: 3 })).one(types.budget)["spec"];
    assert.equal(at(spec, "maxUnavailable"), 1);
  });

  it("refuses what it would not start with, and images from before it", () => {
    const check = (image: string, environment: object) =>
      refusedBy((collected) => checkLite(collected, {}, image, { ...environment }));
    const enough = {
      OPENEO_EJR_API: 1,
      OPENEO_EJR_OIDC_CLIENT_CREDENTIALS: 1,
      ZOOKEEPERNODES: 1,
    };
    assert.deepEqual(check("20260601-1", enough), []);
    assert.deepEqual(check("main", enough), []);
    assert.match(check("20250325-2415", enough)[0] ?? "", /no openeo-lite/);
    assert.match(check("main", {})[0] ?? "", /OPENEO_EJR_API, /);
  });
});
