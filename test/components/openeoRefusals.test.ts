import assert from "node:assert/strict";
import { OpenEo, OpenEoRouteKind, type OpenEoArgs } from "../../components";
import { canary, record, refusals } from "./recording";
import { openEoArgs, openEoStore } from "./specimens";

const make = (changes?: Partial<OpenEoArgs>, name = "openeo") =>
  new OpenEo(name, openEoArgs(changes));

const layers = (content: string) => ({ name: "layers.json", content });

describe("OpenEo", () => {
  const refused: [string, Partial<OpenEoArgs>, RegExp][] = [
    ["a namespace that the operator does not watch", { namespace: "other" }, /^namespace: .*other/],
    ["an image with a tag", { image: "r.example.org:5000/a:1" }, /^image: .*imageVersion/],
    ["a floating tag", { imageVersion: "latest" }, /^imageVersion: /],
    [
      "a catalogue that is no JSON",
      { layerCatalogs: [layers("{")] },
      /^layerCatalogs\[0\]: layers\.json: .*is no JSON/,
    ],
    [
      "a catalogue that is no list",
      { layerCatalogs: [layers("{}")] },
      /^layerCatalogs\[0\]: layers\.json: must/,
    ],
    ["no catalogue at all", { layerCatalogs: [] }, /^layerCatalogs: is empty/],
    [
      "two catalogue files of a name",
      { layerCatalogs: [layers("[]"), layers("[]")] },
      /^layerCatalogs\[0\]: layers\.json: is named twice/,
    ],
    ["a relative path in the image", { imageCatalogs: ["a.json"] }, /^imageCatalogs\[0\]: /],
    ["a bad host", { route: { host: "http://x" } }, /^route\.host: /],
    [
      "the Spark UI at openEO's own host",
      { route: { host: "a.example.org", sparkUiHost: "a.example.org" } },
      /^route\.sparkUiHost: /,
    ],
    [
      "an issuer that nobody reads",
      {
        route: {
          host: "a.example.org",
          kind: OpenEoRouteKind.IngressRoute,
          tls: { secretName: "a", clusterIssuer: "b" },
        },
      },
      /^route\.tls\.clusterIssuer: /,
    ],
    [
      "an unknown image of which nothing is said",
      { sparkVersion: undefined },
      /^imageVersion: .*20250325-2415.*sparkVersion and pythonVersion/,
    ],
    [
      "a login for an image that knows none",
      { imageVersion: "20230110-331", login: { basicUser: "me" } },
      /^login: .*backendconfig\.py/,
    ],
    [
      "a login beside a backendconfig.py",
      { backendConfig: "config = None", login: { basicUser: "me" } },
      /^backendConfig: /,
    ],
    [
      "a provider without TLS",
      { login: { oidc: [{ id: "a", title: "A", issuer: "http://a.example.org" }] } },
      /^login\.oidc\[0\]\.issuer: .*https/,
    ],
    [
      "executors that start above their most",
      { dynamicAllocation: { minExecutors: 1, initialExecutors: 5, maxExecutors: 4 } },
      /^dynamicAllocation\.initialExecutors: /,
    ],
    ["half a time to live", { timeToLiveSeconds: 0.5 }, /^timeToLiveSeconds: /],
    ["a server without port", { zooKeeper: { nodes: ["zk"] } }, /^zooKeeper\.nodes\[0\]: /],
    [
      "a user without password",
      { zooKeeper: { nodes: ["zk:2181"], username: "openeo" } },
      /^zooKeeper\.password: /,
    ],
    [
      "a ZooKeeper login of an image that knows none",
      {
        imageVersion: "20250325-2415",
        zooKeeper: { nodes: ["zk:2181"], username: "openeo", password: canary },
      },
      /^zooKeeper\.username: image 20250325-2415/,
    ],
    [
      "a region of input data that is not the store's",
      {
        s3: { ...openEoStore, region: "one" },
        inputData: { endpoint: "https://a.example.org", region: "two" },
      },
      /^inputData\.region: /,
    ],
    [
      "a catalogue of the image under a mounted one",
      { imageCatalogs: ["/opt/layercatalog.json"] },
      /^imageCatalogs\[0\]: .*hides/,
    ],
    [
      "a credential by its value",
      { extraEnv: { DB: `postgres://me:${canary}@db.example.org/eo` } },
      /^extraEnv\.DB: looks like a credential/,
    ],
    [
      "a credential of the JVM",
      { driver: { javaOptions: `-Da.b.trustStorePassword=${canary}` } },
      /^driver\.javaOptions: looks like a credential/,
    ],
    [
      "what the settings of batch jobs set",
      { extraEnv: { CONCURRENT_POD_LIMIT: "3" }, batch: { concurrentJobs: 5 } },
      /^extraEnv\.CONCURRENT_POD_LIMIT: /,
    ],
    [
      "a variable that is set already",
      { extraEnv: { KUBE: "false" } },
      /^extraEnv\.KUBE: .*already/,
    ],
    [
      "a variable that is plain and secret",
      { extraEnv: { A: "b" }, secretEnv: { A: canary } },
      /^extraEnv\.A: .*secretEnv/,
    ],
    [
      "one key for input data",
      { inputData: { endpoint: "https://a.example.org", accessKeyId: canary } },
      /^inputData\.secretAccessKey: /,
    ],
    ["too little heap", { driver: { memoryMib: 100 } }, /^driver\.memoryMib: .*at least 512/],
    ["half an executor", { executor: { instances: 0.5 } }, /^executor\.instances: /],
    ["no core", { executor: { cores: 0 } }, /^executor\.cores: /],
    [
      "a limit below the request",
      { driver: { cpuMillicores: 2000, cpuLimitMillicores: 1000 } },
      /^driver\.cpuLimitMillicores: .*at least 2000/,
    ],
    ["a metrics port", { metrics: { jmxExporterJar: "/x.jar", port: 80 } }, /^metrics\.port: /],
    ["a remote jar", { jars: ["https://x.example.org/a.jar"] }, /^jars\[0\]: .*local:/],
    ["Spark 2.4 on a new cluster", { sparkVersion: "2.4.5" }, /^sparkVersion: .*Kubernetes 1\.15/],
    [
      "a credential in sparkConf",
      { sparkConf: { "spark.hadoop.fs.s3a.secret.key": canary } },
      /^sparkConf\.spark\.hadoop\.fs\.s3a\.secret\.key: looks like a credential/,
    ],
    ["a credential in the environment", { extraEnv: { DB_PASSWORD: canary } }, /^extraEnv\./],
    [
      "credentials in the endpoint",
      { s3: { ...openEoStore, endpoint: "https://a:b@s3.example.org" } },
      /^s3\.endpoint: /,
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuses ${what}, names no secret, and registers nothing`, async () => {
      let told: string[] = [];
      const seen = await record(() => {
        told = refusals(() => make(changes));
      });
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", message);
      assert.ok(!told.join().includes(canary));
      assert.deepEqual(seen.all, []);
    });
  }

  it("refuses names that the operator's webhook would refuse", () => {
    for (const name of ["1openeo", "open.eo", "OpenEO", "a".repeat(41)]) {
      assert.deepEqual(
        refusals(() => make({}, name)).map((line) => line.split(":")[0]),
        ["name"],
        name,
      );
    }
  });
});
