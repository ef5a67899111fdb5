import type * as pulumi from "@pulumi/pulumi";
import { image } from "./image";
import { expectedBuckets } from "./buckets";
import type { OwnedBucket } from "./bucketScript";
import { defaultRegion } from "./s3a";

/** A bucket that is made where it is not there. */
export interface ObjectStoreBucketArgs {
  /** Its name, of one client only: 3 to 63 letters, digits and hyphens, starting with a letter. */
  name: string;
  /** Folders in it that have to be there from the start, such as `history_prod`. Defaults to none. */
  folders?: string[];
}

/** An application that stores objects, with a key pair of its own. */
export interface ObjectStoreClientArgs {
  /** The buckets that it may use, at least one; it can use no other and make none. */
  buckets: ObjectStoreBucketArgs[];
}

/** What `ObjectStore` is made from. */
export interface ObjectStoreArgs {
  /** Namespace, which is made. Defaults to `object-store`. */
  namespace?: string;
  /** Applications, each under the access key id that it gets. Defaults to `openeo` with the buckets that openEO expects. */
  clients?: Record<string, ObjectStoreClientArgs>;
  /** Size of the disk, in GiB, at least 1; it can grow where its storage class can, and never shrink. Defaults to 20. */
  sizeGib?: number;
  /** Storage class of the disk; its file system needs extended attributes, as ext4 and xfs have. Left out, the cluster's default. Another class is another, empty disk. */
  storageClass?: string;
  /** Whether disk and namespace are protected: nothing deletes them before `pulumi state unprotect`. Defaults to `true`. */
  protectData?: boolean;
  /** Region that requests have to be signed for. Defaults to `us-east-1`, which clients take that are told none. */
  region?: string;
  /** Memory limit, in MiB, at least 128. Defaults to 512. */
  memoryMib?: number;
  /** Host name of the Ingress, for signed URLs that are opened from outside. Without it there is none. */
  host?: string;
  /** Secret in the store's namespace with the host's certificate, as `tls.crt` and `tls.key`. Without it the Ingress has no TLS of its own. */
  tlsSecret?: string;
  /** Class of the Ingress. Defaults to `traefik`. */
  ingressClassName?: pulumi.Input<string>;
  /** Image of Versity S3 Gateway without tag, such as a mirror's. Defaults to the public one. */
  image?: string;
  /** How long the store may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
}

/** What is taken where an argument is left out. */
const defaults = {
  namespace: "object-store",
  sizeGib: 20,
  protectData: true,
  region: defaultRegion,
  memoryMib: 512,
  ingressClassName: "traefik",
  image: image.repository,
  timeoutSeconds: 300,
};

/** The arguments with every default filled in. */
export interface Store extends Required<Omit<ObjectStoreArgs, OptionalPart | "clients">> {
  /** Storage class of the disk; the cluster's default if left out. */
  readonly storageClass?: string;
  /** Host name of the Ingress; none without it. */
  readonly host?: string;
  /** Secret with the host's certificate. */
  readonly tlsSecret?: string;
  /** The clients' names, which are their access key ids. */
  readonly clients: readonly string[];
  /** The buckets of all clients. */
  readonly buckets: readonly OwnedBucket[];
}

type OptionalPart = "storageClass" | "host" | "tlsSecret";

/** Fills in the defaults. */
export function filledIn(args: ObjectStoreArgs): Store {
  const { storageClass, host, tlsSecret } = args;
  const clients: Record<string, ObjectStoreClientArgs> = args.clients ?? openEoAlone;
  return {
    namespace: args.namespace ?? defaults.namespace,
    sizeGib: args.sizeGib ?? defaults.sizeGib,
    protectData: args.protectData ?? defaults.protectData,
    region: args.region ?? defaults.region,
    memoryMib: args.memoryMib ?? defaults.memoryMib,
    ingressClassName: args.ingressClassName ?? defaults.ingressClassName,
    image: args.image ?? defaults.image,
    timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
    ...(storageClass === undefined ? {} : { storageClass }),
    ...(host === undefined ? {} : { host }),
    ...(tlsSecret === undefined ? {} : { tlsSecret }),
    clients: Object.keys(clients),
    buckets: Object.entries(clients).flatMap(([owner, { buckets }]) =>
      buckets.map(({ name, folders = [] }) => ({ name, owner, folders })),
    ),
  };
}

const openEoAlone = {
  openeo: {
    buckets: expectedBuckets.openeo.map(({ name, folders }) => ({ name, folders: [...folders] })),
  },
};
