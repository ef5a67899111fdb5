import { z } from "zod";
import { choice, part, whole } from "../fields";
import type { Target } from "../target";

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
  openstack: full,
} satisfies Record<Target, PodSize>;

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
  javaOptions: z
    .string()
    .regex(/^\S[^\n]*$/)
    .meta({
      description: "Further options of the JVM, as on a command line.",
      allowed: "options on one line",
      examples: ["-Dpixels.treshold=1000000"],
    })
    .optional(),
});

/** Pods of the web application: their size and number, and what happens when they end. */
export const podsOf = (target: Target) => ({
  driver: part(
    podFields(sizes[target]),
    "Size of the driver pod, which serves the web application.",
    {},
  ).prefault({}),
  executor: part(
    {
      instances: whole("Number of executor pods.", 1, 1000, 2).default(1),
      cores: whole("Tasks that one executor runs at once.", 1, 256, 1).default(1),
      ...podFields(sizes[target]),
    },
    "Number and size of the executor pods.",
    {},
  ).prefault({}),
  dynamicAllocation: part(
    {
      initialExecutors: whole("Executors at the start.", 0, 1000, 1),
      minExecutors: whole("Executors at least.", 0, 1000, 1),
      maxExecutors: whole("Executors at most.", 1, 1000, 4),
    },
    "Executors that come and go with the work, instead of `executor.instances`.",
    { initialExecutors: 1, minExecutors: 1, maxExecutors: 4 },
  )
    .refine((one) => one.minExecutors <= one.initialExecutors, {
      path: ["initialExecutors"],
      error: "must not be below minExecutors",
    })
    .refine((one) => one.initialExecutors <= one.maxExecutors, {
      path: ["initialExecutors"],
      error: "must not be above maxExecutors",
    })
    .optional(),
  restart: part(
    {
      policy: choice(
        ["Always", "OnFailure", "Never"],
        "When the web application is started again.",
        "Always",
      ).default("Always"),
      failureRetries: whole("How often a failed run is repeated.", 0, 100, 3).default(3),
      failureRetryIntervalSeconds: whole("Seconds between two runs.", 1, 3600, 10).default(10),
      submissionFailureRetries: whole("How often it is tried to submit it.", 0, 100, 5).default(5),
      submissionFailureRetryIntervalSeconds: whole(
        "Seconds between two such tries.",
        1,
        3600,
        20,
      ).default(20),
    },
    "What the operator does when the web application ends.",
    {},
  ).prefault({}),
  timeToLiveSeconds: whole(
    "Seconds after its end at which the operator deletes the application. Left out: never.",
    1,
    31536000,
    172800,
  ).optional(),
});
