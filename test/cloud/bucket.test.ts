import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { tryBucket, type BucketAccess } from "../../cloud/bucket";
import { freePorts } from "../../embedded/processes/ports";
import { locateTools } from "../../tools/toolchain";
import { startStore, type StoreServer } from "../components/objectStoreServer";
import { skip } from "../support/skip";

describe("the bucket of backups", function () {
  const secretAccessKey = "etcd-secret-of-a-test";
  let store: StoreServer;
  before(async function () {
    const { versitygw } = await locateTools(["versitygw"]).catch((error: Error) =>
      skip(this, error.message),
    );
    const buckets = [{ name: "prod-etcd" }];
    const other = { buckets: [{ name: "others" }] };
    const keys = { etcd: secretAccessKey, other: "other-secret-of-a-test" };
    store = await startStore(versitygw, { clients: { etcd: { buckets }, other } }, keys);
    await store.makeBuckets();
  });
  after(async () => store?.stop());

  const tried = (more: Partial<BucketAccess> = {}) =>
    tryBucket({
      endpoint: store.endpoint,
      region: "us-east-1",
      bucket: "prod-etcd",
      accessKeyId: "etcd",
      secretAccessKey,
      ...more,
    });

  it("takes an object, and has none afterwards", async () => {
    assert.equal(await tried(), undefined);
    const left = await readdir(path.join(store.data, "prod-etcd"));
    assert.deepEqual(
      left.filter((name) => name.startsWith("eo-platform")),
      [],
    );
  });

  it("is refused in one line where it is not there, or not ours, or silent; no line has a key", async () => {
    const [port] = await freePorts(1);
    const told = [
      [await tried({ bucket: "no-such" }), /^bucket no-such at .*: it is not there; make it/],
      [await tried({ secretAccessKey: "wrong" }), /: HTTP 403 SignatureDoesNotMatch; its keys/],
      [await tried({ bucket: "others" }), /^bucket others at .*: HTTP 403 AccessDenied; its keys/],
      [
        await tried({ endpoint: `http://127.0.0.1:${port}` }),
        /: no answer: .*; look at the endpoint/,
      ],
    ] as const;
    for (const [line = "", form] of told) {
      assert.match(line, form);
      assert.doesNotMatch(line, /-of-a-test|wrong|\n/);
    }
  });
});
