import { z } from "zod";
import {
  choice,
  filePath,
  flag,
  hostName,
  httpAddress,
  imageRepository,
  imageTag,
  namespace,
  version,
  whole,
} from "./fields";
import type { Target } from "./target";

interface PodSize {
  readonly cpuMillicores: number;
  readonly memoryMib: number;
  readonly memoryOverheadMib: number;
}

/** 7000 MB hold the cluster's own pods, a driver and an executor. */
const small: PodSize = { cpuMillicores: 500, memoryMib: 1024, memoryOverheadMib: 512 };

/** What upstream's chart gives a pod. */
const full: PodSize = { cpuMillicores: 1000, memoryMib: 4096, memoryOverheadMib: 2700 };

const sizes = {
  local: small,
  minikube: small,
  existing: full,
  creodias: full,
} satisfies Record<Target, PodSize>;

/** Where a stack is thrown away, so are its keys. */
const credentials = {
  local: "generated",
  minikube: "generated",
  existing: "config",
  creodias: "config",
} as const satisfies Record<Target, string>;

const podFields = (size: PodSize) => ({
  cpuMillicores: whole(
    "CPU that is reserved for a pod, in thousandths of a core.",
    100,
    256000,
    1000,
  ).default(size.cpuMillicores),
  cpuLimitMillicores: whole(
    "CPU that a pod may use, in thousandths of a core. Left out: 1200, or `cpuMillicores` if that is more.",
    100,
    256000,
    1200,
  ).optional(),
  memoryMib: whole("Heap of the JVM, in MiB.", 512, 1048576, 4096).default(size.memoryMib),
  memoryOverheadMib: whole(
    "Memory beside the heap, Python's too, in MiB.",
    384,
    1048576,
    2700,
  ).default(size.memoryOverheadMib),
});

const s3Schema = (target: Target) =>
  z
    .strictObject({
      endpoint: httpAddress(
        "Address of the S3 storage for the results of batch jobs.",
        "https://s3.waw3-1.cloudferro.com",
      ),
      region: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,63}$/)
        .meta({
          description: "Region of the S3 storage, where it has one.",
          allowed: "letters, digits and hyphens",
          examples: ["waw3-1"],
        })
        .optional(),
      credentials: choice(
        ["generated", "config"],
        "Where the S3 keys come from: made up and kept in the state (`generated`), or the secrets `s3AccessKeyId` and `s3SecretAccessKey` (`config`).",
        "config",
      ).default(credentials[target]),
    })
    .meta({
      description: "S3 storage for the results of batch jobs.",
      allowed: "an object with at least an endpoint",
      examples: [{ endpoint: "https://s3.waw3-1.cloudferro.com" }],
    });

/** The section `openeo`, with the defaults of a target. */
export const openeoSchema = (target: Target) =>
  z.strictObject({
    enabled: flag("Whether openEO is deployed.", true).default(true),
    namespace: namespace(
      "Namespace of openEO: one of `sparkOperator.jobNamespaces`.",
      "spark-jobs",
    ).default("spark-jobs"),
    image: imageRepository(
      "Image of openEO's driver and executors, without tag.",
      "registry.example.org/openeo-geotrellis-kube",
    ).default("vito-docker.artifactory.vgt.vito.be/openeo-geotrellis-kube"),
    imageVersion: imageTag("Tag of the image; an exact one.", "20250325-2415").refine(
      (tag) => tag !== "latest",
      { error: "`latest` names no one image; name an exact tag" },
    ),
    sparkVersion: version("Spark version in the image.", "major.minor.patch", "3.5.3"),
    host: hostName("Host name that openEO is reached at.", "openeo.example.org"),
    layerCatalog: filePath(
      "JSON file of the layer catalogue: the collections that openEO offers.",
      "catalogues/example.json",
    ),
    driver: z
      .strictObject(podFields(sizes[target]))
      .prefault({})
      .meta({
        description: "Size of the driver pod, which serves the web application.",
        allowed: "an object",
        examples: [{}],
      }),
    executor: z
      .strictObject({
        instances: whole("Number of executor pods.", 1, 1000, 2).default(1),
        cores: whole("Tasks that one executor runs at once.", 1, 256, 1).default(1),
        ...podFields(sizes[target]),
      })
      .prefault({})
      .meta({
        description: "Number and size of the executor pods.",
        allowed: "an object",
        examples: [{}],
      }),
    s3: s3Schema(target),
  });
