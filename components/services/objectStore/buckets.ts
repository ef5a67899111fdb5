/** A bucket that an application expects to be there. */
export interface ExpectedBucket {
  /** Its name, to the letter. */
  readonly name: string;
  /** Folders in it that have to be there before anything is written into them. */
  readonly folders: readonly string[];
  /** What the application does with it, and where that is written. */
  readonly use: string;
}

/** The buckets that applications name in their own source, each under the name of its application. */
export const expectedBuckets = {
  openeo: [
    {
      name: "OpenEO-data",
      folders: [],
      use: "results of batch jobs; what the driver takes where SWIFT_BUCKET is not set (openeogeotrellis/config/config.py)",
    },
    {
      name: "spark-history",
      // Spark refuses to start where the folder of its event log is not there.
      folders: ["history_prod"],
      use: "event logs of batch jobs, read by a history server; written as s3a://spark-history/history_prod in the driver's sparkapplication_template.yaml.j2",
    },
  ],
} as const satisfies Record<string, readonly ExpectedBucket[]>;

/** Where openEO's batch jobs write their event logs unless told otherwise. */
export const eventLogDefaults = {
  bucket: expectedBuckets.openeo[1].name,
  folder: expectedBuckets.openeo[1].folders[0],
} as const;

/**
 * Whether a bucket can be reached by every client: S3 itself takes no capitals, but openEO's default
 * has some; `s3a://` takes it as a host name, so it starts with a letter and has neither dot nor
 * underscore.
 */
export const isBucketName = (name: string): boolean =>
  /^[A-Za-z][A-Za-z0-9-]{1,61}[A-Za-z0-9]$/.test(name);

/** What a bucket's name looks like, for messages. */
export const bucketNameRule =
  "3 to 63 letters, digits and hyphens, starting with a letter and not ending with a hyphen";

/** Whether it is a folder in a bucket: names with slashes between them. */
export const isFolder = (path: string): boolean =>
  path.split("/").every((part) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(part));
