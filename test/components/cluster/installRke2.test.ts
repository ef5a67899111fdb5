import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";

const script = resolve(__dirname, "../../../components/cluster/rke2/install.sh");
const release = "v1.34.10+rke2r1";
const archive = "rke2.linux-amd64.tar.gz";

describe("the installer of RKE 2", function () {
  this.timeout(60_000);
  let folder = "";
  let served: Record<string, Buffer | string> = {};
  let server: Server;
  let url = "";

  /** An archive of the form of a release's: a program that says its version. */
  async function pack(): Promise<Buffer> {
    await mkdir(join(folder, "release/bin"), { recursive: true });
    const program = join(folder, "release/bin/rke2");
    await writeFile(program, `#!/bin/sh\necho "rke2 version ${release} (0)"\n`);
    await chmod(program, 0o755);
    await execa("tar", ["-czf", "a.tar.gz", "-C", "release", "bin"], { cwd: folder });
    return readFile(join(folder, "a.tar.gz"));
  }

  const sums = (content: Buffer) =>
    `${createHash("sha256").update(content).digest("hex")}  ${archive}\n`;

  const install = () =>
    execa("sh", [script, "agent", release, url], {
      all: true,
      reject: false,
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        RKE2_PREFIX: join(folder, "prefix"),
        RKE2_CONFIGURATION: join(folder, "config"),
        METADATA_URL: `${url}/metadata`,
      },
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "eo-rke2-"));
    await mkdir(join(folder, "bin"));
    await mkdir(join(folder, "prefix"));
    const fakes = {
      systemctl: `echo "$*" >>${join(folder, "systemctl")}`,
      uname: "echo x86_64",
    };
    for (const [name, does] of Object.entries(fakes)) {
      await writeFile(join(folder, "bin", name), `#!/bin/sh\n${does}\n`);
      await chmod(join(folder, "bin", name), 0o755);
    }
    const content = await pack();
    served = {
      "/metadata/local-ipv4": "10.8.0.17",
      [`/v1.34.10%2Brke2r1/${archive}`]: content,
      "/v1.34.10%2Brke2r1/sha256sum-amd64.txt": sums(content),
    };
    server = createServer((request, response) => {
      const body = served[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await new Promise((done) => server.close(done));
    await rm(folder, { recursive: true, force: true });
  });

  it("installs the release, names the node's address, and starts it; a second time it installs nothing", async () => {
    const first = await install();
    assert.equal(first.exitCode, 0, first.all);
    assert.match(first.all, /installed v1\.34\.10\+rke2r1/);
    assert.equal(
      await readFile(join(folder, "config/10-node-ip.yaml"), "utf8"),
      "node-ip: 10.8.0.17\n",
    );
    const systemctl = await readFile(join(folder, "systemctl"), "utf8");
    assert.match(systemctl, /enable rke2-agent\.service\nstart --no-block rke2-agent\.service/);
    served = { "/metadata/local-ipv4": "10.8.0.17" };
    assert.match((await install()).all, /v1\.34\.10\+rke2r1 is there/);
  });

  it("refuses an archive that is not the one on the list", async () => {
    served["/v1.34.10%2Brke2r1/sha256sum-amd64.txt"] = sums(Buffer.from("another"));
    const { exitCode, all } = await install();
    assert.equal(exitCode, 1);
    assert.match(all, /refused: rke2\.linux-amd64\.tar\.gz has the checksum/);
    await assert.rejects(readFile(join(folder, "prefix/bin/rke2")));
  });

  it("refuses a release that is not there, and says where it looked", async () => {
    served = { "/metadata/local-ipv4": "10.8.0.17" };
    assert.match((await install()).all, /refused: no http:.*sha256sum-amd64\.txt/);
  });

  it("goes on without a metadata service", async () => {
    served = Object.fromEntries(Object.entries(served).filter(([path]) => !/metadata/.test(path)));
    const { exitCode, all } = await install();
    assert.equal(exitCode, 0, all);
    assert.match(all, /no metadata service/);
  });
});
