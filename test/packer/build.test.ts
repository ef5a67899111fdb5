import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { readManifest } from "../../components/image/manifest";
import { findPacker, specimen, templateFolder } from "../../tools/packer";
import { skip } from "../support/skip";
import { DebianRoot, missing } from "./debianRoot";

/** A port of loopback that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string"
          ? reject(new Error("no port"))
          : resolve(address.port),
      );
    });
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });

/** The template with an instance that is there already in place of OpenStack's. */
function withoutCloud(folder: string, port: number, key: string): void {
  cpSync(templateFolder, folder, { recursive: true });
  rmSync(path.join(folder, "plugins.pkr.hcl"));
  const file = path.join(folder, "node.pkr.hcl");
  const given = `source "null" "node" {
  ssh_host             = "127.0.0.1"
  ssh_port             = ${port}
  ssh_username         = var.ssh_username
  ssh_private_key_file = "${key}"
}
`;
  const template = readFileSync(file, "utf8")
    .replace(/^source "openstack" "node" \{\n[\s\S]*?^\}\n/m, given)
    .replace('"source.openstack.node"', '"source.null.node"');
  writeFileSync(file, template);
}

describe("a build by Packer, with a Debian root folder for the instance", function () {
  this.timeout(180_000);
  let root: DebianRoot | undefined;
  let stop: (() => Promise<void>) | undefined;
  let folder: string | undefined;

  before(async function () {
    const lack =
      (await findPacker()) === undefined
        ? "packer is not installed; apt-get install packer"
        : await missing();
    if (lack !== undefined) skip(this, lack);
  });

  after(async () => {
    await stop?.();
    await root?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it("goes through all steps by SSH and writes the manifest", async () => {
    folder = mkdtempSync(path.join(tmpdir(), "packer-build-"));
    const key = path.join(folder, "key");
    await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    root = await DebianRoot.make();
    await root.print("useradd -m -s /bin/bash debian; install -d -o debian /home/debian/.ssh");
    writeFileSync(root.at("/home/debian/.ssh/authorized_keys"), readFileSync(`${key}.pub`));
    writeFileSync(root.at("/etc/sudoers.d/debian"), "debian ALL=(ALL) NOPASSWD:ALL\n");
    const port = await freePort();
    // Without PAM, which writes to /proc for each session.
    await root.print("usermod -p '*' debian; mkdir -p /run/sshd");
    const sshd = `/usr/sbin/sshd -D -p ${port} -o ListenAddress=127.0.0.1 -o UsePAM=no`;
    // The first process stays the shell: cloud-init reads the first one's environment, and sshd's
    // title overwrites its own.
    stop = root.start(`${sshd} & wait`);
    for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await sleep(100);

    const template = path.join(folder, "template");
    withoutCloud(template, port, key);
    const manifest = path.join(folder, "image manifest.json");
    const values = {
      ...specimen,
      docker_source: "debian",
      ntp_servers: '["one.example.org", "two.example.org"]',
      extra_packages: '["tree"]',
      manifest_file: manifest,
    };
    const given = Object.entries(values).flatMap(([name, value]) => ["-var", `${name}=${value}`]);
    const built = await execa("packer", ["build", "-color=false", ...given, template], {
      env: { CHECKPOINT_DISABLE: "1", PACKER_CONFIG_DIR: folder },
      reject: false,
      all: true,
      timeout: 150_000,
    });
    assert.equal(built.exitCode, 0, built.all);

    const steps = [...built.all.matchAll(/image: (\d\d-[a-z]+|manifest): /g)].map(
      ([, step]) => step,
    );
    const scripts = readdirSync(path.join(template, "scripts")).sort();
    assert.deepEqual(
      [...new Set(steps)],
      [...scripts.map((name) => name.replace(".sh", "")), "manifest"],
    );
    const read = readManifest(readFileSync(manifest, "utf8"));
    assert.ok("manifest" in read, JSON.stringify(read));
    assert.equal(read.manifest.image.name, "eo-node-rke-kubernetes-1.31");
    assert.deepEqual(read.manifest.sources, { image: "debian-12", docker: "the distribution's" });
    assert.match(read.manifest.node.packages["docker.io"] ?? "", /^20\.10\./);
    assert.match(await root.print("cat /etc/chrony/sources.d/eo-platform.sources"), /two\.example/);
    assert.match(await root.print("dpkg-query -W tree"), /^tree\t/);
    assert.equal(await root.print("find /etc/ssh -name 'ssh_host_*'"), "");
  });
});
