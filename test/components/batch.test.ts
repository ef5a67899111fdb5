import assert from "node:assert/strict";
import type { OpenEoBatchArgs } from "../../components/workloads/openeo/batch/args";
import { batchEnvironment, makeBatch } from "../../components/workloads/openeo/batch/batch";
import { checkBatch } from "../../components/workloads/openeo/batch/check";
import { context, refusedBy, rights } from "./batchSpecimens";
import { at, record, type Recording } from "./recording";
import { types } from "./specimens";

const batch = (args: OpenEoBatchArgs = {}) => record(() => makeBatch(context, args, "openeo", {}));

const template = (seen: Recording): string =>
  String(
    at(seen.one(types.configMap, "openeo-batch-template"), "data", "sparkapplication.yaml.j2"),
  );

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
    ["a credential for jobs", { propagatedEnvironment: ["DB_PASSWORD"] }, /PASSWORD: looks like/],
    ["no variable", { propagatedEnvironment: ["A B"] }, /^batch\.propagatedEnvironment: "A B"/],
    ["logging beside a template", { template: "x", log4j2: "y" }, /^batch\.log4j2: does nothing/],
    ["an event log beside a template", { template: "x", eventLog: {} }, /^batch\.eventLog: does/],
    ["data beside a template", { template: "x", eodata: false }, /^batch\.eodata: does nothing/],
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
