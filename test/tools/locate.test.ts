import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { binFolder } from "../../tools/bin";
import { cacheRoot, sweep } from "../../tools/cache";
import { chartFolder, ensureChart } from "../../tools/chart";
import { copyFromModule } from "../../tools/go";
import { locate, type Located, type Missing } from "../../tools/locate";
import { thisOwner } from "../../tools/owner";
import { installPysparkInto, locatePyspark } from "../../tools/pyspark";
import { thisPlatform } from "../../tools/shop";
import { operatorChart, type ToolSpec } from "../../tools/table";
import { hello, helloShop, type HelloShop } from "./hello";

describe("what is there already:", () => {
  let shop: HelloShop;
  beforeEach(async () => (shop = await helloShop()));
  afterEach(() => shop.remove());
  const inFolders = (...folders: string[]) => ({
    ...shop,
    env: {
      ...shop.env,
      PATH: folders.map((name) => path.join(shop.folder, name)).join(":") + ":/bin",
    },
  });

  describe("a tool on PATH", () => {
    const find = (where = inFolders("one", "two")) => locate(where, hello, { hello });

    it("is taken where its version is accepted; one that is too old before it is passed by", async () => {
      await shop.script("hello", "echo hello v1.1.9", path.join(shop.folder, "one"));
      const file = await shop.script("hello", "echo hello v1.4.0", path.join(shop.folder, "two"));
      assert.deepEqual(await find(), { spec: hello, file, origin: "PATH", version: "1.4.0" });
    });

    it("is left where it is too old, or does not start: both are named", async () => {
      const old = await shop.script("hello", "echo hello v1.1.9", path.join(shop.folder, "one"));
      const broken = await shop.script("hello", "exit 3", path.join(shop.folder, "two"));
      const refused = [
        { file: old, version: "1.1.9" },
        { file: broken, version: undefined },
      ];
      assert.deepEqual(await find(), { spec: hello, refused });
    });

    it("of two names of one folder is asked once", async () => {
      await shop.script("hello", "echo hello v1.1.9", path.join(shop.folder, "one"));
      await symlink(path.join(shop.folder, "one"), path.join(shop.folder, "two"));
      const found = await find();
      assert.ok("refused" in found);
      assert.deepEqual(
        found.refused.map(({ file }) => file),
        [path.join(shop.folder, "one/hello")],
      );
    });

    it("is no tool of PATH where our own cache is on PATH", async () => {
      await shop.script("hello", "echo hello v1.4.0", path.join(shop.cache, "bin/0123"));
      const found = await locate(inFolders("cache/bin/0123"), hello, { hello });
      assert.deepEqual(found, { spec: hello, refused: [] });
    });

    const host: ToolSpec = { ...hello, name: "host", askVersion: undefined, besideOnPath: "hello" };
    const findHost = () => locate(inFolders("one", "two"), host, { hello, host });

    it("that has no version of its own is taken beside the one that it serves", async () => {
      await shop.script("host", "exit 0", path.join(shop.folder, "one"));
      await shop.script("hello", "echo hello v1.4.0", path.join(shop.folder, "two"));
      assert.ok(isMissing(await findHost()), "it belongs to another engine");
      const file = await shop.script("host", "exit 0", path.join(shop.folder, "two"));
      const found = await findHost();
      assert.ok(!isMissing(found));
      assert.equal(found.file, file);
    });

    it("that serves one whose version is not accepted is left with it", async () => {
      await shop.script("host", "exit 0", path.join(shop.folder, "one"));
      await shop.script("hello", "echo hello v1.1.9", path.join(shop.folder, "one"));
      assert.ok(isMissing(await findHost()));
    });
  });

  describe("the folder for PATH", () => {
    it("has the tools and the scripts that belong to them, and is the same for the same tools", async () => {
      const spec = { ...hello, alongside: ["helper", "not-there"] };
      const file = await shop.script("hello", "echo hello v1.4.0");
      await shop.script("helper", "echo helps");
      const tool: Located = { spec, file, origin: "PATH", version: "1.4.0" };
      const bin = await binFolder(shop, [tool]);
      assert.deepEqual((await readdir(bin)).sort(), ["hello", "helper"]);
      assert.equal((await execa(path.join(bin, "hello"))).stdout, "hello v1.4.0");
      assert.equal(await binFolder(shop, [tool]), bin);
      const elsewhere = await shop.script(
        "hello",
        "echo hello v1.5.0",
        path.join(shop.folder, "two"),
      );
      assert.notEqual(await binFolder(shop, [{ ...tool, file: elsewhere }]), bin);
    });
  });

  describe("the cache", () => {
    it("is where the user says, else where the system keeps caches", () => {
      assert.equal(cacheRoot({ EO_CACHE_DIR: "/a", XDG_CACHE_HOME: "/b" }), "/a");
      assert.equal(cacheRoot({ XDG_CACHE_HOME: "/b" }), "/b/eo-platform");
      assert.match(cacheRoot({}), /\/\.cache\/eo-platform$/);
    });

    it("loses what dead runs left, and keeps what living ones use", async () => {
      const { host, pid, started } = await thisOwner();
      const living = `${host}-${pid}-${started}-living`;
      for (const name of [living, `${host}-${pid}-earlier-dead`, `elsewhere-1-unknown-foreign`]) {
        await mkdir(path.join(shop.cache, "tmp", name), { recursive: true });
      }
      await sweep(shop.cache);
      const left = await readdir(path.join(shop.cache, "tmp"));
      assert.deepEqual(left.sort(), [living, "elsewhere-1-unknown-foreign"].sort());
    });

    it("can be written to where it was copied from the write-protected module cache", async () => {
      const from = path.join(shop.folder, "module");
      await mkdir(path.join(from, "templates"), { recursive: true });
      await writeFile(path.join(from, "templates/a.yaml"), "a: 1\n", { mode: 0o444 });
      const to = path.join(shop.folder, "copy");
      await copyFromModule(from, to);
      assert.equal(await readFile(path.join(to, "templates/a.yaml"), "utf8"), "a: 1\n");
      await writeFile(path.join(to, "templates/a.yaml"), "a: 2\n");
      const { stdout } = await execa("find", [to, "!", "-perm", "-u+w"]);
      assert.equal(stdout, "");
    });

    it("has a chart without Go where it was copied before; else it is said what is needed", async () => {
      const chart = { ...operatorChart, set: "hello" };
      await assert.rejects(
        ensureChart(shop, chart),
        /the chart spark-operator 2\.5\.2 cannot be had: .* there is no Go on PATH; install Go >= 1\.21\.0/,
      );
      await mkdir(chartFolder(shop, chart), { recursive: true });
      assert.equal(await ensureChart(shop, chart), chartFolder(shop, chart));
    });
  });

  describe("Spark for tests", () => {
    const spark = async (version: string) => {
      const home = path.join(shop.folder, `spark-${version}`);
      await shop.script("spark-submit", "exit 0", path.join(home, "bin"));
      await mkdir(path.join(home, "jars"));
      await writeFile(path.join(home, `jars/spark-core_2.13-${version}.jar`), "");
      return {
        home,
        at: { ...inFolders("bin"), env: { PATH: path.join(shop.folder, "bin"), SPARK_HOME: home } },
      };
    };

    it("is SPARK_HOME where that has an accepted Spark, and Java is there", async () => {
      const { home, at } = await spark("4.0.1");
      assert.equal(await locatePyspark(at), undefined, "there is no Java yet");
      await shop.script("java", "exit 0");
      assert.equal(await locatePyspark(at), home);
    });

    it("is not a Spark that the operator's driver images do not match", async () => {
      await shop.script("java", "exit 0");
      assert.equal(await locatePyspark((await spark("3.5.3")).at), undefined);
    });
  });

  describe("Spark for tests, where it cannot be installed", () => {
    it("says everything that is missing, and what would do instead", async () => {
      const bare = { ...shop, env: { PATH: path.join(shop.folder, "bin") } };
      await assert.rejects(installPysparkInto(bare), {
        message:
          "pyspark 4.0.1 needs python3 with pip and Java 17 or 21 on PATH: install it, " +
          "or set SPARK_HOME to a Spark >=4.0.0 <5.0.0",
      });
      await shop.script("java", "exit 0");
      await shop.script("python3", "echo no module named pip >&2; exit 1");
      await assert.rejects(installPysparkInto(bare), /failed:\n {2}no module named pip\nsee that/);
      assert.deepEqual(await readdir(path.join(shop.cache, "tmp")), []);
    });
  });

  describe("a machine", () => {
    it("that the toolchain does not know is refused with those that it knows", () => {
      assert.deepEqual(thisPlatform("linux", "x64"), { os: "linux", arch: "amd64" });
      assert.throws(
        () => thisPlatform("win32", "x64"),
        /does not know win32 on x64: it serves linux and darwin/,
      );
    });
  });
});

function isMissing(found: Located | Missing): found is Missing {
  return "refused" in found;
}
