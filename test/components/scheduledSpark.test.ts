import assert from "node:assert/strict";
import { ScheduledConcurrency, ScheduledSpark, type ScheduledSparkArgs } from "../../components";
import { at, canary, listAt, record, refusals } from "./recording";
import { types } from "./specimens";

const args = (changes: Partial<ScheduledSparkArgs> = {}): ScheduledSparkArgs => ({
  kubernetesVersion: "1.35",
  namespace: "spark-jobs",
  jobNamespaces: ["spark-jobs"],
  operatorReady: "ready",
  schedule: "0 4 * * *",
  application: {
    image: "registry.example.org/nightly:1.2",
    sparkVersion: "3.5.3",
    mainApplicationFile: "local:///opt/app/main.py",
  },
  ...changes,
});

const job = (changes: Partial<ScheduledSparkArgs["application"]>) =>
  args({ application: { ...args().application, ...changes } });

const make = (given = args(), name = "nightly") => new ScheduledSpark(name, given);

describe("ScheduledSpark", () => {
  it("runs an application at set times, one run at a time, unless told otherwise", async () => {
    const seen = await record(() => make());
    const object = seen.one(types.scheduledSparkApplication);
    assert.equal(at(object, "metadata", "name"), "nightly");
    const spec = object["spec"];
    assert.equal(at(spec, "schedule"), "0 4 * * *");
    assert.equal(at(spec, "concurrencyPolicy"), "Forbid");
    assert.equal(at(spec, "suspend"), false);
    assert.equal(at(spec, "successfulRunHistoryLimit"), 1);
    assert.equal(at(spec, "timeZone"), undefined);
    // The next run is the repetition.
    assert.deepEqual(at(spec, "template", "restartPolicy"), { type: "Never" });
    const told = args({
      timeZone: "Europe/Brussels",
      concurrency: ScheduledConcurrency.Replace,
      suspend: true,
      failedRunHistory: 7,
    });
    const other = (await record(() => make(told))).one(types.scheduledSparkApplication)["spec"];
    assert.equal(at(other, "timeZone"), "Europe/Brussels");
    assert.equal(at(other, "concurrencyPolicy"), "Replace");
    assert.equal(at(other, "suspend"), true);
    assert.equal(at(other, "failedRunHistoryLimit"), 7);
  });

  it("gives the driver the rights of a Spark driver, and executors none", async () => {
    const seen = await record(() => make());
    const template = at(seen.one(types.scheduledSparkApplication), "spec", "template");
    assert.equal(at(template, "driver", "serviceAccount"), "nightly");
    assert.equal(at(template, "executor", "serviceAccount"), "nightly-executor");
    const resources = listAt(seen.one(types.role), "rules").flatMap((rule) =>
      listAt(rule, "resources"),
    );
    assert.deepEqual(resources, ["pods", "configmaps", "persistentvolumeclaims", "services"]);
    const account = seen.one(types.serviceAccount, "nightly-executor-account");
    assert.equal(account["automountServiceAccountToken"], false);
  });

  it("reads credentials from Secrets, and hands arguments, environment and configuration on", async () => {
    const given = job({
      arguments: ["--night", "today"],
      environment: { LEVEL: "info" },
      secretEnvironment: { STORE_KEY: { secret: "store", key: "key" } },
      sparkConf: { "spark.task.maxFailures": "8" },
      retries: 2,
      preemptible: {},
    });
    const seen = await record(() => make(given));
    const template = at(seen.one(types.scheduledSparkApplication), "spec", "template");
    assert.deepEqual(at(template, "arguments"), ["--night", "today"]);
    assert.deepEqual(at(template, "executor", "env"), [
      { name: "LEVEL", value: "info" },
      { name: "STORE_KEY", valueFrom: { secretKeyRef: { name: "store", key: "key" } } },
    ]);
    assert.equal(at(template, "sparkConf", "spark.task.maxFailures"), "8");
    assert.equal(at(template, "sparkConf", "spark.decommission.enabled"), "true");
    assert.equal(at(template, "restartPolicy", "type"), "OnFailure");
    assert.equal(at(template, "restartPolicy", "onFailureRetries"), 2);
  });

  const refused: [string, ScheduledSparkArgs, RegExp][] = [
    ["a schedule", args({ schedule: "0 4 * *" }), /^schedule: "0 4 \* \*" has 4 fields/],
    ["a time zone", args({ timeZone: "Mars/Olympus" }), /^timeZone: "Mars\/Olympus" is no/],
    [
      "a time zone for an operator that has none",
      args({ timeZone: "UTC", sparkOperatorVersion: "2.1.1" }),
      /^timeZone: spark-operator 2\.1\.1 passes over/,
    ],
    ["an unwatched namespace", args({ namespace: "other" }), /^namespace: "other" is none/],
    ["half a run", args({ failedRunHistory: 0.5 }), /^failedRunHistory: /],
    ["a floating tag", job({ image: "a/b:latest" }), /^application\.image: /],
    ["no tag", job({ image: "registry.example.org:5000/b" }), /^application\.image: /],
    ["a remote program", job({ mainApplicationFile: "s3a://b/m.py" }), /mainApplicationFile: /],
    ["a remote jar", job({ jars: ["https://x.example.org/a.jar"] }), /^application\.jars: /],
    ["no executor", job({ executors: 0 }), /^application\.executors: /],
    ["too little heap", job({ driver: { memoryMib: 1 } }), /^application\.driver\.memoryMib: /],
    ["a credential", job({ environment: { API_TOKEN: canary } }), /^application\.environment\./],
    [
      "a variable twice",
      job({ environment: { A: "1" }, secretEnvironment: { A: { secret: "s", key: "k" } } }),
      /^application\.secretEnvironment: A stands/,
    ],
    ["Spark 2.4 on a new cluster", job({ sparkVersion: "2.4.5" }), /^application\.sparkVersion: /],
  ];
  for (const [what, given, message] of refused) {
    it(`refuses ${what}, names no secret, and registers nothing`, async () => {
      let told: string[] = [];
      const seen = await record(() => {
        told = refusals(() => make(given));
      });
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", message);
      assert.ok(!told.join().includes(canary));
      assert.deepEqual(seen.all, []);
    });
  }

  it("refuses names that leave no room for the time of a run", async () => {
    const longest = "a".repeat(43);
    const seen = await record(() => make(args(), longest));
    assert.equal(at(seen.one(types.scheduledSparkApplication), "metadata", "name"), longest);
    assert.equal(refusals(() => make(args(), "a".repeat(44))).length, 1);
  });
});
