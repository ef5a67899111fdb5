import assert from "node:assert/strict";
import type { z } from "zod";
import {
  batchSchema,
  jobTrackerSchema,
  liteSchema,
  volumeProvisionerField,
} from "../../settings/openeo/batch";
import { targets } from "../../settings/target";
import { changed, ownStore, problemsOf } from "./specimen";

/** The problems of a stack with these settings of batch jobs, each with its remedy. */
const problems = (
  batch: z.input<ReturnType<typeof batchSchema>>,
  others: Readonly<Record<string, unknown>> = {},
): string[] =>
  problemsOf(changed({ "openeo.batch": batch, ...others }), [
    "s3AccessKeyId",
    "s3SecretAccessKey",
  ]).map(({ key, message, remedy }) => `${key}: ${message} | ${remedy}`);

describe("the settings of openEO's batch jobs", () => {
  it("have defaults for every target, which hold together there", () => {
    for (const target of targets) {
      const batch = batchSchema(target).parse(undefined);
      assert.equal(batch.eodata, target === "openstack", target);
      assert.equal(batch.yunikorn.enabled, false);
      assert.equal(jobTrackerSchema(target).parse(undefined).enabled, false);
      assert.equal(liteSchema().parse(undefined).replicas, 0);
    }
    assert.equal(volumeProvisionerField("minikube").parse(undefined), "k8s.io/minikube-hostpath");
    assert.equal(volumeProvisionerField("openstack").parse(undefined), undefined);
  });

  it("refuse schedules that Kubernetes would refuse, in its sense", () => {
    const schedule = jobTrackerSchema("local").safeParse({ schedule: "* * * * 7" });
    assert.match(schedule.error?.issues[0]?.message ?? "", /"7" is no day of the week/);
    assert.ok(jobTrackerSchema("local").safeParse({ schedule: "@hourly" }).success);
  });

  it("refuse queues, buckets, labels and names that nobody could take", () => {
    for (const given of [
      { yunikorn: { queue: "default" } },
      { eventLog: { bucket: "a_b" } },
      { eventLog: { folder: "/logs" } },
      { preemptible: { label: "a b" } },
      { preemptible: { noticeSeconds: 0 } },
      { propagatedEnvironment: ["A=B"] },
      { unknown: true },
    ]) {
      assert.ok(!batchSchema("local").safeParse(given).success, JSON.stringify(given));
    }
  });

  it("refuse folders of the nodes where pods may not mount them", () => {
    const level = "sparkOperator.jobPodSecurity";
    assert.deepEqual(problems({ eodata: true }, { [level]: "privileged" }), []);
    assert.deepEqual(problems({ eodata: true }, { "sparkOperator.enabled": false }), []);
    const [told = ""] = problems({ eodata: true }, { [level]: "baseline" });
    assert.match(told, /^openeo\.batch\.eodata: .* baseline refuses/);
    assert.match(told, /sparkOperator\.jobPodSecurity privileged$/);
  });

  it("refuse a scheduler that the operator would pass over", () => {
    const yunikorn = { enabled: true };
    assert.deepEqual(problems({ yunikorn }, { "sparkOperator.batchScheduler": true }), []);
    const [told = ""] = problems({ yunikorn });
    assert.match(told, /^openeo\.batch\.yunikorn\.enabled: .*sparkOperator\.batchScheduler true$/);
  });

  it("refuse what a template of the user's would pass over", () => {
    const template = "config/sparkapplication.yaml.j2";
    assert.deepEqual(problems({ template }), []);
    const told = problems(
      {
        template,
        eodata: true,
        eventLog: { folder: "logs" },
        yunikorn: { enabled: true },
        preemptible: { enabled: true },
        log4j2: "config/log4j2.xml",
      },
      ownStore,
    );
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      [
        "openeo.batch.eodata",
        "openeo.batch.eventLog",
        "openeo.batch.log4j2",
        "openeo.batch.preemptible.enabled",
        "openeo.batch.yunikorn.enabled",
      ],
    );
    assert.match(
      told[0] ?? "",
      /does nothing beside .*template \| pulumi config rm .*batch\.eodata$/,
    );
  });

  it("take a folder of event logs beside a template where the stack's store is made with it", () => {
    const template = "config/sparkapplication.yaml.j2";
    assert.deepEqual(problems({ template, eventLog: { folder: "logs" } }), []);
  });

  it("take a template on nodes with data, whatever the pods of jobs may mount", () => {
    const template = "config/sparkapplication.yaml.j2";
    const openstack = { target: "openstack", "sparkOperator.jobPodSecurity": "baseline" };
    const told = problems({ template }, openstack).filter((line) => line.includes(".batch."));
    assert.deepEqual(told, []);
    const mounting = problems({}, openstack).filter((line) => line.includes(".batch."));
    assert.match(mounting.join(), /^openeo\.batch\.eodata: /);
  });
});
