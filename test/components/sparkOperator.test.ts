import assert from "node:assert/strict";
import { SparkOperator, type SparkOperatorArgs } from "../../components";
import { at, record, refusals } from "./recording";
import { operatorArgs, types } from "./specimens";

const make = (changes?: Partial<SparkOperatorArgs>, name = "spark-operator") =>
  new SparkOperator(name, operatorArgs(changes));

describe("SparkOperator", () => {
  it("makes its own namespace and every job namespace, and lists these to the operator", async () => {
    const seen = await record(() => make({ jobNamespaces: ["spark-jobs", "fink"] }));
    const names = seen
      .of(types.namespace)
      .map(({ inputs }) => String(at(inputs, "metadata", "name")));
    assert.deepEqual(names.sort(), ["fink", "spark-jobs", "spark-operator"]);
    const release = seen.one(types.release);
    assert.deepEqual(at(release, "values", "spark", "jobNamespaces"), ["spark-jobs", "fink"]);
    assert.equal(at(release, "namespace"), "spark-operator");
  });

  it("installs one exact chart, waits for it, and leaves the CRDs to the program", async () => {
    const seen = await record(() => make());
    const release = seen.one(types.release);
    assert.equal(at(release, "version"), "2.5.2");
    assert.equal(at(release, "atomic"), true);
    assert.equal(at(release, "skipCrds"), true);
    assert.equal(at(release, "createNamespace"), false);
    assert.equal(at(release, "values", "webhook", "enable"), true);
    assert.deepEqual(
      seen.of(types.crd).map(({ inputs }) => String(at(inputs, "metadata", "name")).split(".")[0]),
      ["scheduledsparkapplications", "sparkapplications", "sparkconnects"],
    );
  });

  it("owns the two CRDs of charts that had no SparkConnect yet", async () => {
    const seen = await record(() => make({ version: "2.2.1" }));
    assert.equal(seen.of(types.crd).length, 2);
    assert.equal(at(seen.one(types.release), "version"), "2.2.1");
  });

  it("takes its chart from the mirror where there is one", async () => {
    const from = async (chartMirror: string) => {
      const release = (await record(() => make({ chartMirror }))).one(types.release);
      return [at(release, "chart"), at(release, "repositoryOpts", "repo")];
    };
    assert.deepEqual(await from(".local/charts"), [
      ".local/charts/spark-operator-2.5.2",
      undefined,
    ]);
    assert.deepEqual(await from("https://c.example.org/x/"), [
      "spark-operator",
      "https://c.example.org/x",
    ]);
    assert.deepEqual(await from("oci://r.example.org/charts"), [
      "oci://r.example.org/charts/spark-operator",
      undefined,
    ]);
  });

  it("hardens its own namespace, and the job namespaces as far as Spark's pods allow", async () => {
    const seen = await record(() => make());
    const level = (name: string) =>
      at(
        seen.one(types.namespace, name),
        "metadata",
        "labels",
        "pod-security.kubernetes.io/enforce",
      );
    assert.equal(level("spark-operator-namespace"), "restricted");
    assert.equal(level("spark-operator-spark-jobs"), "baseline");
  });

  it("warns about a tag of another release, and about a cluster that nobody tried", async () => {
    const fits = await record(() => make({ imageTag: "2.5.2" }));
    assert.deepEqual(fits.warnings, []);
    const other = await record(() => make({ imageTag: "2.4.0", kubernetesVersion: "1.40" }));
    assert.deepEqual(
      other.warnings.map((line) => line.split(":").slice(0, 2).join(":")),
      ["spark-operator: kubernetesVersion", "spark-operator: imageTag"],
    );
    assert.equal(at(other.one(types.release), "values", "image", "tag"), "2.4.0");
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make(
          {
            jobNamespaces: ["spark-operator", "Jobs", "a", "a"],
            submissionWorkers: 0,
            timeoutSeconds: 1.5,
            kubernetesVersion: "newest",
          },
          "1st",
        ),
      );
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      [
        "name",
        "jobNamespaces[0]",
        "jobNamespaces[1]",
        "jobNamespaces[3]",
        "submissionWorkers",
        "timeoutSeconds",
        "kubernetesVersion",
      ],
    );
    assert.deepEqual(seen.all, []);
  });

  const refused: [string, Partial<SparkOperatorArgs>, RegExp][] = [
    ["no job namespace", { jobNamespaces: [] }, /^jobNamespaces: is empty/],
    ["an unknown chart version", { version: "9.9.9" }, /^version: "9\.9\.9".*2\.5\.2/],
    ["a cluster that is too old", { kubernetesVersion: "1.15" }, /^kubernetesVersion: .*1\.16/],
    [
      "two job namespaces for a chart that takes one",
      { version: "1.1.15", jobNamespaces: ["a", "b"] },
      /^jobNamespaces: .*works in one namespace, got 2/,
    ],
    [
      "other schedulers for a chart that knows no YuniKorn",
      { version: "1.4.6", batchScheduler: true },
      /^batchScheduler: spark-operator 1\.4\.6 .*2\.0\.0/,
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuses ${what} and says what to do`, () => {
      const told = refusals(() => make(changes));
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", message);
    });
  }
});
