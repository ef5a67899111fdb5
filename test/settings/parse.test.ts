import assert from "node:assert/strict";
import {
  changed,
  cloudSecrets,
  onOpenStack,
  ownStore,
  problemOf,
  problemsOf,
  settingsOf,
  specimen,
} from "./specimen";

describe("settings", () => {
  it("are filled up with the defaults of the target", () => {
    const local = settingsOf(specimen());
    assert.equal(local.kubernetesVersion, "1.36");
    assert.equal(local.kubeconfigFile, "/project/.local/kubeconfig");
    assert.equal(local.chartMirror, "/project/.local/charts");
    assert.equal(local.traefik.serviceType, "LoadBalancer");
    assert.equal(local.objectStore.enabled, true);
    assert.equal(local.objectStore.protectData, false);

    const minikube = settingsOf(changed({ target: "minikube", kubernetesVersion: "1.35" }));
    assert.equal(minikube.kubeContext, "minikube");
    assert.equal(minikube.traefik.serviceType, "NodePort");
    assert.equal(minikube.chartMirror, undefined);

    const openstack = settingsOf(onOpenStack(), cloudSecrets);
    assert.equal(openstack.openeo.driver.memoryMib, 4096);
    assert.equal(openstack.traefik.replicas, 2);
    assert.equal(openstack.objectStore.enabled, false);
    assert.equal(openstack.objectStore.protectData, true);
    assert.deepEqual(openstack.secrets, cloudSecrets);
    assert.equal(openstack.kubeconfigIsSecret, false);
  });

  it("are frozen to the last part", () => {
    const settings = settingsOf(specimen());
    const parts = [settings, settings.openeo, settings.openeo.s3, settings.secrets];
    for (const part of [...parts, settings.sparkOperator.jobNamespaces]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  it("mean the same as the engine's texts and as YAML's values", () => {
    const { openeo, target } = specimen();
    const asTexts = {
      target,
      openeo: JSON.stringify({ ...(openeo as object), enabled: "true" }),
      traefik: '{"replicas":"3","isDefaultClass":"false"}',
      sparkOperator: '{"jobNamespaces":["spark-jobs"]}',
    };
    const asValues = changed({
      "traefik.replicas": 3,
      "traefik.isDefaultClass": false,
      "sparkOperator.jobNamespaces": ["spark-jobs"],
    });
    assert.deepEqual(settingsOf(asTexts), settingsOf(asValues));
  });

  it("take a tag that YAML reads as a number", () => {
    assert.equal(
      settingsOf(changed({ "openeo.imageVersion": 20250325, "openeo.pythonVersion": "3.8" })).openeo
        .imageVersion,
      "20250325",
    );
  });

  it("take empty values for settings that are left out", () => {
    const empty = { kubeContext: "", kubeconfigFile: null, kubeconfig: "", s3AccessKeyId: "" };
    assert.deepEqual(settingsOf(changed(empty)), settingsOf(specimen()));
  });

  it("leave absolute paths and addresses as they are", () => {
    const paths = { kubeconfigFile: "/etc/kubeconfig", chartMirror: "oci://registry.test/charts" };
    const settings = settingsOf(changed(paths));
    assert.equal(settings.kubeconfigFile, "/etc/kubeconfig");
    assert.equal(settings.chartMirror, "oci://registry.test/charts");
    assert.equal(settings.openeo.layerCatalogs[0], "/project/catalogues/example.json");
  });

  it("require nothing of a section that is off, and still refuse what it cannot hold", () => {
    assert.equal(settingsOf({ target: "local", openeo: { enabled: false } }).openeo.enabled, false);
    const wrong = { target: "local", openeo: { enabled: false, hots: "x" } };
    assert.deepEqual(
      problemsOf(wrong).map(({ key }) => key),
      ["openeo.hots"],
    );
  });
});

const refused: readonly [string, Record<string, unknown>, string, RegExp, string?][] = [
  ["an unknown target", { target: "lokal" }, "target", /must be one of local, minikube/, '"lokal"'],
  ["a version that YAML cut", { kubernetesVersion: 1.3 }, "kubernetesVersion", /needs Kubernetes/],
  ["a version without minor", { kubernetesVersion: "2" }, "kubernetesVersion", /major\.minor/],
  ["a home path", { kubeconfigFile: "~/.kube/config" }, "kubeconfigFile", /no `~`/],
  ["too many pods", { "traefik.replicas": 99 }, "traefik.replicas", /from 1 to 20/, "99"],
  ["half a pod", { "traefik.replicas": 1.5 }, "traefik.replicas", /whole number/, "1.5"],
  ["a text for a number", { "traefik.replicas": "two" }, "traefik.replicas", /whole/, '"two"'],
  ["a text for a flag", { "openeo.enabled": "yes" }, "openeo.enabled", /true or false/, '"yes"'],
  ["a text for a section", { traefik: "on" }, "traefik", /must be an object/, '"on"'],
  ["a Service type", { "traefik.serviceType": "loadbalancer" }, "traefik.serviceType", /one of L/],
  ["a namespace with a dot", { "traefik.namespace": "a.b" }, "traefik.namespace", /hyphens/],
  ["a namespace with a digit first", { "traefik.namespace": "1a" }, "traefik.namespace", /letter/],
  ["a host with a scheme", { "openeo.host": "http://a.b" }, "openeo.host", /without scheme/],
  ["the tag latest", { "openeo.imageVersion": "latest" }, "openeo.imageVersion", /no one image/],
  ["an image with a tag", { "openeo.image": "a/b:1.0" }, "openeo.image", /without tag/],
  ["no host", { "openeo.host": undefined }, "openeo.host", /is required/],
  ["little memory", { "openeo.driver.memoryMib": 64 }, "openeo.driver.memoryMib", /from 512/],
  ["an empty list", { "sparkOperator.jobNamespaces": [] }, "sparkOperator.jobNamespaces", /least/],
  [
    "a bad name in a list",
    { "sparkOperator.jobNamespaces": ["spark-jobs", "B"] },
    "sparkOperator.jobNamespaces[1]",
    /lower-case/,
    '"B"',
  ],
  ["no disk", { "objectStore.sizeGib": 0 }, "objectStore.sizeGib", /from 1 to/, "0"],
  [
    "a class with a capital",
    { "objectStore.storageClass": "Fast" },
    "objectStore.storageClass",
    /lower/,
  ],
  [
    "a bucket with an underscore",
    { "objectStore.extraBuckets": ["my_bucket"] },
    "objectStore.extraBuckets[0]",
    /3 to 63 letters/,
    '"my_bucket"',
  ],
  [
    "a bucket that is there anyway",
    { "objectStore.extraBuckets": ["spark-history"] },
    "objectStore.extraBuckets",
    /without OpenEO-data and spark-history/,
  ],
  ["an unknown chart", { "sparkOperator.version": "9.9.9" }, "sparkOperator.version", /one of 1/],
];

describe("settings refuse", () => {
  for (const [what, changes, key, message, given] of refused) {
    it(`${what}, with the command that mends it`, () => {
      // A wrong Kubernetes version may be wrong for several services.
      const problem = problemsOf(changed(changes)).find((one) => one.key === key);
      assert.ok(problem, `nothing said of ${key}`);
      assert.match(problem.message, message);
      if (given !== undefined) assert.equal(problem.given, given);
      assert.match(problem.remedy, /^pulumi config set /);
      assert.ok(problem.remedy.includes(key), problem.remedy);
    });
  }

  it("everything that is wrong at once", () => {
    const problems = problemsOf(
      changed({
        traefick: {},
        "traefik.replicas": 0,
        "openeo.sparkVersion": "2.4.5",
        kubeconfig: "apiVersion: v1",
      }),
    );
    const keys = ["kubeconfig", "openeo.sparkVersion", "traefick", "traefik.replicas"];
    assert.deepEqual(
      problems.map(({ key }) => key),
      keys,
    );
  });

  it("what the remedy's own value would mend: the mended stack is in order", () => {
    for (const [, changes, key] of refused.filter(([, , at]) => !/\[|^traefik$/.test(at))) {
      const remedy = problemsOf(changed(changes)).find((one) => one.key === key)?.remedy ?? "";
      const value = remedy.split(" ").at(-1) ?? "";
      if (remedy.includes("[0]") || key === "target") continue;
      assert.deepEqual(problemsOf(changed({ ...changes, [key]: value })), [], remedy);
    }
  });
});

describe("an unknown key", () => {
  const cases: readonly [string, RegExp, RegExp][] = [
    ["traefick", /did you mean traefik\?/, /rm traefick && pulumi config set --path traefik\./],
    ["openeo.hots", /did you mean openeo\.host\?/, /rm --path openeo\.hots && .*openeo\.host /],
    ["openeo.driver.memoryMiB", /openeo\.driver\.memoryMib\?/, /set --path openeo\.driver\.memor/],
    ["kubeConfig", /did you mean kubeconfig\?/, /set --secret kubeconfig/],
    ["sparkJobNamespace", /is now sparkOperator\.jobNamespaces/, /jobNamespaces\[0\]/],
    ["sparkOperator.sparkJobNamespaces", /is now sparkOperator\.jobNamespaces/, /jobNamespaces/],
    ["openeo.login.qqqqqqqq", /in openeo\.login there are basic, basicUser, oidc/, /config rm/],
    ["a b'c", /is no setting/, /config rm --path '\["a b'\\''c"\]'/],
  ];
  for (const [key, message, remedy] of cases) {
    it(`${key} is refused with what was meant`, () => {
      const problem = problemOf({ [key]: "value-4711" });
      assert.match(problem?.message ?? "", message);
      assert.match(problem?.remedy ?? "", remedy);
      assert.ok(!JSON.stringify(problem).includes("4711"), "the value may be a secret");
    });
  }
});

describe("a wrong part of a list, or of an object with names of the user's own", () => {
  const cases: Readonly<Record<string, unknown>> = {
    "openeo.extraEnv": { A: [1] },
    "openeo.sparkConf": { "spark.x": {} },
    "openeo.secretEnv": ["-"],
    "openeo.imageCatalogs": ["relative.json"],
    "openeo.zooKeeper": { nodes: ["no-port"] },
    "openeo.metrics": { podMonitorLabels: { release: [] } },
    "openeo.batch": { propagatedEnvironment: ["!"] },
    "openeo.login": { oidc: [{ id: "a", issuer: "https://a", title: "a", scopes: [" "] }] },
  };

  for (const [key, value] of Object.entries(cases)) {
    it(`is told with what ${key} allows, and a remedy that can be taken`, () => {
      const problem = problemOf({ [key]: value }, [
        "s3AccessKeyId",
        "s3SecretAccessKey",
        "openeoSecretEnv",
      ]);
      assert.match(problem?.message ?? "", /^must be part of (a list|an object)/);
      assert.match(problem?.remedy ?? "", /^pulumi config set --path \S+ \S+$/);
      assert.doesNotMatch(problem?.remedy ?? "", /VALUE$/);
    });
  }
});

describe("settings that depend on each other", () => {
  it("refuse Spark 2.4 on Kubernetes 1.36 and say what to take", () => {
    const problem = problemOf({ "openeo.sparkVersion": "2.4.5" });
    assert.equal(problem?.key, "openeo.sparkVersion");
    assert.match(problem?.message ?? "", /works up to Kubernetes 1\.15 only.*take Spark 4\.0/);
    assert.equal(problem?.remedy, "pulumi config set --path openeo.sparkVersion 4.0.1");
  });

  it("refuse a cluster that is too old for Traefik", () => {
    const problem = problemOf({ kubernetesVersion: "1.24", "openeo.sparkVersion": "3.5.3" });
    assert.match(problem?.message ?? "", /chart traefik .* needs Kubernetes 1\.25/);
  });

  it("refuse openEO in a namespace that the operator does not watch", () => {
    const problem = problemOf({ "openeo.namespace": "elsewhere" });
    assert.match(problem?.message ?? "", /none of sparkOperator\.jobNamespaces \(spark-jobs\)/);
    const add = "pulumi config set --path 'sparkOperator.jobNamespaces[1]' elsewhere";
    assert.equal(problem?.remedy, add);
  });

  it("refuse one namespace for two purposes", () => {
    assert.match(problemOf({ "traefik.namespace": "spark-jobs" })?.message ?? "", /namespace of/);
    const own = problemOf({ "sparkOperator.namespace": "spark-jobs" });
    assert.equal(own?.key, "sparkOperator.namespace");
  });

  it("refuse an object store in the namespace of another part, and a certificate for no host", () => {
    for (const namespace of ["traefik", "spark-jobs", "spark-operator"]) {
      const problem = problemOf({ "objectStore.namespace": namespace });
      assert.match(problem?.message ?? "", /made by one component/);
    }
    const problem = problemOf({ "objectStore.tlsSecret": "s3-tls" });
    assert.equal(problem?.remedy, "pulumi config set --path objectStore.host s3.example.org");
    const off = { enabled: false, namespace: "traefik", tlsSecret: "s3-tls" };
    assert.deepEqual(problemsOf(changed({ objectStore: off, "openeo.enabled": false })), []);
  });

  it("refuse two job namespaces where the chart takes one", () => {
    const problem = problemOf({
      "sparkOperator.version": "1.1.15",
      "sparkOperator.jobNamespaces": ["spark-jobs", "more-jobs"],
    });
    assert.match(problem?.message ?? "", /chart 1\.1\.15 takes one/);
  });

  it("refuse an openEO without an object store, and name both ways out", () => {
    const problem = problemOf({ "objectStore.enabled": false });
    assert.equal(problem?.key, "openeo.s3.endpoint");
    assert.match(problem?.message ?? "", /config set --path objectStore\.enabled true/);
    assert.match(problem?.remedy ?? "", /config set --path openeo\.s3\.endpoint https:/);
  });

  it("ask for the keys of a store that is not of this stack", () => {
    assert.deepEqual(
      problemsOf(changed(ownStore)).map(({ key, kind }) => [key, kind]),
      [
        ["s3AccessKeyId", "missing-secret"],
        ["s3SecretAccessKey", "missing-secret"],
      ],
    );
  });

  it("refuse an existing cluster that nothing names", () => {
    const problem = problemOf({
      target: "existing",
      kubernetesVersion: "1.35",
      "objectStore.enabled": true,
    });
    assert.equal(problem?.key, "kubeContext");
  });

  it("warn, and not refuse, about an image tag of another release", () => {
    const settings = settingsOf(changed({ "sparkOperator.imageTag": "v1beta2-1.3.0-3.1.1" }));
    assert.equal(settings.warnings.length, 1);
    assert.match(settings.warnings[0] ?? "", /the chart is made for the operator 2\.5\.2/);
  });

  it("warn about versions that nobody tried, and about ones that have ended", () => {
    const plain = changed({ kubernetesVersion: "1.31" });
    assert.match(settingsOf(plain).warnings.join("\n"), /Spark 4\.0\.1 on Kubernetes 1\.31/);
    assert.doesNotMatch(settingsOf(plain).warnings.join("\n"), /maintained/);
  });
});
