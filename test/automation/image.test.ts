import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { baseImage, newImage } from "../../automation/image/name";
import type { BuildOptions } from "../../automation/image/options";
import { root } from "../support/eo";
import { builderCalls, leftOver, standInBuilder, startBuild } from "../support/standInBuilder";

const base = "vito-docker.artifactory.vgt.vito.be/openeo-geotrellis-kube";

describe("./eo openeo image build", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "eo-image-test-"));
    await mkdir(path.join(folder, "bin"));
    await mkdir(path.join(folder, "tmp"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const build = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await startBuild(folder, args);
    assert.deepEqual(await leftOver(folder), [], "something is left over");
    return { exitCode, stdout, stderr, calls: await builderCalls(folder) };
  };
  const fileOf = async (name: string, content: string) => {
    const file = path.join(folder, name);
    await writeFile(file, content, { mode: 0o600 });
    return file;
  };

  it("builds openEO's image with the stack's catalogue in it, and says how to use it", async () => {
    await standInBuilder(folder, "buildah");
    const { exitCode, stdout, stderr, calls } = await build("prod");
    assert.equal(exitCode, 0, stderr);
    assert.equal(calls.length, 1);
    const example = await readFile(path.join(root, "catalogues/example.json"), "utf8");
    const context = calls[0]?.context ?? {};
    assert.equal(context["catalogues/example.json"], `644 ${example}`);
    assert.match(
      context["Containerfile"] ?? "",
      new RegExp(`^\\d+ FROM ${base}:[\\w.-]+\\nLABEL .*\\nCOPY catalogues/ /opt/catalogues/\\n$`),
    );
    const [, tag = ""] =
      /--tag localhost\/openeo-geotrellis-kube:(\S+)/.exec(calls[0]?.args.join(" ") ?? "") ?? [];
    assert.match(tag, /^[\w.-]+-catalogue-[0-9a-f]{12}$/);
    for (const line of [
      "pulumi config set --stack prod --path openeo.image localhost/openeo-geotrellis-kube",
      `pulumi config set --stack prod --path openeo.imageVersion ${tag}`,
      "pulumi config set --stack prod --path 'openeo.imageCatalogs[0]' /opt/catalogues/example.json",
    ]) {
      assert.ok(stdout.includes(line), stdout);
    }
    assert.match(stderr, /on this machine only; --push or --load/);
  });

  it("stands on the image that is asked for, under the name that is asked for", async () => {
    await standInBuilder(folder, "podman");
    const file = await fileOf("a.json", "[]");
    const args = ["--from", "localhost:5000/openeo:1", "--tag", "registry.example.org:5000/eo:2"];
    const { calls, stdout } = await build("local", file, ...args);
    assert.match(calls[0]?.context?.["Containerfile"] ?? "", /FROM localhost:5000\/openeo:1\n/);
    assert.match(stdout, /^built registry\.example\.org:5000\/eo:2; /);
    assert.match(stdout, /imageCatalogs\[0\]' \/opt\/catalogues\/a\.json/);
  });

  it("takes the first builder that works, or the one that is asked for", async () => {
    await standInBuilder(folder, "docker", { version: "echo 'no daemon' >&2; exit 1" });
    await standInBuilder(folder, "podman");
    await standInBuilder(folder, "buildah");
    assert.equal((await build("local")).calls.at(-1)?.program, "podman");
    assert.equal((await build("local", "--builder", "buildah")).calls.at(-1)?.program, "buildah");
    const refused = await build("local", "--builder", "docker");
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /docker: no daemon/);
  });

  it("says how to get a builder where there is none", async () => {
    const { exitCode, stdout, stderr } = await build("local");
    assert.deepEqual([exitCode, stdout], [1, ""]);
    for (const name of ["docker", "podman", "buildah"]) {
      assert.match(stderr, new RegExp(`^ {2}${name}: is not on PATH$`, "m"));
    }
    assert.match(stderr, /apt-get install buildah/);
  });

  it("pushes to the registry that is named", async () => {
    await standInBuilder(folder, "docker");
    const pushed = await build("local", "--push", "--tag", "registry.example.org/eo");
    const [, push] = pushed.calls;
    assert.match(push?.args.join(" ") ?? "", /^push registry\.example\.org\/eo:\S+-catalogue-\w+$/);
  });

  it("gives minikube an image by name from docker, by archive from the others", async () => {
    await standInBuilder(folder, "minikube");
    await standInBuilder(folder, "docker");
    await standInBuilder(folder, "buildah");
    const steps = ({ calls }: Awaited<ReturnType<typeof build>>) =>
      calls.map(({ program, args }) => `${program} ${args[0]}`);
    const byName = await build("local", "--load", "minikube");
    assert.deepEqual(steps(byName), ["docker build", "minikube image"]);
    assert.match(byName.calls[1]?.args.at(-1) ?? "", /^localhost\/.*-catalogue-/);
    await rm(path.join(folder, "calls"));
    const byArchive = await build("local", "--load", "minikube", "--builder", "buildah");
    assert.deepEqual(steps(byArchive), ["buildah build", "buildah push", "minikube image"]);
    assert.match(byArchive.calls[2]?.args.at(-1) ?? "", /\.tar$/);
  });

  it("does not begin to build for a cluster that cannot take it", async () => {
    await standInBuilder(folder, "buildah");
    const { exitCode, stderr, calls } = await build("local", "--load", "minikube");
    assert.deepEqual([exitCode, calls], [1, []]);
    assert.match(stderr, /--load minikube: minikube: is not on PATH/);
  });

  it("builds nothing of a catalogue with errors, and lists them all", async () => {
    await standInBuilder(folder, "docker");
    const bad = await fileOf("bad.json", '[{ "id": 7, "title": 7, "_vito": {} }]');
    const broken = await fileOf("broken.json", "[");
    const { exitCode, stderr, calls } = await build("local", bad, broken);
    assert.deepEqual([exitCode, calls], [1, []]);
    assert.match(stderr, /no image is built: the catalogue has 4 problems/);
    assert.match(stderr, /bad\.json:1:10: \[0\]: id: must be/);
    assert.match(stderr, /broken\.json:1:2: is no JSON/);
    const none = await build("local", path.join(folder, "none.json"));
    assert.match(none.stderr, /none\.json cannot be read \(ENOENT\)/);
  });

  it("takes a catalogue that no ConfigMap holds", async () => {
    await standInBuilder(folder, "docker");
    const large = await fileOf("large.json", "[]".padEnd(2 * 1024 * 1024));
    const { exitCode, calls } = await build("local", large);
    assert.equal(exitCode, 0);
    assert.equal(calls[0]?.context?.["catalogues/large.json"]?.length, 2 * 1024 * 1024 + 4);
  });

  it("says that a builder failed, and names no settings then", async () => {
    await standInBuilder(folder, "docker", { build: "echo 'pull access denied' >&2; exit 7" });
    const { exitCode, stdout, stderr } = await build("local");
    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.match(stderr, /pull access denied\ndocker build failed \(exit code 7\)/);
  });

  it("ends when it is interrupted, with its temporary files gone", async () => {
    await standInBuilder(folder, "docker", { build: "hang" });
    const run = startBuild(folder, ["local"]);
    while ((await builderCalls(folder)).length === 0) await sleep(50);
    run.kill("SIGINT");
    const { exitCode, stderr } = await run;
    assert.equal(exitCode, 1);
    assert.match(stderr, /^interrupted/m);
    assert.deepEqual(await leftOver(folder), []);
  });
});

describe("the name of an image to build", () => {
  const base = { repository: "vito.example.org/kube/openeo", tag: "1" };
  const named = (options: BuildOptions) => newImage(base, "own", options);

  it("is one of this machine, with the tag of its content", () => {
    assert.deepEqual(named({}), { repository: "localhost/openeo", tag: "own" });
  });

  it("is what is asked for: a tag, a repository, or both", () => {
    assert.deepEqual(named({ tag: "v2" }), { repository: "localhost/openeo", tag: "v2" });
    const repository = "example.org:5000/eo";
    assert.deepEqual(named({ tag: repository }), { repository, tag: "own" });
    assert.deepEqual(named({ tag: `${repository}:2`, push: true }), { repository, tag: "2" });
    assert.deepEqual(named({ tag: "eo:2" }), { repository: "eo", tag: "2" });
  });

  it("is refused where no image has it, or where a push would not know where to", () => {
    for (const tag of ["A/b", "a/b:c d", "a/", ":1", "-x", ""]) {
      assert.throws(() => named({ tag }), { message: /^--tag .*: must be REPOSITORY:TAG/ });
    }
    assert.throws(() => named({ tag: "v2", push: true }), {
      message: /^--push needs the registry/,
    });
  });

  it("stands on the stack's image, or on another with its tag", () => {
    assert.deepEqual(baseImage(base, {}), base);
    const other = { repository: "localhost:5000/openeo", tag: "2" };
    assert.deepEqual(baseImage(base, { from: "localhost:5000/openeo:2" }), other);
    for (const from of ["openeo", "a/b", "a/b:"]) {
      assert.throws(() => baseImage(base, { from }), { message: /^--from .*: must be/ });
    }
  });
});
