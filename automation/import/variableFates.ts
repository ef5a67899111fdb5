import type { SecretKey } from "../../settings";
import { isSecretVariable, told } from "./credentials";
import { isEmpty, note, setting, valueAt, weakly, type Part, type Values } from "./part";
import { textOf, wholeOf } from "./quantities";
import type { Variable, Variables } from "./variable";

type Others = Variables["variables"];

/** What becomes of a variable, beside all others and the rest of the values. */
type VariableFate = (variable: Variable, others: Others, all: Values) => readonly Part[];

/** A setting, read from the variable's text. */
const to =
  (at: string, read: (text: string) => unknown = textOf): VariableFate =>
  ({ value, source = "", key }) => {
    if (value === undefined) {
      return [note("untranslated", key, `set openeo.${at} to what it has from ${source}`)];
    }
    if (value.trim() === "") return [];
    const meaning = read(value);
    return meaning === undefined
      ? [note("untranslated", key, `cannot be read; set openeo.${at} yourself`)]
      : [setting(at, meaning, key)];
  };

const secret =
  (name: SecretKey): VariableFate =>
  ({ key, source }) => [
    { part: "secret", secret: name, from: source === undefined ? key : `${key} (${source})` },
  ];

const needless =
  (message: string): VariableFate =>
  ({ key }) => [note("needless", key, message)];

/** It is silent where the text is what holds here in any case. */
const unless =
  (usual: RegExp, fate: VariableFate): VariableFate =>
  (variable, others, all) =>
    usual.test(variable.value ?? "") ? [] : fate(variable, others, all);

const has = (others: Others, name: string): boolean => others.has(name);

const textIn = (others: Others, name: string): string | undefined =>
  textOf(others.get(name)?.value);

const isYes = (text: string): boolean => /^(1|on|true|yes)$/i.test(text.trim());

const words = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((word) => word !== "");

/** What only has a meaning where YuniKorn schedules batch jobs. */
const ofYunikorn =
  (name: string, read?: (text: string) => unknown): VariableFate =>
  (variable, others, all) => [
    ...to(`batch.yunikorn.${name}`, read)(variable, others, all),
    note(
      "changed",
      variable.key,
      "has an effect with openeo.batch.yunikorn.enabled, which takes sparkOperator.batchScheduler",
    ),
  ];

/** The input data's store where it is not that of the results. */
function inputEndpoint(others: Others): string | undefined {
  const host = textIn(others, "AWS_S3_ENDPOINT");
  const plain = /^(no|false|off|0)$/i.test(textIn(others, "AWS_HTTPS") ?? "");
  const url =
    host === undefined
      ? textIn(others, "AWS_ENDPOINT_URL_S3")
      : host.includes("://")
        ? host
        : `${plain ? "http" : "https"}://${host}`;
  const same = url === textIn(others, "SWIFT_URL")?.replace(/\/$/, "");
  return same && !hasOwnKeys(others) ? undefined : url;
}

/** Whether the results' store has keys of its own, so that those of AWS are the input data's. */
const hasOwnKeys = (others: Others): boolean => has(others, "SWIFT_ACCESS_KEY_ID");

const inputData: VariableFate = ({ key, value, source = "" }, others) => {
  if (value === undefined) {
    return [
      note("untranslated", key, `set openeo.inputData.endpoint to what it has from ${source}`),
    ];
  }
  const endpoint = inputEndpoint(others);
  return endpoint === undefined ? [] : [setting("inputData.endpoint", endpoint, key)];
};

const awsKey =
  (results: SecretKey, input: SecretKey): VariableFate =>
  (variable, others, all) => {
    if (!hasOwnKeys(others)) return secret(results)(variable, others, all);
    const message =
      "is a key of the input data, as SWIFT_ACCESS_KEY_ID is that of the results; set openeo.inputData.endpoint";
    return [
      ...secret(input)(variable, others, all),
      ...(inputEndpoint(others) === undefined ? [note("changed", variable.key, message)] : []),
    ];
  };

const region: VariableFate = ({ key, value }, others) => {
  if (isEmpty(value)) return [];
  if (inputEndpoint(others) !== undefined) return [weakly("inputData.region", value, key)];
  if (has(others, "SWIFT_URL")) return [weakly("s3.region", value, key)];
  return [note("untranslated", key, "is the region of a store whose address is not given")];
};

const searchPath: VariableFate = ({ key, value = "" }) => {
  const own = /^(\$PYTHONPATH|\/opt\/openeo\/lib(64)?\/python3\.\d+\/site-packages\/?)$/;
  const others = value.split(":").filter((part) => part !== "" && !own.test(part));
  const literal = value.includes("$PYTHONPATH")
    ? "Kubernetes leaves $PYTHONPATH as it stands, so nothing was put before the rest; "
    : "";
  const message = `${literal}the path is that of openEO's packages in the image here`;
  return others.length === 0
    ? [note("needless", key, message)]
    : [note("untranslated", key, `${message}, without ${told(others)}`)];
};

const localIp: VariableFate = ({ key, value }) =>
  value === "127.0.0.1"
    ? [
        note(
          "changed",
          key,
          "the web application listens on this address, and on 127.0.0.1 no Service reaches it; here it is the pod's",
        ),
      ]
    : [note("needless", key, "it is the pod's own address here")];

/** Files of the catalogue but the mounted one. */
const catalogFiles: VariableFate = ({ key, value = "" }, _, all) => {
  const mounted = isEmpty(valueAt(all, "configMaps.layerCatalog"))
    ? undefined
    : "/opt/layercatalog.json";
  const paths = words(value).filter((path) => path !== mounted);
  return paths.length === 0 ? [] : [setting("imageCatalogs", paths, key)];
};

/** A credential that was handed on would stand in the SparkApplication of each job. */
const propagated: VariableFate = ({ key, value = "" }, others) => {
  const secretOnes = words(value).filter((name) => isSecretVariable(name, others.get(name)?.value));
  const names = words(value).filter((name) => !secretOnes.includes(name));
  return [
    ...(names.length === 0 ? [] : [setting("batch.propagatedEnvironment", names, key)]),
    ...(secretOnes.length === 0
      ? []
      : [note("untranslated", key, `no credential is handed on: ${secretOnes.join(", ")}`)]),
  ];
};

/** The tracker is no part of the chart: who has one runs it beside. */
const jobRegistry: VariableFate = (variable, others, all) => [
  ...to("jobRegistry.api", (url) => url.trim().replace(/\/$/, ""))(variable, others, all),
  note(
    "changed",
    variable.key,
    "the registry learns the states of jobs from the job tracker; openeo.jobTracker.enabled runs its present module, as the public example's openeogeotrellis.job_tracker is no more",
  ),
];

const chartWrites = "is written by the component, as it is by the chart";

/**
 * The variables that a feature of openEO stands for here, and that the component therefore writes
 * itself. Source: the environment that openeo-geopyspark-driver 9baf2e10 reads.
 */
export const variableFates: Readonly<Record<string, VariableFate>> = {
  KUBE: unless(/^true$/i, needless("is always true")),
  KUBE_OPENEO_API_PORT: unless(/^50001$/, needless("the port is always 50001")),
  PYTHONPATH: searchPath,
  SPARK_LOCAL_IP: localIp,
  IMAGE_NAME: needless(chartWrites),
  POD_NAME: needless(chartWrites),
  POD_NAMESPACE: needless(chartWrites),
  OPENEO_BACKEND_CONFIG: unless(
    /^\/opt\/backend_config\/backendconfig\.py$/,
    needless("the file of openeo.backendConfig, or the one that is made, is named by itself"),
  ),
  OPENEO_CATALOG_FILES: catalogFiles,
  SIGNED_URL_SECRET: needless(
    "a secret of this stack is generated; links that were signed with the old one end",
  ),
  OPENEO_BASIC_AUTH_USER: to("login.basicUser"),
  OPENEO_BASIC_AUTH_PASSWORD: needless("the password of the one user is generated"),
  SWIFT_URL: to("s3.endpoint", (url) => url.trim().replace(/\/$/, "")),
  SWIFT_BUCKET: to("s3.bucket"),
  SWIFT_ACCESS_KEY_ID: secret("s3AccessKeyId"),
  SWIFT_SECRET_ACCESS_KEY: secret("s3SecretAccessKey"),
  AWS_ACCESS_KEY_ID: awsKey("s3AccessKeyId", "inputDataAccessKeyId"),
  AWS_SECRET_ACCESS_KEY: awsKey("s3SecretAccessKey", "inputDataSecretAccessKey"),
  AWS_S3_ENDPOINT: inputData,
  AWS_ENDPOINT_URL_S3: inputData,
  AWS_HTTPS: () => [],
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_VIRTUAL_HOSTING: unless(
    /^(false|no|off|0)$/i,
    needless("buckets are always named in the path, not in the host"),
  ),
  ZOOKEEPERNODES: to("zooKeeper.nodes", words),
  BATCH_JOBS_ZOOKEEPER_ROOT_PATH: to("zooKeeper.batchJobsPath"),
  ZOOKEEPER_USERNAME: to("zooKeeper.username"),
  ZOOKEEPER_PASSWORD: secret("openeoZooKeeperPassword"),
  OPENEO_EJR_API: jobRegistry,
  OPENEO_EJR_BACKEND_ID: to("jobRegistry.backendId"),
  OPENEO_EJR_OIDC_CLIENT_CREDENTIALS: secret("openeoJobRegistryCredentials"),
  CONCURRENT_POD_LIMIT: to("batch.concurrentJobs", wholeOf),
  FUSE_MOUNT_BATCHJOB_S3_BUCKET: to("batch.fuse.enabled", isYes),
  FUSE_MOUNT_BATCHJOB_S3_MOUNTER: to("batch.fuse.mounter"),
  YUNIKORN_QUEUE: ofYunikorn("queue"),
  YUNIKORN_SCHEDULING_TIMEOUT: ofYunikorn("schedulingTimeoutSeconds", wholeOf),
  YUNIKORN_USER_SPECIFIC_QUEUES: ofYunikorn("userSpecificQueues", isYes),
  OPENEO_PROPAGATABLE_WEB_APP_DRIVER_ENVARS: propagated,
};
