import { readFileSync } from "node:fs";
import path from "node:path";
import { assemble, type Imported } from "../../automation/import/assemble";
import { remarks, stackFilePart } from "../../automation/import/describe";
import type { FilePart } from "../../automation/import/part";
import { partsOf } from "../../automation/import/translate";

export const canary = "CaNaRy4711";

const catalog = readFileSync(path.join(__dirname, "../../catalogues/example.json"), "utf8");

/** Values of a site that uses most of the chart; written for this test. */
export const siteValues = (): Record<string, unknown> => ({
  image: "registry.example.org/openeo",
  imageVersion: "20260601-2500",
  imagePullPolicy: "Always",
  sparkVersion: "3.5.3",
  type: "Java",
  serviceAccount: "openeo",
  ha: { enabled: true },
  mainApplicationFile:
    "local:///opt/openeo/lib64/python3.8/site-packages/openeogeotrellis/deploy/kube.py",
  jarDependencies: ["local:///opt/geotrellis-extensions-static.jar"],
  fileDependencies: ["local:///opt/layercatalog.json", "local:///opt/log4j2.xml"],
  jmxExporterJar: "/opt/jmx_prometheus_javaagent-0.13.0.jar",
  jmxPort: 8091,
  monitoring: {
    podMonitor: { enabled: true },
    prometheus: { configuration: "/opt/prometheus_config" },
  },
  existingConfigMaps: false,
  configMaps: {
    layerCatalog: catalog,
    backendConfig: "config = None\n",
    log4j2: "<Configuration/>\n",
    batchJobLog4j2: "<Configuration/>\n",
    prometheusConfig: "rules: []\n",
    httpCredentials: `{"example.org": {"password": "${canary}"}}`,
  },
  driver: {
    coreRequest: "1500m",
    coreLimit: "2",
    memory: "4g",
    memoryOverhead: "2700m",
    terminationGracePeriodSeconds: 60,
    ports: [{ name: "webapp", containerPort: 50001, protocol: "TCP" }],
    podSecurityContext: { fsGroup: 18585 },
    env: {
      KUBE: "true",
      KUBE_OPENEO_API_PORT: "50001",
      PYTHONPATH: "$PYTHONPATH:/opt/openeo/lib/python3.8/site-packages/",
      SPARK_LOCAL_IP: "127.0.0.1",
      SWIFT_URL: "https://s3.example.org/",
      SWIFT_BUCKET: "results",
      SWIFT_ACCESS_KEY_ID: canary,
      SWIFT_SECRET_ACCESS_KEY: canary,
      AWS_S3_ENDPOINT: "eodata.example.org",
      AWS_HTTPS: "NO",
      AWS_REGION: "waw3-1",
      AWS_ACCESS_KEY_ID: canary,
      AWS_SECRET_ACCESS_KEY: canary,
      ZOOKEEPERNODES: "zk-0.zk:2181, zk-1.zk:2181",
      ZOOKEEPER_USERNAME: "openeo",
      ZOOKEEPER_PASSWORD: canary,
      OPENEO_EJR_API: "https://ejr.example.org",
      OPENEO_EJR_BACKEND_ID: "site",
      OPENEO_EJR_OIDC_CLIENT_CREDENTIALS: `id:${canary}@https://idp.example.org`,
      SIGNED_URL_SECRET: canary,
      CONCURRENT_POD_LIMIT: 4,
      GDAL_CACHEMAX: 200,
    },
    extraEnv: [
      { name: "OPENEO_ETL_OIDC_CLIENT_CREDENTIALS", value: canary },
      { name: "VENDOR_LICENCE", valueFrom: { secretKeyRef: { name: "licence", key: "text" } } },
    ],
  },
  executor: {
    cores: 2,
    coreRequest: "",
    instances: 3,
    memory: "4096m",
    terminationGracePeriodSeconds: 300,
  },
  ingress: {
    enabled: true,
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
    hosts: [{ host: "openeo.example.org", paths: ["/"] }],
    tls: [{ hosts: ["openeo.example.org"], secretName: "openeo-tls" }],
  },
  rbac: {
    create: true,
    serviceAccountDriver: "openeo",
    clusterRole: {
      rules: [{ apiGroups: ["policy"], resources: ["podsecuritypolicies"], verbs: ["use"] }],
    },
  },
  restartPolicy: { type: "Always" },
  sparkConf: {
    "spark.executorEnv.DRIVER_IMPLEMENTATION_PACKAGE": "openeogeotrellis",
    "spark.driver.maxResultSize": "2g",
    "spark.hadoop.fs.s3a.secret.key": canary,
    "spark.driver.extraJavaOptions": `-Djavax.net.ssl.trustStorePassword=${canary}`,
  },
  timeToLiveSeconds: 604800,
});

/** What values come to, with files in a folder. */
export const importOf = (values: Record<string, unknown>): Imported =>
  assemble(partsOf(values), ({ name }: FilePart) => `config/${name}`);

/** All that is printed. */
export const printed = (imported: Imported): string =>
  [stackFilePart(imported), ...remarks(imported)].join("\n");

/** What is told of a key; empty where nothing is. */
export function toldOf(imported: Imported, key: string): string {
  const notes = imported.notes.filter((note) => note.key === key);
  return notes.map(({ kind, message }) => `${kind}: ${message}`).join("\n");
}
