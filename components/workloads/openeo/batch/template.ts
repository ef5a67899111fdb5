import { eventLogDefaults } from "../../../services/objectStore/buckets";
import {
  decommissionConf,
  preemptibleAffinity,
  preemptibleNodes,
  preemptibleTolerations,
  stableAffinity,
  type PreemptibleNodes,
} from "../../preemptible";
import { s3aKeys } from "../secretVariables";
import type { OpenEoBatchArgs } from "./args";

/** A file that the pods of jobs see, as the web application does. Names are plain: they are text in the template. */
export interface BatchMount {
  /** Name of the volume, a DNS-1123 label. */
  readonly volume: string;
  /** The object that the file comes from, by its name. */
  readonly source: { readonly configMap: string } | { readonly secret: string };
  /** Key of the object. */
  readonly key: string;
  /** Path of the file in the pod. */
  readonly path: string;
}

/** A key of a Secret, by plain names. */
export interface SecretKey {
  /** Name of the Secret. */
  readonly secret: string;
  /** Its key. */
  readonly key: string;
}

/** What the pods of jobs take from the web application beside them. */
export interface BatchTemplateParts {
  /** Files: layer catalogues, backend configuration, HTTP credentials, and the jobs' own logging. */
  readonly mounts: readonly BatchMount[];
  /** Variables that are read from Secrets, by name. */
  readonly secrets: Readonly<Record<string, SecretKey>>;
  /** Plain variables that differ from those of the image's template. */
  readonly environment: Readonly<Record<string, string>>;
  /** Spark's configuration beside the image's own. */
  readonly sparkConf?: Readonly<Record<string, string>>;
}

/**
 * Variables of the image's template into which the web application writes a credential, with the
 * variables of a pod that hold it.
 */
const credentials: Readonly<Record<string, string>> = {
  aws_access_key_id: "AWS_ACCESS_KEY_ID",
  aws_secret_access_key: "AWS_SECRET_ACCESS_KEY",
  swift_access_key_id: "SWIFT_ACCESS_KEY_ID",
  swift_secret_access_key: "SWIFT_SECRET_ACCESS_KEY",
  openeo_ejr_oidc_client_credentials: "OPENEO_EJR_OIDC_CLIENT_CREDENTIALS",
};

/** The keys of the results' store are those of S3 where they are not given apart. */
const sameKeys = {
  SWIFT_ACCESS_KEY_ID: "AWS_ACCESS_KEY_ID",
  SWIFT_SECRET_ACCESS_KEY: "AWS_SECRET_ACCESS_KEY",
} as const;

/**
 * Accounts of the pods of jobs. The driver's name stands in the image's template; executors, which
 * run users' code, would have the driver's rights if they had no account of their own.
 */
export const batchAccounts = { driver: "batch-jobs", executor: "batch-executors" } as const;

/** Stands where the image's template has a credential. */
const elsewhere = "in-a-secret";

/** Where the event log is written, as a URL. */
export function eventLogUrl(args: OpenEoBatchArgs["eventLog"]): string {
  const { bucket = eventLogDefaults.bucket, folder = eventLogDefaults.folder } = args ?? {};
  return `s3a://${bucket}/${folder}`;
}

/**
 * The template, in Jinja, of the SparkApplications which the web application makes for batch jobs.
 * It extends the image's own, which is in it since 2023-01 (openeo-geopyspark-driver 4cd8576f), and
 * overrides blocks that all have had since. Where YAML has a key twice, the web application takes
 * the latter; where a pod has a variable twice, so does Kubernetes.
 */
export function batchTemplate(args: OpenEoBatchArgs, parts: BatchTemplateParts): string {
  const nodes = args.preemptible && preemptibleNodes(args.preemptible);
  const secrets = jobSecrets(parts.secrets);
  const driverVariables = [...secretVariables(secrets), ...plainVariables(parts.environment)];
  // Users' code runs in executors: they get the keys of the data, and not those of the registry.
  const ofExecutors = Object.fromEntries(
    Object.entries(secrets).filter(([name]) => !name.startsWith("OPENEO_EJR_")),
  );
  const executorVariables = [...secretVariables(ofExecutors), ...plainVariables(parts.environment)];
  const mounts = parts.mounts.map(mountLines);
  return [
    `{% extends "sparkapplication_template.yaml.j2" %}`,
    ...(args.yunikorn ? [`{% set batch_scheduler = "yunikorn" %}`] : []),
    ...Object.entries(credentials)
      .filter(([, name]) => name in secrets)
      .map(([variable]) => `{% set ${variable} = "${elsewhere}" %}`),
    ...block(
      "sparkConf",
      sparkConf(args, parts.sparkConf, secrets, hasKeysApart(parts.secrets), nodes),
    ),
    ...volumesBlock(args, parts.mounts),
    ...block("driver_env", driverVariables),
    ...block("executor_env", executorVariables),
    ...block("driver_volumeMounts", mounts),
    ...block("executor_volumeMounts", mounts),
    ...(nodes ? block("driver_options", [`    affinity: ${json(stableAffinity(nodes))}`]) : []),
    ...block("executor_options", [
      `    serviceAccount: ${batchAccounts.executor}`,
      ...(nodes ? placement(nodes) : []),
    ]),
    "",
  ].join("\n");
}

/** A block of the image's template with lines behind its own; nothing where there are none. */
const block = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [`{% block ${name} %}{{ super() }}{% raw %}`, ...lines, "{% endraw %}{% endblock %}"];

/** The credentials that jobs read from Secrets; the keys of the results' store are AWS' by default. */
function jobSecrets(given: BatchTemplateParts["secrets"]): Record<string, SecretKey> {
  const all = new Map(Object.entries(given));
  if (!hasKeysApart(given)) {
    for (const [swift, aws] of Object.entries(sameKeys)) {
      const key = all.get(aws);
      if (key) all.set(swift, key);
    }
  }
  return Object.fromEntries(
    Object.values(credentials).flatMap((name) => {
      const key = all.get(name);
      return key ? [[name, key]] : [];
    }),
  );
}

const hasKeysApart = (given: BatchTemplateParts["secrets"]): boolean =>
  Object.keys(sameKeys).every((name) => name in given);

function sparkConf(
  args: OpenEoBatchArgs,
  shared: BatchTemplateParts["sparkConf"],
  secrets: Readonly<Record<string, SecretKey>>,
  hasApart: boolean,
  nodes: PreemptibleNodes | undefined,
): string[] {
  const eventLog = eventLogUrl(args.eventLog);
  const conf = {
    ...shared,
    ...(eventLog === eventLogUrl({}) ? {} : { "spark.eventLog.dir": eventLog }),
    ...("SWIFT_SECRET_ACCESS_KEY" in secrets ? s3aKeys(hasApart) : {}),
    ...(nodes ? decommissionConf(nodes) : {}),
  };
  return Object.entries(conf).map(([key, value]) => `    ${quoted(key)}: ${quoted(value)}`);
}

const secretVariables = (secrets: BatchTemplateParts["secrets"]): string[] =>
  Object.entries(secrets).map(
    ([name, { secret, key }]) =>
      `      - ${json({ name, valueFrom: { secretKeyRef: { name: secret, key } } })}`,
  );

const plainVariables = (environment: BatchTemplateParts["environment"]): string[] =>
  Object.entries(environment).map(([name, value]) => `      - ${json({ name, value })}`);

const mountLines = ({ volume, key, path }: BatchMount): string =>
  `      - ${json({ name: volume, mountPath: path, subPath: key, readOnly: true })}`;

/** Each object is one volume, however many files of it are seen. */
function volumeLines(mounts: readonly BatchMount[]): string[] {
  const byName = new Map(mounts.map((mount) => [mount.volume, mount]));
  return [...byName.values()].map(({ volume, source }) => {
    const from =
      "secret" in source
        ? { secret: { secretName: source.secret } }
        : { configMap: { name: source.configMap } };
    return `    - ${json({ name: volume, ...from })}`;
  });
}

/** Folders of the node, as the image's template has them, or empty ones of the pod. */
function volumesBlock(args: OpenEoBatchArgs, mounts: readonly BatchMount[]): string[] {
  const lines = volumeLines(mounts);
  if (args.eodata ?? false) return block("volumes", lines);
  const empty = (name: string) => `    - ${json({ name, emptyDir: {} })}`;
  return [
    "{% block volumes %}",
    empty("eodata"),
    empty("shared-pod-volume"),
    "{% if mount_tmp %}",
    empty("spark-local-dir-1"),
    "{% endif %}{% if fuse_mount_batchjob_s3_bucket is sameas true %}",
    `    - {"name": "batch-job-results", "persistentVolumeClaim": {"claimName": "{{ job_name }}"} }`,
    "{% endif %}{% if provide_s3_profiles_and_tokens is sameas true %}",
    `    - {"name": "batch-job-cfg", "secret": {"secretName": "{{ batch_job_cfg_secret_name }}"} }`,
    "{% endif %}{% raw %}",
    ...lines,
    "{% endraw %}{% endblock %}",
  ];
}

const placement = (nodes: PreemptibleNodes): string[] => [
  `    affinity: ${json(preemptibleAffinity(nodes))}`,
  `    tolerations: ${json(preemptibleTolerations(nodes))}`,
  `    terminationGracePeriodSeconds: ${nodes.noticeSeconds}`,
];

/** JSON is YAML. */
const json = (value: object): string => JSON.stringify(value);
const quoted = (value: string): string => JSON.stringify(value);
