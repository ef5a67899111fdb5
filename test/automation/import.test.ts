import assert from "node:assert/strict";
import { parse } from "yaml";
import { stackFilePart } from "../../automation/import/describe";
import { mebibytesOf, millicoresOf } from "../../automation/import/quantities";
import { variableFates } from "../../automation/import/variableFates";
import { driverEnvironment } from "../../components/workloads/openeo/environment";
import { sharedChart } from "../components/sharedCharts";
import { problemsOf } from "../settings/specimen";
import { canary, importOf, printed, siteValues, toldOf } from "./importSpecimen";

/** The problems that the settings of a stack have, with the imported ones among them. */
const problemsWith = (openeo: object, secretKeys: readonly string[] = []) =>
  problemsOf({ target: "local", openeo }, secretKeys);

describe("values of the public openEO chart", () => {
  it("become settings, in their units, names and features", () => {
    assert.deepEqual(importOf(siteValues()).openeo, {
      image: "registry.example.org/openeo",
      imageVersion: "20260601-2500",
      sparkVersion: "3.5.3",
      pythonVersion: "3.8",
      host: "openeo.example.org",
      route: { tlsSecret: "openeo-tls", clusterIssuer: "letsencrypt" },
      layerCatalogs: ["config/layercatalog.json"],
      s3: { endpoint: "https://s3.example.org", bucket: "results" },
      inputData: { endpoint: "http://eodata.example.org", region: "waw3-1" },
      jobRegistry: { api: "https://ejr.example.org", backendId: "site" },
      zooKeeper: { nodes: ["zk-0.zk:2181", "zk-1.zk:2181"], username: "openeo" },
      metrics: {
        driver: true,
        executors: true,
        port: 8091,
        configuration: "config/prometheus.yaml",
      },
      backendConfig: "config/backendconfig.py",
      log4j2: "config/log4j2.xml",
      driver: {
        cpuMillicores: 1500,
        cpuLimitMillicores: 2000,
        memoryMib: 4096,
        memoryOverheadMib: 2700,
      },
      executor: { cpuMillicores: 2000, cores: 2, instances: 3, memoryMib: 4096 },
      restart: { policy: "Always" },
      timeToLiveSeconds: 604800,
      batch: { concurrentJobs: 4, log4j2: "config/batch_job_log4j2.xml" },
      sparkConf: { "spark.driver.maxResultSize": "2g" },
      extraEnv: { GDAL_CACHEMAX: "200" },
      secretEnv: ["OPENEO_ETL_OIDC_CLIENT_CREDENTIALS", "VENDOR_LICENCE"],
    });
  });

  it("lack nothing that a stack needs but the secrets that are named", () => {
    const { openeo, secrets, secretVariables, missing } = importOf(siteValues());
    assert.deepEqual(missing, []);
    const asked = [...new Set(secrets.map(({ secret }) => secret)), "openeoSecretEnv"];
    assert.deepEqual(asked.sort(), [
      "inputDataAccessKeyId",
      "inputDataSecretAccessKey",
      "openeoHttpCredentials",
      "openeoJobRegistryCredentials",
      "openeoSecretEnv",
      "openeoZooKeeperPassword",
      "s3AccessKeyId",
      "s3SecretAccessKey",
    ]);
    assert.equal(secretVariables.length, 2);
    assert.ok(problemsWith(openeo).every(({ kind }) => kind === "missing-secret"));
    assert.deepEqual(problemsWith(openeo, asked), []);
  });

  it("are the same settings after YAML as before", () => {
    const imported = importOf(siteValues());
    const { config } = parse(stackFilePart(imported)) as { config: Record<string, unknown> };
    assert.deepEqual(config, { "eoplatform:openeo": imported.openeo });
  });

  it("never have a credential printed, wherever it stands", () => {
    assert.ok(!printed(importOf(siteValues())).includes(canary));
  });

  it("name each dead and each needless key, with the reason", () => {
    const site = importOf(siteValues());
    const expected: Record<string, RegExp> = {
      "ha.enabled": /^dead: .*no template/,
      type: /^dead: .*always writes Python/,
      serviceAccount: /^dead: .*rbac\.serviceAccountDriver/,
      "executor.terminationGracePeriodSeconds": /^dead: .*driver's/,
      "monitoring.prometheus.configuration": /^dead: a path is no configuration/,
      "driver.env.SPARK_LOCAL_IP": /^changed: .*no Service reaches it/,
      "driver.env.PYTHONPATH": /^needless: .*leaves \$PYTHONPATH as it stands/,
      "driver.env.SIGNED_URL_SECRET": /^needless: .*generated/,
      "rbac.clusterRole": /^needless: PodSecurityPolicy/,
      "driver.terminationGracePeriodSeconds": /^untranslated: /,
      "monitoring.podMonitor.enabled": /^untranslated: .*podMonitorLabels/,
      "configMaps.httpCredentials": /^changed: .*here in a Secret/,
      'sparkConf["spark.driver.extraJavaOptions"]': /^untranslated: .*credential/,
    };
    for (const [key, message] of Object.entries(expected)) {
      assert.match(toldOf(site, key), message, key);
    }
  });

  it("keep an image's versions to the image", () => {
    const versions = {
      sparkVersion: "3.2.0",
      mainApplicationFile: siteValues()["mainApplicationFile"],
    };
    const latest = importOf({ imageVersion: "latest", ...versions });
    assert.deepEqual(latest.openeo, {});
    assert.match(toldOf(latest, "imageVersion"), /names no one image/);
    assert.match(toldOf(latest, "sparkVersion"), /left out, as it goes with an exact tag/);
    const known = importOf({ imageVersion: "20250325-2415", ...versions });
    assert.deepEqual(known.openeo, { imageVersion: "20250325-2415" });
    assert.match(toldOf(known, "sparkVersion"), /holds Spark 3\.5\.3/);
    const unknown = importOf({ imageVersion: "20260101-1", ...versions });
    assert.deepEqual(unknown.openeo, {
      imageVersion: "20260101-1",
      sparkVersion: "3.2.0",
      pythonVersion: "3.8",
    });
  });

  it("turn an IngressRoute of the old group into one of the new", () => {
    const imported = importOf({
      ingressRoute: {
        enabled: true,
        rules: [{ match: "Host(`openeo.example.org`)", middlewares: [{ name: "auth" }] }],
        tls: { secretName: "openeo-tls", certResolver: "acme" },
      },
    });
    assert.deepEqual(imported.openeo, {
      host: "openeo.example.org",
      route: { kind: "IngressRoute", tlsSecret: "openeo-tls" },
    });
    assert.match(toldOf(imported, "ingressRoute.enabled"), /traefik\.containo\.us/);
    assert.match(toldOf(imported, "ingressRoute.rules"), /middlewares/);
    assert.match(toldOf(imported, "ingressRoute.tls"), /certResolver/);
  });

  it("leave out what the settings refuse, and say what is allowed", () => {
    const imported = importOf({
      driver: { memory: "100m" },
      dynamicAllocation: { initialExecutors: 1, minExecutors: 1 },
      global: { extraEnv: [{ name: "OPENEO_EJR_API", value: "https://ejr.example.org" }] },
    });
    assert.deepEqual(imported.openeo, { driver: {} });
    assert.match(toldOf(imported, "driver.memory"), /openeo\.driver\.memoryMib: must be .*512/);
    assert.match(
      toldOf(imported, "dynamicAllocation.initialExecutors"),
      /maxExecutors: is required/,
    );
    assert.match(
      toldOf(imported, "global.extraEnv.OPENEO_EJR_API"),
      /jobRegistry\.backendId: is required/,
    );
  });

  it("let a template of batch jobs say for itself what stands beside it", () => {
    const imported = importOf({
      existingConfigMaps: false,
      configMaps: {
        customBatchConfig: "kind: SparkApplication\n",
        batchJobLog4j2: "<Configuration/>",
      },
    });
    assert.deepEqual(imported.openeo, { batch: { template: "config/sparkapplication.yaml.j2" } });
    assert.match(
      toldOf(imported, "configMaps.batchJobLog4j2"),
      /nothing beside openeo\.batch\.template/,
    );
  });

  it("tell of keys that the chart does not have which were probably meant", () => {
    const imported = importOf({
      replicacount: 2,
      serviceAccountDriver: "openeo",
      driver: { memmory: "4g", quux: 1 },
      sparkJobNamespace: "spark-jobs",
    });
    assert.match(toldOf(imported, "replicacount"), /did you mean replicaCount\?/);
    assert.match(toldOf(imported, "serviceAccountDriver"), /rbac\.serviceAccountDriver\?/);
    assert.match(toldOf(imported, "driver.memmory"), /did you mean driver\.memory\?/);
    assert.match(toldOf(imported, "driver.quux"), /^unknown: is no key of the chart$/);
    assert.match(toldOf(imported, "sparkJobNamespace"), /sparkOperator\.jobNamespaces/);
  });

  it("have no variable left over that the component writes itself", () => {
    const args = {
      ...{ kubernetesVersion: "1.36", namespace: "a", jobNamespaces: ["a"], operatorReady: "" },
      ...{ image: "a", imageVersion: "b" },
      s3: { endpoint: "https://a", accessKeyId: "a", secretAccessKey: "a" },
      login: { basicUser: "a" },
      jobRegistry: { api: "https://a", backendId: "a" },
      zooKeeper: { nodes: ["a:1"], username: "a" },
    };
    const parts = { pythonVersion: "3.8", catalogs: [], hasBackendConfig: true };
    const replaceable = ["LOGGING_ES_HOSTS", "VAULT_ADDR"];
    for (const name of Object.keys(driverEnvironment(args, parts))) {
      assert.ok(name in variableFates || replaceable.includes(name), name);
    }
  });

  it("of the chart's own are all known", function () {
    const values = sharedChart(this, "openeo-sparkapplication", "values.yaml");
    const { notes } = importOf(values as Record<string, unknown>);
    assert.deepEqual(
      notes.filter(({ kind }) => kind === "unknown"),
      [],
    );
  });
});

describe("quantities of the chart", () => {
  it("are read as Kubernetes and Spark read them", () => {
    const cpu = ["1000m", "1", 1, "0.5", "1.5", "1e3", "1k", ""].map(millicoresOf);
    assert.deepEqual(cpu, [1000, 1000, 1000, 500, 1500, undefined, undefined, undefined]);
    const memory = ["4096m", "4g", "4G", "4gb", "4Gi", "2700", 2700, "512k", "1t", "1.5g"];
    assert.deepEqual(memory.map(mebibytesOf), [
      4096,
      4096,
      4096,
      4096,
      4096,
      2700,
      2700,
      1,
      1048576,
      undefined,
    ]);
  });
});
