import assert from "node:assert/strict";
import type { z } from "zod";
import {
  batchSchema,
  jobTrackerSchema,
  liteSchema,
  volumeProvisionerField,
} from "../../settings/openeo/batch";
import { Check } from "../../settings/crossCheck";
import { checkBatchSettings } from "../../settings/openeo/batchChecks";
import { targets } from "../../settings/target";
import { Remedies } from "../../settings/wording";

const problems = (
  given: z.input<ReturnType<typeof batchSchema>>,
  operator?: { jobPodSecurity: string; batchScheduler: boolean },
): string[] => {
  const check = new Check([], new Remedies());
  checkBatchSettings(["openeo"], batchSchema("local").parse(given), operator, check);
  return check.problems.map(({ key, message, remedy }) => `${key}: ${message} | ${remedy}`);
};

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
    const operator = { jobPodSecurity: "privileged", batchScheduler: false };
    assert.deepEqual(problems({ eodata: true }, operator), []);
    assert.deepEqual(problems({ eodata: true }), []);
    const [told = ""] = problems({ eodata: true }, { ...operator, jobPodSecurity: "baseline" });
    assert.match(told, /^openeo\.batch\.eodata: .* baseline refuses/);
    assert.match(told, /sparkOperator\.jobPodSecurity privileged$/);
  });

  it("refuse a scheduler that the operator would pass over", () => {
    const yunikorn = { enabled: true };
    const operator = { jobPodSecurity: "baseline", batchScheduler: false };
    assert.deepEqual(problems({ yunikorn }, { ...operator, batchScheduler: true }), []);
    const [told = ""] = problems({ yunikorn }, operator);
    assert.match(told, /^openeo\.batch\.yunikorn\.enabled: .*sparkOperator\.batchScheduler true$/);
  });

  it("refuse what a template of the user's would pass over", () => {
    const template = "config/sparkapplication.yaml.j2";
    assert.deepEqual(problems({ template }), []);
    const told = problems({
      template,
      yunikorn: { enabled: true },
      preemptible: { enabled: true },
      log4j2: "config/log4j2.xml",
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["openeo.batch.yunikorn.enabled", "openeo.batch.preemptible.enabled", "openeo.batch.log4j2"],
    );
  });
});
