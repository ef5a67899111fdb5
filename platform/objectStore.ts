import * as pulumi from "@pulumi/pulumi";
import type { ObjectStore, ObjectStoreArgs, OpenEoArgs } from "../components";
import { expectedBuckets } from "../components/services/objectStore/buckets";
import type { OpenEoInstance, Settings } from "../settings";

/** The buckets that openEO expects, by what they are for. */
const [results, eventLog] = expectedBuckets.openeo;

/** Buckets of an openEO in the stack's own store: the first one's have the names that it expects. */
export const ownBuckets = (name: string) =>
  name === "openeo"
    ? { results: results.name, eventLog: eventLog.name }
    : { results: `${name}-data`, eventLog: `${name}-history` };

/** The store, with a key pair and buckets for each openEO that is told of no other. */
export function objectStoreArgs(
  settings: Settings["objectStore"],
  instances: readonly OpenEoInstance[],
): ObjectStoreArgs {
  const { namespace, image, sizeGib, storageClass, protectData, memoryMib } = settings;
  const { host, tlsSecret, extraBuckets } = settings;
  const own = instances.filter(({ openeo }) => openeo.s3 === undefined);
  const names = own.length === 0 ? ["openeo"] : own.map(({ name }) => name);
  const clients = Object.fromEntries(
    names.map((name, index) => {
      const buckets = ownBuckets(name);
      const logs = own.find((instance) => instance.name === name)?.openeo.batch.eventLog.folder;
      const folders = logs === undefined ? [...eventLog.folders] : [logs];
      const extra = index === 0 ? extraBuckets.map((bucket) => ({ name: bucket })) : [];
      return [
        name,
        { buckets: [{ name: buckets.results }, { name: buckets.eventLog, folders }, ...extra] },
      ];
    }),
  );
  return {
    namespace,
    image,
    memoryMib,
    sizeGib,
    storageClass,
    protectData,
    host,
    tlsSecret,
    clients,
  };
}

/** The stack's own store as an openEO uses it. */
export const storeOf = (name: string, store: ObjectStore): OpenEoArgs["s3"] => ({
  endpoint: store.endpoint,
  region: store.region,
  bucket: ownBuckets(name).results,
  // The access key id of a client is its name.
  accessKeyId: name,
  secretAccessKey: pulumi.secret(
    store.secretAccessKeys.apply((keys) => {
      const key = keys[name];
      if (key === undefined) throw new Error(`the object store has no client ${name}`);
      return key;
    }),
  ),
});
