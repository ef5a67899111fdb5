import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { makeAccount } from "../../../base/access";
import { sparkDriverRules, type EnvironmentSource, type MountedFile } from "../../spark";
import type { OpenEoBatchArgs } from "./args";
import { metadataOf, type OpenEoContext } from "./context";
import { batchAccounts, batchTemplate, type BatchTemplateParts } from "./template";

/** What the web application's driver gets because it makes batch jobs. */
export interface OpenEoBatch {
  /** Files of the driver, and of no executor. */
  readonly driverFiles: readonly MountedFile[];
  /** Checksums of these files, as annotations. */
  readonly checksums: Readonly<Record<string, pulumi.Output<string>>>;
  /** Wait for these before jobs are made. */
  readonly ready: readonly pulumi.Resource[];
}

/** The driver's environment that says how jobs are made. Source: `configparams.py`, `config.py` and `backend.py` of openeo-geopyspark-driver. */
export function batchEnvironment(args: OpenEoBatchArgs): Record<string, EnvironmentSource> {
  const { fuse, yunikorn, propagatedEnvironment = [] } = args;
  const values: Record<string, string | number | undefined> = {
    CONCURRENT_POD_LIMIT: args.concurrentJobs,
    FUSE_MOUNT_BATCHJOB_S3_BUCKET: fuse && "true",
    FUSE_MOUNT_BATCHJOB_S3_MOUNTER: fuse?.mounter,
    FUSE_MOUNT_BATCHJOB_S3_MOUNT_OPTIONS: fuse?.mountOptions,
    FUSE_MOUNT_BATCHJOB_S3_STORAGE_CLASS: fuse?.storageClass,
    YUNIKORN_QUEUE: yunikorn?.queue,
    YUNIKORN_SCHEDULING_TIMEOUT: yunikorn?.schedulingTimeoutSeconds,
    YUNIKORN_USER_SPECIFIC_QUEUES: yunikorn?.userSpecificQueues === true ? "true" : undefined,
    OPENEO_PROPAGATABLE_WEB_APP_DRIVER_ENVARS: propagatedEnvironment.join(" ") || undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value: String(value) }]],
    ),
  );
}

/** What the driver does to volumes, which belong to no namespace, for results through a bucket. */
export const batchVolumeRules = [
  { apiGroups: [""], resources: ["persistentvolumes"], verbs: ["create", "delete"] },
];

/** Where the web application looks for the template of jobs. Source: the public chart. */
const templatePath = (python: string): string =>
  `/opt/venv/lib64/python${python}/site-packages/openeogeotrellis/deploy/sparkapplication.yaml.j2`;

const log4j2Path = "/opt/batch_job_log4j2.xml";

/**
 * What batch jobs need in the namespace: the account of their drivers with its rights, one without
 * rights for their executors, and the template that the web application makes them from.
 *
 * @param driverAccount the web application's account, which makes volumes where `fuse` is set
 */
export function makeBatch(
  context: OpenEoContext,
  args: OpenEoBatchArgs,
  driverAccount: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): OpenEoBatch {
  const { name } = context;
  const metadata = (object: string) => metadataOf(context, object);
  const driver = metadata(batchAccounts.driver);
  const { account, binding } = makeAccount(`${name}-batch`, driver, sparkDriverRules, opts);
  const executor = metadata(batchAccounts.executor);
  const executors = makeAccount(`${name}-batch-executor`, executor, [], opts);
  if (args.fuse) bindVolumes(context, driverAccount, opts);

  const file = (role: string, key: string, content: pulumi.Input<string>) =>
    new k8s.core.v1.ConfigMap(
      `${name}-${role}`,
      { metadata: metadata(`${name}-${role}`), data: { [key]: content } },
      opts,
    );
  const log4j2 =
    args.log4j2 === undefined
      ? []
      : [file("batch-log4j2", "batch_job_log4j2.xml", args.log4j2)].map(
          (configMap): MountedFile => ({
            volume: "batch-log4j2",
            source: { configMap: configMap.metadata.name },
            key: "batch_job_log4j2.xml",
            path: log4j2Path,
          }),
        );
  const template =
    args.template === undefined
      ? partsOf(context, log4j2).apply((parts) => batchTemplate(args, parts))
      : pulumi.output(args.template);
  const configMap = file("batch-template", "sparkapplication.yaml.j2", template);
  return {
    driverFiles: [
      {
        volume: "batch-template",
        source: { configMap: configMap.metadata.name },
        key: "sparkapplication.yaml.j2",
        path: templatePath(context.python),
      },
    ],
    checksums: { "checksum/batch-template": template.apply(sha256) },
    ready: [account, executors.account, ...(binding ? [binding] : [])],
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What jobs take from the web application, by plain names: they stand in the template's text. */
function partsOf(
  { files, environment, sparkConf = {} }: OpenEoContext,
  more: readonly MountedFile[],
): pulumi.Output<BatchTemplateParts> {
  const secrets = Object.entries(environment).flatMap(([name, source]) =>
    "secret" in source ? [{ name, secret: source.secret, key: source.key }] : [],
  );
  // The image's template names one file, whatever the web application reads.
  const plain = Object.entries(environment).flatMap(([name, source]) =>
    name === "OPENEO_CATALOG_FILES" && "value" in source ? [{ name, value: source.value }] : [],
  );
  return pulumi
    .all([
      pulumi.output([...files, ...more]),
      pulumi.output(secrets),
      pulumi.output(plain),
      pulumi.output({ ...sparkConf }),
    ])
    .apply(([mounts, keys, values, conf]) => ({
      mounts,
      secrets: Object.fromEntries(keys.map(({ name, secret, key }) => [name, { secret, key }])),
      environment: Object.fromEntries(values.map(({ name, value }) => [name, value])),
      sparkConf: conf,
    }));
}

function bindVolumes(
  context: OpenEoContext,
  driverAccount: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const { name, namespace } = context;
  // They belong to no namespace: other instances have theirs beside them.
  const metadata = { name: `${namespace}-${name}-batch-volumes`, labels: { ...context.labels } };
  const role = new k8s.rbac.v1.ClusterRole(
    `${name}-batch-volumes-role`,
    { metadata, rules: batchVolumeRules },
    opts,
  );
  new k8s.rbac.v1.ClusterRoleBinding(
    `${name}-batch-volumes-binding`,
    {
      metadata,
      subjects: [{ kind: "ServiceAccount", name: driverAccount, namespace }],
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: role.metadata.name,
      },
    },
    opts,
  );
}
