import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { create } from "tar";
import { ensure } from "../../tools/toolchain";
import { inCache } from "../../tools/locate";
import { isReachable, publishedSum } from "../../tools/release";
import type { ToolSpec } from "../../tools/table";
import { skip } from "../support/skip";
import { goOnThisMachine, hello, helloShop, type HelloShop } from "./hello";

const sum = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");
const released = "#!/bin/sh\necho released 1.2.3\n";

describe("a tool that is downloaded", function () {
  this.timeout(60_000);
  let shop: HelloShop;
  let server: Server;
  let base: string;
  let files: Map<string, Buffer | string>;
  let asked: string[];
  beforeEach(async () => {
    shop = await helloShop();
    files = new Map();
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const content = files.get(request.url ?? "");
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    base = await listen(server);
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await shop.remove();
  });

  const spec = (more: Partial<ToolSpec["release"]> = {}, name = "hello"): ToolSpec => ({
    ...hello,
    name,
    release: { url: () => `${base}/hello-1.2.3`, checksum: () => `${base}/sums`, ...more },
  });
  const get = (...specs: ToolSpec[]) =>
    ensure(shop, specs, Object.fromEntries(specs.map((one) => [one.name, one])), (now) =>
      said.push(now.text),
    );
  let said: string[];
  beforeEach(() => (said = []));

  it("is in the cache once its sum is the published one, and runs", async () => {
    files.set("/hello-1.2.3", released);
    files.set("/sums", `${sum("another")}  other-1.2.3\n${sum(released)}  hello-1.2.3\n`);
    const [got] = await get(spec());
    assert.equal(got?.origin, "download");
    assert.equal(await readFile(got.file, "utf8"), released);
    await get(spec());
    assert.equal(asked.filter((one) => one === "GET /hello-1.2.3").length, 1);
  });

  it("is refused where its sum is another: nothing of it is kept, and nothing is built instead", async () => {
    files.set("/hello-1.2.3", "#!/bin/sh\necho tampered 1.2.3\n");
    files.set("/sums", sum(released));
    await shop.script("go", "exit 1");
    await assert.rejects(get(spec()), (error: Error) => {
      assert.match(error.message, /does not match its published checksum: sha256 [0-9a-f]{64}/);
      assert.ok(error.message.includes(`allowed is ${sum(released)}`), error.message);
      assert.match(error.message, /EO_TOOLS_DOWNLOAD=off/);
      return true;
    });
    assert.equal(await inCache(shop, spec()), undefined);
    assert.deepEqual(await readdir(path.join(shop.cache, "tmp")), []);
    assert.ok(!said.some((text) => text.startsWith("building")), said.join("\n"));
  });

  it("comes out of an archive, with the scripts that belong to it and nothing else", async () => {
    const packed = path.join(shop.folder, "top");
    await shop.script("hello", "echo 1.2.3", packed);
    await shop.script("helper", "echo helps", packed);
    await writeFile(path.join(packed, "README"), "not wanted");
    const archive = path.join(shop.folder, "hello.tar.gz");
    await create({ gzip: true, file: archive, cwd: shop.folder }, ["top"]);
    files.set("/hello-1.2.3", await readFile(archive));
    files.set("/sums", `${sum(await readFile(archive))} *hello-1.2.3`);
    const [got] = await get({ ...spec({ member: () => "top/hello" }), alongside: ["helper"] });
    assert.deepEqual((await readdir(path.dirname(got?.file ?? ""))).sort(), ["hello", "helper"]);
  });

  it("that shares its archive with another is downloaded once for both", async () => {
    const packed = path.join(shop.folder, "top");
    await shop.script("hello", "echo 1.2.3", packed);
    await shop.script("other", "echo 1.2.3", packed);
    const archive = path.join(shop.folder, "hello.tar.gz");
    await create({ gzip: true, file: archive, cwd: shop.folder }, ["top"]);
    files.set("/hello-1.2.3", await readFile(archive));
    files.set("/sums", sum(await readFile(archive)));
    await get(spec({ member: () => "top/hello" }), spec({ member: () => "top/other" }, "other"));
    assert.deepEqual(asked, ["HEAD /", "GET /sums", "GET /hello-1.2.3"]);
  });

  for (const [what, sums] of [
    ["whose release is not there", sum(released)],
    ["whose list of checksums does not name it", `${sum("another")}  other-1.2.3`],
    ["that a network's login page answers for", "<html>please log in</html>"],
  ] as const) {
    it(`${what} is built instead, and it is said why`, async function () {
      if (!(await goOnThisMachine()))
        skip(this, "there is no Go on PATH; install it: https://go.dev/dl");
      await shop.withGo();
      files.set("/sums", sums);
      if (sums !== sum(released)) files.set("/hello-1.2.3", released);
      const [got] = await get(spec());
      assert.equal(got?.origin, "build");
      assert.ok(
        said.some((text) => /127\.0\.0\.1.*; building instead$/.test(text)),
        said.join("\n"),
      );
    });
  }

  it("asks each release host once in a run, however many tools it has", async () => {
    files.set("/hello-1.2.3", released);
    files.set("/sums", sum(released));
    const answers = ["/a", "/b", "/c"].map((file) => isReachable(base + file));
    assert.deepEqual(await Promise.all(answers), [true, true, true]);
    await get(spec());
    assert.deepEqual(
      asked.filter((one) => one.startsWith("HEAD")),
      ["HEAD /"],
    );
  });

  it("is not tried where its host does not answer: what is missing is said at once", async () => {
    const nobody = "http://127.0.0.1:9";
    assert.equal(await isReachable(nobody), false);
    await assert.rejects(
      get(spec({ url: () => `${nobody}/hello` })),
      /hello: put a version .* on PATH, or reach http:\/\/127\.0\.0\.1:9/,
    );
    assert.deepEqual(said, []);
  });

  it("is not tried with EO_TOOLS_DOWNLOAD=off: no host is asked", async () => {
    const offline = { ...shop, env: { ...shop.env, EO_TOOLS_DOWNLOAD: "off" } };
    await assert.rejects(
      ensure(offline, [spec()], { hello: spec() }, () => undefined),
      /cannot be had/,
    );
    assert.deepEqual(asked, []);
  });
});

describe("a published checksum", () => {
  const hash = sum("x");
  for (const [form, list, found] of [
    ["one bare sum", `${hash}\n`, hash],
    ["a line with the name", `${hash}  tool.tgz\n`, hash],
    ["a line with the mark of binary mode", `${hash} *tool.tgz\n`, hash],
    ["a line with a folder", `${hash}  ./dist/tool.tgz\n`, hash],
    ["capital letters", `${hash.toUpperCase()}  tool.tgz\n`, hash],
    ["the line of another file only", `${hash}  tool.tgz.sig\n`, undefined],
    ["two bare sums", `${hash}\n${hash}\n`, undefined],
    ["a sum that is too short", `${hash.slice(1)}  tool.tgz\n`, undefined],
    ["nothing", "", undefined],
  ] as const) {
    it(`is ${found ? "found" : "not found"} in ${form}`, () => {
      assert.equal(publishedSum(list, "tool.tgz"), found);
    });
  }
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `http://127.0.0.1:${address.port}`;
}
