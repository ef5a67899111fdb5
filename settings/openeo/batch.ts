import { z } from "zod";
import { cronProblem } from "../../components/base/cron";
import {
  bucketNameRule,
  eventLogDefaults,
  isBucketName,
  isFolder,
} from "../../components/services/objectStore/buckets";
import { choice, contentFile, flag, whole } from "../fields";
import type { Target } from "../target";

/** Only CreoDIAS' nodes have the data. */
const eodata = { local: false, minikube: false, existing: false, openstack: true } as const;

/** What provisions volumes where the cluster has no `csi-cinder-sc-delete` by itself. */
const provisioners: Readonly<Record<Target, string | undefined>> = {
  local: "eo-platform.local/simulated-volumes",
  minikube: "k8s.io/minikube-hostpath",
  existing: undefined,
  // The CSI driver of OpenStack's Cinder brings the class.
  openstack: undefined,
};

/** Each run is a pod that loads openEO's libraries: small stacks look less often. */
const schedules = {
  local: "*/5 * * * *",
  minikube: "*/5 * * * *",
  existing: "* * * * *",
  openstack: "* * * * *",
} as const satisfies Record<Target, string>;

const text = (pattern: RegExp, description: string, allowed: string, example: string) =>
  z
    .string()
    .regex(pattern)
    .meta({ description, allowed, examples: [example] });

const section = (description: string) => ({ description, allowed: "an object", examples: [{}] });

/** What provisions the volumes of batch jobs: one setting for all openEO instances of a cluster. */
export function volumeProvisionerField(target: Target) {
  const field = text(
    /^[a-z0-9]([-a-z0-9./]{0,251}[a-z0-9])?$/,
    "What provisions the volumes of batch jobs, which ask for the StorageClass `csi-cinder-sc-delete`. Left out: the cluster has that class, as OpenStack's Cinder brings it.",
    "the provisioner of a StorageClass",
    "k8s.io/minikube-hostpath",
  );
  const provisioner = provisioners[target];
  return provisioner === undefined ? field.optional() : field.default(provisioner);
}

const eventLog = z
  .strictObject({
    bucket: z
      .string()
      .refine((name) => isBucketName(name))
      .meta({
        description: "Bucket of the event logs; it has to exist.",
        allowed: bucketNameRule,
        examples: [eventLogDefaults.bucket],
      })
      .default(eventLogDefaults.bucket),
    folder: z
      .string()
      .refine((path) => isFolder(path))
      .meta({
        description:
          "Folder of the event logs in the bucket; it has to exist, if only as an empty object whose name ends in `/`.",
        allowed: "a folder: names with slashes between them",
        examples: [eventLogDefaults.folder],
      })
      .default(eventLogDefaults.folder),
  })
  .prefault({})
  .meta(section("Where Spark writes the event logs of batch jobs."));

const fuse = z
  .strictObject({
    enabled: flag(
      "Whether results are written through a mounted bucket; takes the CSI driver `ru.yandex.s3.csi`.",
      true,
    ).default(false),
    mounter: choice(["s3fs", "geesefs", "rclone"], "What mounts the bucket.", "s3fs").default(
      "s3fs",
    ),
  })
  .prefault({})
  .meta(section("Results of batch jobs through a mounted bucket."));

const yunikorn = z
  .strictObject({
    enabled: flag(
      "Whether Apache YuniKorn schedules batch jobs; the cluster has to have it.",
      true,
    ).default(false),
    queue: text(
      /^root(\.[A-Za-z0-9_-]{1,64})*$/,
      "Queue below which each user has one.",
      "a queue: root, then names with dots between them",
      "root.default",
    ).default("root.default"),
    schedulingTimeoutSeconds: whole(
      "Seconds that a job may wait for all of its pods to find a place.",
      1,
      604800,
      10800,
    ).default(10800),
    userSpecificQueues: flag(
      "Whether YuniKorn limits what a user runs at once, in place of `concurrentJobs`.",
      true,
    ).default(false),
  })
  .prefault({})
  .meta(section("Scheduling of batch jobs by Apache YuniKorn."));

const preemptible = z
  .strictObject({
    enabled: flag(
      "Whether executors of batch jobs run on nodes that may be taken away, and drivers on others.",
      true,
    ).default(false),
    label: text(
      /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
      "Label, and taint, of these nodes.",
      "the key of a label",
      "kubernetes.azure.com/scalesetpriority",
    ).default("eo-platform.local/preemptible"),
    value: text(
      /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
      "Value of the label and of the taint.",
      "the value of a label",
      "spot",
    ).default("true"),
    required: flag("Whether executors run on these nodes only.", true).default(false),
    noticeSeconds: whole("Seconds between the word and the end of a node.", 1, 3600, 120).default(
      120,
    ),
  })
  .prefault({})
  .meta(section("Nodes that may be taken away, for executors of batch jobs."));

/** The settings `openeo.batch`, with the defaults of a target. */
export const batchSchema = (target: Target) =>
  z
    .strictObject({
      eodata: flag(
        "Whether the nodes have Earth-observation data at `/eodata`, which batch jobs then mount; takes `sparkOperator.jobPodSecurity: privileged`.",
        true,
      ).default(eodata[target]),
      concurrentJobs: whole(
        "Batch jobs that a user may run at once; 0 for any number.",
        0,
        10000,
        4,
      ).default(0),
      eventLog,
      fuse,
      yunikorn,
      preemptible,
      log4j2: contentFile(
        "File with the configuration of log4j 2 in the pods of batch jobs. Left out: the image's own.",
        "config/batch_job_log4j2.xml",
      ).optional(),
      template: contentFile(
        "File with a template of batch jobs, in Jinja, that replaces the one made of `eodata`, `eventLog`, `yunikorn`, `preemptible` and `log4j2`.",
        "config/sparkapplication.yaml.j2",
      ).optional(),
      propagatedEnvironment: z
        .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/))
        .default([])
        .meta({
          description:
            "Names of variables of openEO's environment that batch jobs get too, none of them a credential.",
          allowed: "a list of names of variables",
          examples: [["GDAL_CACHEMAX"]],
        }),
    })
    .prefault({})
    .meta(section("Batch jobs: SparkApplications that openEO makes as it runs."));

/** The settings `openeo.jobTracker`, with the defaults of a target. */
export const jobTrackerSchema = (target: Target) =>
  z
    .strictObject({
      enabled: flag(
        "Whether a CronJob writes the states of batch jobs into the job registry. Without a registry, images since 2025-06-30 need none.",
        true,
      ).default(false),
      schedule: z
        .string()
        .refine((schedule) => cronProblem(schedule) === undefined, {
          error: (issue) => cronProblem(String(issue.input)) ?? "",
        })
        .meta({
          description: "When it runs.",
          allowed: "a cron schedule of five fields, or @hourly and the like",
          examples: ["*/2 * * * *"],
        })
        .default(schedules[target]),
      activeDeadlineSeconds: whole(
        "Seconds after which a run is ended: one that hangs holds back all others.",
        1,
        86400,
        600,
      ).default(600),
    })
    .prefault({})
    .meta(section("The job tracker."));

/** The settings `openeo.lite`; their defaults are those of every target. */
export const liteSchema = () =>
  z
    .strictObject({
      replicas: whole(
        "Number of pods of openeo-lite, which answers what needs no Spark; 0 for none. Takes an image since 2026-04-24, a job registry and ZooKeeper.",
        0,
        100,
        2,
      ).default(0),
    })
    .prefault({})
    .meta(section("openeo-lite: the web application without Spark."));
