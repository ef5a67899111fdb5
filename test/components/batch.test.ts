import assert from "node:assert/strict";
import { Refusals } from "../../components/base/refusal";
import type { OpenEoBatchArgs } from "../../components/workloads/openeo/batch/args";
import { batchEnvironment, makeBatch } from "../../components/workloads/openeo/batch/batch";
import { checkBatch } from "../../components/workloads/openeo/batch/check";
import type { OpenEoContext } from "../../components/workloads/openeo/batch/context";
import { checkLite, makeLite } from "../../components/workloads/openeo/batch/lite";
import {
  checkJobTracker,
  jobTrackerWarnings,
  makeJobTracker,
} from "../../components/workloads/openeo/batch/tracker";
import { at, listAt, record, refusals, type Recording } from "./recording";
import { types } from "./specimens";

const context: OpenEoContext = {
  name: "openeo",
  namespace: "team-a",
  image: "registry.example.org/openeo:20260601-1",
  python: "3.8",
  labels: { "app.kubernetes.io/part-of": "openeo" },
  environment: {
    KUBE: { value: "true" },
    SPARK_LOCAL_IP: { field: "status.podIP" },
    KUBE_OPENEO_API_PORT: { value: "50001" },
    OPENEO_CATALOG_FILES: { value: "/opt/a.json,/opt/b.json" },
    SIGNED_URL_SECRET: { secret: "openeo-signing", key: "signed-url-secret" },
    AWS_ACCESS_KEY_ID: { secret: "openeo-s3", key: "access-key-id" },
    AWS_SECRET_ACCESS_KEY: { secret: "openeo-s3", key: "secret-access-key" },
    OPENEO_EJR_API: { value: "https://registry.example.org" },
  },
  files: [
    {
      volume: "layercatalog",
      source: { configMap: "openeo-layercatalog" },
      key: "a.json",
      path: "/opt/a.json",
    },
  ],
  checksums: { "checksum/layercatalog": "abc" },
};

const batch = (args: OpenEoBatchArgs = {}) => record(() => makeBatch(context, args, "openeo", {}));

const rights = (seen: Recording, type: string, name: string) =>
  listAt(seen.one(type, name), "rules").flatMap((rule) =>
    listAt(rule, "resources").map((what) => `${String(what)}: ${listAt(rule, "verbs").join()}`),
  );

const template = (seen: Recording): string =>
  String(
    at(seen.one(types.configMap, "openeo-batch-template"), "data", "sparkapplication.yaml.j2"),
  );

/** The refusals of a check that throws none by itself. */
const refusedBy = (check: (refusals: Refusals) => void): string[] =>
  refusals(() => {
    const collected = new Refusals("test");
    check(collected);
    collected.throwIfAny();
  });

describe("openEO's batch jobs", () => {
  it("have drivers that may do what Spark does in the namespace, and nothing of openEO", async () => {
    const seen = await batch();
    const account = seen.one(types.serviceAccount, "openeo-batch-account");
    assert.equal(at(account, "metadata", "name"), "batch-jobs");
    assert.equal(at(account, "metadata", "namespace"), "team-a");
    assert.deepEqual(rights(seen, types.role, "openeo-batch-role"), [
      "pods: create,delete,deletecollection,get,list,patch,watch",
      "configmaps: create,delete,deletecollection,list",
      "persistentvolumeclaims: create,delete,deletecollection,list",
      "services: deletecollection,list",
    ]);
    const bound = seen.one(types.roleBinding, "openeo-batch-binding");
    assert.equal(at(bound, "subjects", 0, "name"), "batch-jobs");
    assert.equal(at(bound, "roleRef", "name"), "batch-jobs");
  });

  it("have executors without rights and token: they run users' code", async () => {
    const seen = await batch();
    const account = seen.one(types.serviceAccount, "openeo-batch-executor-account");
    assert.equal(account["automountServiceAccountToken"], false);
    assert.equal(seen.of(types.roleBinding).length, 1);
    assert.match(template(seen), /block executor_options.*\n {4}serviceAccount: batch-executors\n/);
  });

  it("see the files of the web application, and its keys as Secrets", async () => {
    const text = template(await batch());
    const mounted = text.match(/"mountPath":"\/opt\/a\.json","subPath":"a\.json"/g);
    assert.equal(mounted?.length, 2, "in driver and executors");
    assert.match(text, /"configMap":\{"name":"openeo-layercatalog"\}/);
    for (const name of ["AWS_SECRET_ACCESS_KEY", "SWIFT_SECRET_ACCESS_KEY"]) {
      const variable = `{"name":"${name}","valueFrom":{"secretKeyRef":{"name":"openeo-s3","key":"secret-access-key"}}}`;
      assert.equal(text.split(variable).length - 1, 2, name);
    }
    assert.match(text, /\{% set swift_secret_access_key = "in-a-secret" %\}/);
    assert.match(text, /"name":"OPENEO_CATALOG_FILES","value":"\/opt\/a\.json,\/opt\/b\.json"/);
    assert.doesNotMatch(text, /SIGNED_URL_SECRET/);
  });

  it("mount folders of the node only where the nodes have data", async () => {
    assert.match(template(await batch()), /\{"name":"eodata","emptyDir":\{\}\}/);
    const there = template(await batch({ eodata: true }));
    assert.doesNotMatch(there, /emptyDir/);
    assert.match(there, /block volumes %\}\{\{ super\(\) \}\}/);
  });

  it("are scheduled by YuniKorn, logged elsewhere, or on preemptible nodes, where asked to", async () => {
    const plain = template(await batch());
    assert.doesNotMatch(plain, /yunikorn|eventLog|affinity|toleration|decommission/);
    const text = template(
      await batch({
        yunikorn: {},
        eventLog: { bucket: "logs" },
        preemptible: { label: "example.org/spot", noticeSeconds: 30 },
      }),
    );
    assert.match(text, /\{% set batch_scheduler = "yunikorn" %\}/);
    assert.match(text, /"spark\.eventLog\.dir": "s3a:\/\/logs\/history_prod"/);
    assert.match(text, /block driver_options.*\n.*"example\.org\/spot","operator":"NotIn"/);
    assert.match(text, /tolerations: \[\{"key":"example\.org\/spot"/);
    assert.match(text, /terminationGracePeriodSeconds: 30/);
  });

  it("give the driver their template as a file of its own, with a checksum", async () => {
    let sums: unknown[] = [];
    const made = (args: OpenEoBatchArgs) =>
      record(() => {
        const { driverFiles, checksums } = makeBatch(context, args, "openeo", {});
        assert.deepEqual(
          driverFiles.map(({ path }) => path),
          [
            "/opt/venv/lib64/python3.8/site-packages/openeogeotrellis/deploy/sparkapplication.yaml.j2",
          ],
        );
        checksums["checksum/batch-template"]?.apply((sum) => (sums = [...sums, sum]));
      });
    await made({});
    await made({ eodata: true });
    assert.match(String(sums[0]), /^[0-9a-f]{64}$/);
    assert.equal(new Set(sums).size, 2);
  });

  it("have a template of the user's, and a log4j 2 configuration that reaches their pods", async () => {
    assert.equal(template(await batch({ template: "own" })), "own");
    const seen = await batch({ log4j2: "<Configuration/>" });
    const file = seen.one(types.configMap, "openeo-batch-log4j2");
    assert.equal(at(file, "data", "batch_job_log4j2.xml"), "<Configuration/>");
    assert.match(template(seen), /"mountPath":"\/opt\/batch_job_log4j2\.xml"/);
  });

  it("say to the driver what it reads from its environment, and nothing that was left out", () => {
    assert.deepEqual(batchEnvironment({}), {});
    const all = batchEnvironment({
      concurrentJobs: 2,
      fuse: { mounter: "geesefs" },
      yunikorn: { queue: "root.eo", schedulingTimeoutSeconds: 60, userSpecificQueues: true },
      propagatedEnvironment: ["GDAL_CACHEMAX", "CPL_DEBUG"],
      zookeeperRoot: "/eo/jobs",
    });
    const values = Object.entries(all).map(
      ([name, source]) => `${name}=${String(at(source, "value"))}`,
    );
    assert.deepEqual(values, [
      "CONCURRENT_POD_LIMIT=2",
      "FUSE_MOUNT_BATCHJOB_S3_BUCKET=true",
      "FUSE_MOUNT_BATCHJOB_S3_MOUNTER=geesefs",
      "YUNIKORN_QUEUE=root.eo",
      "YUNIKORN_SCHEDULING_TIMEOUT=60",
      "YUNIKORN_USER_SPECIFIC_QUEUES=true",
      "OPENEO_PROPAGATABLE_WEB_APP_DRIVER_ENVARS=GDAL_CACHEMAX CPL_DEBUG",
      "BATCH_JOBS_ZOOKEEPER_ROOT_PATH=/eo/jobs",
    ]);
  });

  it("let the driver make volumes of the cluster only for results through a bucket", async () => {
    assert.equal((await batch()).of(types.clusterRole).length, 0);
    const seen = await batch({ fuse: {} });
    assert.deepEqual(rights(seen, types.clusterRole, "openeo-batch-volumes-role"), [
      "persistentvolumes: create,delete",
    ]);
    const bound = seen.one(types.clusterRoleBinding);
    assert.deepEqual(at(bound, "subjects"), [
      { kind: "ServiceAccount", name: "openeo", namespace: "team-a" },
    ]);
    assert.equal(at(bound, "metadata", "name"), "team-a-openeo-batch-volumes");
  });

  const refused: [string, OpenEoBatchArgs, RegExp][] = [
    ["half a job", { concurrentJobs: 0.5 }, /^batch\.concurrentJobs: /],
    ["a bucket's name", { eventLog: { bucket: "A_b" } }, /^batch\.eventLog\.bucket: /],
    ["a folder from the root", { eventLog: { folder: "/logs" } }, /^batch\.eventLog\.folder: /],
    ["an unknown mounter", { fuse: { mounter: "goofys" } }, /^batch\.fuse\.mounter: .*geesefs/],
    ["a queue beside the root", { yunikorn: { queue: "eo" } }, /^batch\.yunikorn\.queue: /],
    [
      "no patience",
      { yunikorn: { schedulingTimeoutSeconds: 0 } },
      /^batch\.yunikorn\.schedulingTimeoutSeconds: /,
    ],
    ["a path in ZooKeeper", { zookeeperRoot: "jobs" }, /^batch\.zookeeperRoot: /],
    ["a credential for jobs", { propagatedEnvironment: ["DB_PASSWORD"] }, /PASSWORD: looks like/],
    ["no variable", { propagatedEnvironment: ["A B"] }, /^batch\.propagatedEnvironment: "A B"/],
    ["settings beside a template", { template: "x", log4j2: "y" }, /^batch\.log4j2: does nothing/],
    [
      "a profile that is none",
      { preemptible: { label: "a b" } },
      /^batch\.preemptible\.label: "a b"/,
    ],
  ];
  for (const [what, args, message] of refused) {
    it(`refuse ${what}`, () => {
      const told = refusedBy((collected) => checkBatch(collected, args, "3.5.3"));
      assert.ok(told.length >= 1);
      assert.match(told[0] ?? "", message);
    });
  }

  it("take what is right, all of it at once", () => {
    const args = { eodata: true, fuse: { mounter: "s3fs" }, yunikorn: {}, preemptible: {} };
    assert.deepEqual(
      refusedBy((collected) => checkBatch(collected, args, "3.5.3")),
      [],
    );
  });
});

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

  it("warns where it would find no job", () => {
    assert.equal(jobTrackerWarnings({}).length, 1);
    assert.deepEqual(jobTrackerWarnings(context.environment), []);
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
    assert.deepEqual(check("r.example.org/openeo:20260601-1", enough), []);
    assert.deepEqual(check("r.example.org/openeo:main", enough), []);
    assert.match(check("r.example.org/openeo:20250325-2415", enough)[0] ?? "", /no openeo-lite/);
    assert.match(check("r.example.org/openeo:main", {})[0] ?? "", /OPENEO_EJR_API, /);
  });
});
