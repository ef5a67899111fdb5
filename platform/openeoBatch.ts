import type { ObjectStore, OpenEoArgs, OpenEoBatchArgs, OpenEoClusterArgs } from "../components";
import type { OpenEoInstance, OpenEoSettings, Settings } from "../settings";
import { ownBuckets } from "./objectStore";
import { s3Args } from "./openeo";
import type { Sources } from "./sources";

/** What all openEO instances share; the CSI driver of buckets has one key pair for all of them. */
export function openEoClusterArgs(
  { batchVolumeProvisioner }: Settings,
  instances: readonly OpenEoInstance[],
  sources: Sources,
  store?: ObjectStore,
): OpenEoClusterArgs {
  const mounting = instances.find(({ openeo }) => openeo.batch.fuse.enabled);
  return {
    volumeProvisioner: batchVolumeProvisioner,
    ...(mounting === undefined ? {} : { fuseStore: s3Args(mounting, sources, store) }),
  };
}

/** The parts beside the web application that the settings of an instance come to. */
export function batchArgs(
  instance: OpenEoInstance,
  fileOf: (file?: string) => string | undefined,
): Pick<OpenEoArgs, "batch" | "jobTracker" | "lite"> {
  const { jobTracker, lite } = instance.openeo;
  const { enabled, schedule, activeDeadlineSeconds } = jobTracker;
  return {
    batch: batch(instance, fileOf),
    ...(enabled ? { jobTracker: { schedule, activeDeadlineSeconds } } : {}),
    ...(lite.replicas > 0 ? { lite: { replicas: lite.replicas } } : {}),
  };
}

function batch(
  { name, openeo }: OpenEoInstance,
  fileOf: (file?: string) => string | undefined,
): OpenEoBatchArgs {
  const { eodata, concurrentJobs, eventLog, fuse, yunikorn, preemptible } = openeo.batch;
  const template = fileOf(openeo.batch.template);
  const inOwnStore = openeo.s3 === undefined;
  return {
    concurrentJobs,
    // A template says for itself what these would; the settings have defaults for them all the same.
    ...(template === undefined
      ? {
          eodata,
          eventLog: { ...eventLog, ...(inOwnStore ? { bucket: ownBuckets(name).eventLog } : {}) },
        }
      : { template }),
    ...(fuse.enabled ? { fuse: { mounter: fuse.mounter } } : {}),
    yunikorn: yunikornArgs(yunikorn),
    preemptible: preemptibleArgs(preemptible),
    log4j2: fileOf(openeo.batch.log4j2),
    propagatedEnvironment: [...openeo.batch.propagatedEnvironment],
  };
}

const yunikornArgs = (
  settings: OpenEoSettings["batch"]["yunikorn"],
): OpenEoBatchArgs["yunikorn"] => {
  const { enabled, queue, schedulingTimeoutSeconds, userSpecificQueues } = settings;
  return enabled ? { queue, schedulingTimeoutSeconds, userSpecificQueues } : undefined;
};

const preemptibleArgs = (
  settings: OpenEoSettings["batch"]["preemptible"],
): OpenEoBatchArgs["preemptible"] => {
  const { enabled, label, value, required, noticeSeconds } = settings;
  return enabled ? { label, value, required, noticeSeconds } : undefined;
};
