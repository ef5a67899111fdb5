import { randomBytes } from "node:crypto";
import { AwsClient } from "aws4fetch";

/** A bucket of an S3 storage, and the keys to it. */
export interface BucketAccess {
  /** Address of the storage. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  /** Secret. */
  readonly secretAccessKey: string;
}

/** How long a storage may take to answer, in milliseconds. */
const patience = 15_000;

/**
 * Writes one object into a bucket and deletes it again: whoever cannot do that finds out by the first
 * backup that is missing.
 *
 * @returns why it cannot be done, without a key; `undefined` where it can
 */
export async function tryBucket(access: BucketAccess): Promise<string | undefined> {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = access;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: "s3",
    retries: 1,
  });
  const key = `eo-platform-preflight-${randomBytes(4).toString("hex")}`;
  const url = `${endpoint.replace(/\/$/, "")}/${bucket}/${key}`;
  try {
    for (const request of [{ method: "PUT", body: "preflight" }, { method: "DELETE" }]) {
      const signal = AbortSignal.timeout(patience);
      const answer = await client.fetch(url, { ...request, signal });
      if (!answer.ok) return `bucket ${bucket} at ${endpoint}: ${await reasonOf(answer)}`;
    }
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const why = cause instanceof Error ? cause.message : `none within ${patience / 1000} s`;
    return `bucket ${bucket} at ${endpoint}: no answer: ${why}; look at the endpoint`;
  }
}

/** What is wrong, and what to do. */
async function reasonOf(answer: Response): Promise<string> {
  const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? answer.statusText;
  if (code === "NoSuchBucket") return "it is not there; make it, or name another one";
  const said = `HTTP ${answer.status} ${code}`;
  return answer.status === 401 || answer.status === 403
    ? `${said}; its keys may not write and delete there: look at both of them`
    : said;
}
