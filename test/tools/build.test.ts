import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { ensure, type Progress } from "../../tools/toolchain";
import { inCache } from "../../tools/locate";
import { skip } from "../support/skip";
import { goOnThisMachine, hello, helloShop, type HelloShop } from "./hello";

const runner = path.join(__dirname, "ensureHello.ts");

describe("a tool that is built", function () {
  // Go compiles its standard library where it never did.
  this.timeout(180_000);
  let shop: HelloShop;
  before(async function () {
    if (!(await goOnThisMachine()))
      skip(this, "there is no Go on PATH; install it: https://go.dev/dl");
  });
  beforeEach(async () => (shop = await helloShop()));
  afterEach(() => shop.remove());

  const get = (onProgress: (progress: Progress) => void = () => undefined) =>
    ensure(shop, [hello], { hello }, onProgress);
  /** A run in a process group of its own, as a terminal has it. */
  const start = () =>
    execa(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", runner, shop.cache, shop.modules],
      {
        env: shop.env,
        detached: true,
        reject: false,
        all: true,
      },
    );

  it("is in the cache under its version, runs, and is not built again", async () => {
    await shop.withGo();
    const seen: string[] = [];
    const [built] = await get((now) => seen.push(`${now.step}/${now.of} ${now.state} ${now.text}`));
    assert.match(seen[0] ?? "", /^1\/1 changed building hello 1\.2\.3/);
    assert.match(seen.at(-1) ?? "", /^1\/1 done/);
    assert.ok(built);
    assert.match(built.file, /cache\/tools\/hello\/1\.2\.3-[0-9a-f]{12}\/hello$/);
    assert.equal((await execa(built.file, ["version"])).stdout, "hello v1.2.3");
    assert.equal(built.origin, "build");
    await get(() => assert.fail("it was built again"));
  });

  it("is built again where go.sum pins something else", async () => {
    await shop.withGo();
    const [first] = await get();
    await writeFile(path.join(shop.modules, "hello/go.sum"), "\n");
    const [second] = await get();
    assert.notEqual(first?.file, second?.file);
    assert.ok(first && existsSync(first.file), "older clones still use the old one");
  });

  it("that says another version is not kept", async () => {
    await shop.withGo();
    const wrong = { ...hello, version: "1.2.4" };
    await assert.rejects(
      ensure(shop, [wrong], { hello: wrong }, () => undefined),
      /hello 1\.2\.4 was made, but says that it is 1\.2\.3; it was not kept/,
    );
    assert.equal(await inCache(shop, wrong), undefined);
  });

  it("whose build fails says what Go said and where, and leaves nothing", async () => {
    await shop.withGo();
    await writeFile(
      path.join(shop.modules, "hello/main.go"),
      "package main\n\nfunc main() { undefinedCall() }\n",
    );
    await assert.rejects(
      get(),
      /building hello failed \(tools\/modules\/hello\):[^]*undefinedCall/,
    );
    assert.deepEqual(await readdir(path.join(shop.cache, "tmp")), []);
    assert.deepEqual(await readdir(path.join(shop.cache, "locks")), []);
  });

  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    it(`interrupted by ${signal} leaves no binary, and the next run begins clean`, async () => {
      const go = await shop.withHaltingGo();
      const run = start();
      await appears(go.started);
      assert.ok(run.pid);
      // As Ctrl-C does: the whole group. A kill -9 reaches one process only.
      process.kill(signal === "SIGINT" ? -run.pid : run.pid, signal);
      await run;
      await go.release();
      assert.equal(await inCache(shop, hello), undefined);
      const [built] = await get();
      assert.ok(built);
      assert.equal((await execa(built.file, ["version"])).stdout, "hello v1.2.3");
      assert.deepEqual(await readdir(path.join(shop.cache, "tmp")), []);
    });
  }

  it("by two at once is built once: the second waits, and says for whom", async () => {
    const go = await shop.withHaltingGo();
    const first = start();
    await appears(go.started);
    const second = start();
    const said = await new Promise<string>((resolve) => {
      second.stderr.on("data", (chunk: Buffer) => {
        if (chunk.includes("waiting")) resolve(chunk.toString());
      });
    });
    assert.match(said, new RegExp(`waiting for process ${first.pid}, which gets hello 1\\.2\\.3`));
    await go.release();
    const [one, two] = await Promise.all([first, second]);
    assert.equal(one.exitCode, 0, one.all);
    assert.equal(two.exitCode, 0, two.all);
    assert.equal(one.stdout, two.stdout);
    assert.equal(await readFile(go.builds, "utf8"), "1\n");
  });

  it("without Go, download and PATH is one message: each tool, what would do, and Go's version", async () => {
    const other = { ...hello, name: "other", group: "other" };
    await assert.rejects(
      ensure(shop, [hello, other], { hello, other }, () => assert.fail("work began")),
      {
        message: [
          "2 of the tools cannot be had: not on PATH, no release could be downloaded, and there is no Go on PATH",
          "  hello: put a version >=1.2.0 <2.0.0 on PATH",
          "  other: put a version >=1.2.0 <2.0.0 on PATH",
          "all of them can be built: install Go >= 1.21.0 (https://go.dev/dl), then run it again",
        ].join("\n"),
      },
    );
  });

  it("into a cache that cannot be written to is refused with the variable that moves it", async () => {
    await writeFile(shop.cache, "a file where the folder should be");
    await assert.rejects(get(), /cache .* cannot be written to \(EEXIST\): set EO_CACHE_DIR/);
  });

  it("with a Go that is too old and may not fetch another is refused before any work", async () => {
    await shop.remove();
    shop = await helloShop("1.99");
    await shop.withGo();
    const local = { ...shop, env: { ...shop.env, GOTOOLCHAIN: "local" } };
    await assert.rejects(
      ensure(local, [hello], { hello }, () => assert.fail("work began")),
      /Go 1\.\d+\.\d+ \(.*\/go\) is older than 1\.99\.0, and GOTOOLCHAIN=local keeps it.*\n.*\n.*install Go >= 1\.99\.0/,
    );
  });

  it("does not take a user's flags that would change the binary", async () => {
    await shop.withGo();
    const env = { ...shop.env, GOFLAGS: "-mod=vendor -tags=odd", GOOS: "plan9" };
    await mkdir(shop.cache, { recursive: true });
    const [built] = await ensure({ ...shop, env }, [hello], { hello }, () => undefined);
    assert.ok(built);
    assert.equal((await execa(built.file, ["version"])).stdout, "hello v1.2.3");
  });
});

async function appears(file: string): Promise<void> {
  while (!existsSync(file)) await wait(20);
}
