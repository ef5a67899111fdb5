import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import path from "node:path";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectStoreArgs } from "../../components";
import { s3aConf } from "../../components/services/objectStore/s3a";
import { locateTools } from "../../tools/toolchain";
import { skip } from "../support/skip";
import { startStore, type StoreServer } from "./objectStoreServer";

const args: ObjectStoreArgs = {
  clients: {
    openeo: {
      buckets: [{ name: "OpenEO-data" }, { name: "spark-history", folders: ["history_prod"] }],
    },
    fink: { buckets: [{ name: "alerts" }] },
  },
};
const keys = { openeo: "openeo-secret-of-a-test", fink: "fink-secret-of-a-test" };
const Bucket = "OpenEO-data";

describe("the object store's real server, started as the component has it", function () {
  let store: StoreServer;
  let log: string;
  const client = (accessKeyId: string, secretAccessKey: string, region = "us-east-1") =>
    new S3Client({
      endpoint: store.endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
  const openeo = () => client("openeo", keys.openeo);
  const fink = () => client("fink", keys.fink);
  const bucketsOf = async (who: S3Client) =>
    (await who.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name).sort();
  const listed = async (who: S3Client, bucket: string, Prefix = "") => {
    const { Contents = [] } = await who.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    return Contents.map(({ Key }) => Key);
  };
  const put = (who: S3Client, bucket: string, Key: string, Body: string | Buffer) =>
    who.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: "text/plain" }));
  const read = async (who: S3Client, bucket: string, Key: string) =>
    (await who.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString();

  before(async function () {
    const program = await locateTools(["versitygw"]).then(
      ({ versitygw }) => versitygw,
      () =>
        skip(
          this,
          "versitygw is not here; node -r ts-node/register/transpile-only tools/main.ts ensure versitygw gets it",
        ),
    );
    store = await startStore(program, args, keys);
    log = await store.makeBuckets();
  });

  after(async () => store?.stop());

  it("has the buckets once its hook has run, each for its client alone", async () => {
    assert.deepEqual(await bucketsOf(openeo()), ["OpenEO-data", "spark-history"], log);
    assert.deepEqual(await bucketsOf(fink()), ["alerts"]);
  });

  it("has the folder that Spark's event log needs before its first line", async () => {
    assert.deepEqual(await listed(openeo(), "spark-history", "history_prod/"), [
      "history_prod/.keep",
    ]);
  });

  it("takes, gives back, lists, copies and deletes objects", async () => {
    const key = "batch_jobs/j-1/öpen EO+1.tif";
    await put(openeo(), Bucket, key, "result");
    assert.equal(await read(openeo(), Bucket, key), "result");
    const head = await openeo().send(new HeadObjectCommand({ Bucket, Key: key }));
    assert.deepEqual([head.ContentLength, head.ContentType], [6, "text/plain"]);
    const CopySource = encodeURI(`${Bucket}/${key}`).replaceAll("+", "%2B");
    await openeo().send(new CopyObjectCommand({ Bucket, Key: "batch_jobs/j-2/a", CopySource }));
    assert.deepEqual((await listed(openeo(), Bucket, "batch_jobs/")).sort(), [
      key,
      "batch_jobs/j-2/a",
    ]);
    const Objects = [{ Key: key }, { Key: "batch_jobs/j-2/a" }];
    await openeo().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(await listed(openeo(), Bucket), []);
  });

  it("puts the parts of a large object together", async () => {
    const Key = "large";
    const created = await openeo().send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { UploadId } = created;
    // Parts but the last have at least 5 MiB.
    const bodies = [Buffer.alloc(5 << 20, "a"), Buffer.from("end")];
    const Parts = [];
    for (const [index, Body] of bodies.entries()) {
      const part = { Bucket, Key, UploadId, PartNumber: index + 1, Body };
      const { ETag } = await openeo().send(new UploadPartCommand(part));
      Parts.push({ ETag, PartNumber: index + 1 });
    }
    const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
    await openeo().send(new CompleteMultipartUploadCommand(whole));
    const head = await openeo().send(new HeadObjectCommand({ Bucket, Key }));
    assert.equal(head.ContentLength, (5 << 20) + 3);
    const Range = `bytes=${(5 << 20) - 1}-`;
    const tail = await openeo().send(new GetObjectCommand({ Bucket, Key, Range }));
    assert.equal(await tail.Body?.transformToString(), "aend");
  });

  it("opens a signed URL without keys, at the host that it was signed for", async () => {
    await put(openeo(), Bucket, "signed", "for whoever has the link");
    const command = new GetObjectCommand({ Bucket, Key: "signed" });
    const url = await getSignedUrl(openeo(), command, { expiresIn: 60 });
    assert.equal(await (await fetch(url)).text(), "for whoever has the link");
    assert.equal((await fetch(url.replace("127.0.0.1", "localhost"))).status, 403);
  });

  it("takes a folder for no object: why s3aConf has Hadoop keep the markers of folders", async () => {
    await put(openeo(), Bucket, "folder/file", "x");
    const Objects = [{ Key: "folder/" }];
    const deleted = await openeo().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.equal(deleted.Errors?.[0]?.Code, "ErrDirectoryNotEmpty");
    assert.equal(s3aConf("r")["spark.hadoop.fs.s3a.directory.marker.retention"], "keep");
  });

  const refused: readonly [string, () => Promise<unknown>, string][] = [
    ["a wrong key", () => bucketsOf(client("openeo", "wrong")), "SignatureDoesNotMatch"],
    ["an unknown client", () => bucketsOf(client("nobody", "x")), "InvalidAccessKeyId"],
    [
      "another region",
      () => bucketsOf(client("openeo", keys.openeo, "waw3-1")),
      "AuthorizationHeaderMalformed",
    ],
    ["reading in another's bucket", () => read(fink(), Bucket, "signed"), "AccessDenied"],
    ["writing in another's bucket", () => put(fink(), Bucket, "x", "x"), "AccessDenied"],
    ["listing another's bucket", () => listed(fink(), Bucket), "AccessDenied"],
    [
      "a bucket of a client's own making",
      () => fink().send(new CreateBucketCommand({ Bucket: "mine" })),
      "AccessDenied",
    ],
  ];
  for (const [what, attempt, name] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(attempt, { name });
    });
  }

  it("answers nobody without a signature, but for its health", async () => {
    assert.equal((await fetch(`${store.endpoint}/${Bucket}/signed`)).status, 403);
    assert.equal((await fetch(`${store.endpoint}/_/health`)).status, 200);
  });

  it("makes accounts and buckets at its loopback port only", async () => {
    const asked = await fetch(`${store.endpoint}/list-users`, { method: "PATCH" });
    assert.ok(asked.status >= 400, String(asked.status));
    assert.doesNotMatch(await asked.text(), /openeo/);
  });

  it("keeps all of it when hook and server run again, and gives a bucket another owner", async () => {
    await put(openeo(), Bucket, "kept", "still here");
    await store.makeBuckets();
    await store.restart();
    await store.makeBuckets();
    assert.equal(await read(openeo(), Bucket, "kept"), "still here");
    assert.deepEqual(await bucketsOf(openeo()), ["OpenEO-data", "spark-history"]);
    const buckets = [{ name: "alerts" }, { name: "more-alerts" }];
    await store.makeBuckets({ clients: { openeo: { buckets } } });
    const all = ["OpenEO-data", "alerts", "more-alerts", "spark-history"];
    assert.deepEqual(await bucketsOf(openeo()), all);
    assert.deepEqual(await bucketsOf(fink()), []);
  });

  it("stores an object as a file under its own name", async () => {
    await put(openeo(), Bucket, "a/b", "x");
    await access(path.join(store.data, Bucket, "a/b"));
  });
});
