import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { readManifest } from "../../../components/image/manifest";

const script = path.resolve(__dirname, "../../../packer/manifest.sh");
const checksum = "0123456789abcdef".repeat(4);
const node = {
  flavour: "rke",
  kubernetes: "1.31",
  user: "debian",
  templateChecksum: checksum,
  os: "debian 12",
  architecture: "amd64",
  kernel: "6.1.0-40-cloud-amd64",
  packages: { "docker-ce": "5:27.2.1-1~debian.12~bookworm" },
};
/** Packer's own manifest as its post-processor writes it: the last build is the one that was run. */
const ofPacker = (...ids: readonly string[]) =>
  JSON.stringify(
    { builds: ids.map((id) => ({ name: "node", artifact_id: id, packer_run_uuid: "u" })) },
    undefined,
    2,
  );

describe("the image's manifest", () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "manifest-"));
    writeFileSync(at("packer.json"), ofPacker("one", "two"));
    writeFileSync(at("node.json"), JSON.stringify(node));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = () =>
    execa("sh", [script], {
      cwd: folder,
      reject: false,
      env: {
        PACKER_MANIFEST: "packer.json",
        NODE_RECORD: "node.json",
        MANIFEST_FILE: "manifest.json",
        IMAGE_NAME: "eo-node-rke-kubernetes-1.31",
        TEMPLATE_CHECKSUM: checksum,
        SOURCE_IMAGE: "Debian 12",
        DOCKER_REPOSITORY: "https://download.docker.com/linux",
      },
    });

  it("is what Packer's machine writes: image, checksum, date, sources, versions", async () => {
    const { exitCode, stdout } = await write();
    assert.equal(exitCode, 0);
    assert.equal(stdout, "image: manifest: manifest.json: image two");
    const read = readManifest(readFileSync(at("manifest.json"), "utf8"));
    assert.ok("manifest" in read, JSON.stringify(read));
    const { builtAt, ...rest } = read.manifest;
    assert.match(builtAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual(rest, {
      schema: 1,
      image: { id: "two", name: "eo-node-rke-kubernetes-1.31" },
      templateChecksum: checksum,
      sources: { image: "Debian 12", docker: "https://download.docker.com/linux" },
      node,
    });
    assert.ok(!existsSync(at("packer.json")) && !existsSync(at("node.json")), "left over");
  });

  it("is not written where Packer names no image, and the old one stays", async () => {
    writeFileSync(at("packer.json"), ofPacker());
    writeFileSync(at("manifest.json"), "old");
    const { exitCode, stderr } = await write();
    assert.equal(exitCode, 1);
    assert.match(stderr, /packer\.json names no image/);
    assert.equal(readFileSync(at("manifest.json"), "utf8"), "old");
  });

  it("is refused where it is of another form, or speaks of two images", async () => {
    await write();
    const text = readFileSync(at("manifest.json"), "utf8");
    const problem = (changed: string) => {
      const read = readManifest(changed);
      return "problem" in read ? read.problem : "accepted";
    };
    assert.equal(problem("{"), "the image's manifest is no JSON");
    assert.match(problem(text.replace('"schema": 1', '"schema": 2')), /of another form: schema:/);
    assert.match(problem(text.replace('"id": "two"', '"id": ""')), /image\.id/);
    assert.match(problem(text.replace('"flavour":"rke"', '"flavour":"k3s"')), /node\.flavour/);
    assert.match(problem(text.replace(checksum, "f".repeat(64))), /differ in checksum/);
  });
});
