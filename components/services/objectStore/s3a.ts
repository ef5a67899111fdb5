import type * as pulumi from "@pulumi/pulumi";

/** Region which clients take that are told none, so that a store of ours has it by default. */
export const defaultRegion = "us-east-1";

/**
 * What Spark has to be told of a store beside endpoint and keys. Without the region Hadoop
 * 3.4 signs for another one; without the retention Hadoop 3.3 and older delete the markers of all
 * folders above each file that they write, which the server refuses where the folder is a folder of
 * its disk and not an object: they try for over a minute before they let it be.
 *
 * @param region the store's region; not said where it is left out
 */
export const s3aConf = (region?: pulumi.Input<string>): Record<string, pulumi.Input<string>> => ({
  "spark.hadoop.fs.s3a.path.style.access": "true",
  ...(region === undefined ? {} : { "spark.hadoop.fs.s3a.endpoint.region": region }),
  "spark.hadoop.fs.s3a.directory.marker.retention": "keep",
});
