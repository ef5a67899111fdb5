import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { templateFolder } from "../../tools/packer";
import { skip } from "../support/skip";
import { DebianRoot, missing, type Ended } from "./debianRoot";

const scripts = readdirSync(path.join(templateFolder, "scripts")).sort();
const clean = "90-clean.sh";
const variables: Readonly<Record<string, string>> = {
  FLAVOUR: "rke",
  KUBERNETES: "1.31",
  TEMPLATE_CHECKSUM: "0".repeat(64),
  NODE_USER: "debian",
  UPGRADE: "true",
  EXTRA_PACKAGES: "",
  DOCKER_SOURCE: "debian",
  DOCKER_VERSION: "",
  DOCKER_LINES: "20.10 27.2",
  CONTAINERD_VERSION: "1.7",
  DOCKER_APT_URL: "file:///docker",
  DOCKER_KEY_FINGERPRINT: "",
  DOCKER_LOG_MAX_SIZE: "10m",
  DOCKER_LOG_MAX_FILES: "5",
  ETCD_ID: "52034",
  JOURNAL_MAX_SIZE: "1G",
  NTP_SERVERS: "one.example.org two.example.org",
  UNATTENDED_UPGRADES: "security",
};

/** `key = value` lines as an object. */
const settings = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const found = /^([a-z][\w.-]*) = (.*)$/.exec(line);
      return found ? [[found[1] ?? "", found[2] ?? ""]] : [];
    }),
  );

describe("provisioning an image, in a Debian root folder", function () {
  this.timeout(180_000);
  let root: DebianRoot;

  before(async function () {
    const lack = await missing();
    if (lack !== undefined) skip(this, lack);
    root = await DebianRoot.make();
    await root.print("echo '/swapfile none swap sw 0 0' >>/etc/fstab; echo x >/swapfile");
    await root.print("echo 'UUID=1 / ext4 defaults 0 1' >>/etc/fstab");
    await root.print("echo 'AllowTcpForwarding no' >/etc/ssh/sshd_config.d/50-strict.conf");
  });

  after(async () => root?.remove());

  const run = (name: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    root.script(path.join(templateFolder, "scripts", name), { ...variables, ...more });

  async function done(name: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { exitCode, stdout, stderr } = await run(name, more);
    assert.equal(exitCode, 0, `${name}: ${stderr}`);
    return stdout;
  }

  async function refused(
    name: string,
    reason: RegExp,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { exitCode, stderr } = await run(name, more);
    assert.equal(exitCode, 1, stderr);
    assert.match(stderr, reason);
  }

  const kept = scripts.filter((name) => name !== clean);

  it("says each step in one line that names its script", async () => {
    for (const name of kept) {
      const lines = (await done(name)).split("\n");
      assert.ok(lines.length > 0);
      for (const line of lines) assert.match(line, /^image: \d\d-[a-z]+: \S/, name);
      assert.ok(
        lines.every((line) => line.includes(name.replace(".sh", ""))),
        name,
      );
    }
  });

  it("changes nothing when it is done again", async () => {
    const state = "find /etc /home /usr/lib/systemd -type f -exec sha256sum {} + | sort -k 2";
    const before = await root.print(`${state}; dpkg-query -W; apt-mark showhold`);
    for (const name of kept) await done(name);
    // apt and useradd keep a copy of the file before; the record of enabled units is rewritten.
    assert.equal(await root.print(`${state}; dpkg-query -W; apt-mark showhold`), before);
  });

  it("installs Docker of an allowed line, held, with limits on its logs", async () => {
    assert.match(await root.print("dpkg-query -W -f '${Version}' docker.io"), /^20\.10\./);
    assert.match(await root.print("apt-mark showhold"), /^docker\.io$/m);
    assert.deepEqual(JSON.parse(root.read("/etc/docker/daemon.json")), {
      "log-driver": "json-file",
      "log-opts": { "max-size": "10m", "max-file": "5" },
      "storage-driver": "overlay2",
    });
  });

  it("lets the node's user in, who may call Docker", async () => {
    const groups = (await root.print("id -nG debian")).split(" ");
    for (const group of ["docker", "sudo"]) assert.ok(groups.includes(group), group);
    assert.match(await root.print("passwd -S debian"), /^debian L /);
    const cloud: unknown = parse(root.read("/etc/cloud/cloud.cfg.d/95-eo-platform.cfg"));
    assert.deepEqual(cloud, {
      system_info: {
        default_user: {
          name: "debian",
          gecos: "Node",
          lock_passwd: true,
          shell: "/bin/bash",
          groups: ["adm", "sudo", "docker"],
          sudo: ["ALL=(ALL) NOPASSWD:ALL"],
        },
      },
    });
  });

  it("has sshd forward connections, against what the source image says", async () => {
    const effective = await root.print("sshd -T");
    for (const setting of [
      "allowtcpforwarding yes",
      "passwordauthentication no",
      "permitrootlogin no",
    ]) {
      assert.match(effective, new RegExp(`^${setting}$`, "m"));
    }
  });

  it("leaves no swap, and the other file systems", async () => {
    assert.match(root.read("/etc/fstab"), /^UUID=1 \/ ext4/m);
    assert.doesNotMatch(root.read("/etc/fstab"), /swap/);
    assert.equal(root.exists("/swapfile"), false);
    assert.equal(await root.print("readlink /etc/systemd/system/swap.target"), "/dev/null");
  });

  it("sets the kernel as kubelet, canal and the hardening guides want it", () => {
    assert.deepEqual(root.read("/etc/modules-load.d/eo-platform.conf").split("\n").slice(0, 2), [
      "overlay",
      "br_netfilter",
    ]);
    assert.deepEqual(settings(root.read("/etc/sysctl.d/90-eo-platform.conf")), {
      "net.ipv4.ip_forward": "1",
      "net.bridge.bridge-nf-call-iptables": "1",
      "net.bridge.bridge-nf-call-ip6tables": "1",
    });
    assert.deepEqual(settings(root.read("/etc/sysctl.d/90-kubelet.conf")), {
      "vm.overcommit_memory": "1",
      "vm.panic_on_oom": "0",
      "kernel.panic": "10",
      "kernel.panic_on_oops": "1",
      "kernel.keys.root_maxkeys": "1000000",
      "kernel.keys.root_maxbytes": "25000000",
    });
  });

  it("makes etcd's user, who cannot log in", async () => {
    assert.match(
      await root.print("getent passwd etcd"),
      /^etcd:x:52034:52034:.*:\/usr\/sbin\/nologin$/,
    );
    assert.match(await root.print("getent group etcd"), /^etcd:x:52034:$/);
  });

  it("limits the journal and rotates the other logs", async () => {
    const journal = await root.print("systemd-analyze cat-config systemd/journald.conf");
    assert.match(journal, /^SystemMaxUse=1G$/m);
    assert.equal(await root.print("systemctl is-enabled logrotate.timer"), "enabled");
  });

  it("asks the time servers that are named, and those alone", async () => {
    const config = await root.print("cat /etc/chrony/chrony.conf /etc/chrony/sources.d/*.sources");
    const asked = config.split("\n").filter((line) => /^(server|pool)\b/.test(line));
    assert.deepEqual(asked, ["server one.example.org iburst", "server two.example.org iburst"]);
    assert.match(await root.print("chronyd -p"), /^makestep 1 -1$/m);
    assert.equal(await root.print("systemctl is-enabled chrony"), "enabled");
  });

  it("updates by itself or not, as it was told, and never reboots", async () => {
    const said = () =>
      root.print("apt-config dump | grep -E '^(APT::Periodic|Unattended-Upgrade::Auto)'");
    assert.match(await said(), /^APT::Periodic::Unattended-Upgrade "1";$/m);
    assert.match(await said(), /^Unattended-Upgrade::Automatic-Reboot "false";$/m);
    await done("80-updates.sh", { UNATTENDED_UPGRADES: "off" });
    assert.match(await said(), /^APT::Periodic::Unattended-Upgrade "0";$/m);
    assert.match(
      await root.print("systemctl is-enabled apt-daily-upgrade.timer || true"),
      /masked/,
    );
    await done("80-updates.sh");
    assert.equal(await root.print("systemctl is-enabled apt-daily-upgrade.timer"), "enabled");
    await refused("80-updates.sh", /allowed are security and off/, { UNATTENDED_UPGRADES: "" });
  });

  it("records what is in the image", async () => {
    const installed = async (name: string): Promise<readonly [string, string]> => [
      name,
      await root.print(`dpkg-query -W -f '\${Version}' ${name}`),
    ];
    const names = ["chrony", "cloud-init", "containerd", "docker.io", "openssh-server"];
    const packages: unknown = Object.fromEntries(await Promise.all(names.map(installed)));
    assert.deepEqual(JSON.parse(root.read("/etc/eo-platform/image.json")), {
      flavour: "rke",
      kubernetes: "1.31",
      user: "debian",
      templateChecksum: variables["TEMPLATE_CHECKSUM"],
      os: "debian 12",
      architecture: await root.print("dpkg --print-architecture"),
      kernel: "",
      packages,
    });
  });

  it("refuses what cannot become a node, and says why", async () => {
    await refused("20-docker.sh", /is of the line 20\.10; RKE takes 27\.2/, {
      DOCKER_LINES: "27.2",
    });
    await refused("20-docker.sh", /docker\.io 19\.03 is not there; there are 20\.10/, {
      DOCKER_VERSION: "19.03",
    });
    await refused("20-docker.sh", /allowed are docker and debian/, { DOCKER_SOURCE: "snap" });
    await refused("50-etcd.sh", /user etcd with 52034:52034/, { ETCD_ID: "52035" });
    await refused("50-etcd.sh", /group id 1000 is /, { ETCD_ID: "1000" });
  });

  it("removes the container runtime for RKE2", async () => {
    assert.match(await done("20-docker.sh", { FLAVOUR: "rke2" }), /RKE2 brings its own/);
    const left = await root.print("dpkg-query -W -f '${db:Status-Status} ${Package}\\n'");
    assert.doesNotMatch(left, /^installed (docker|containerd|runc)/m);
    assert.equal(await root.print("apt-mark showhold"), "");
    await root.print("groupdel docker || true");
    await refused("30-access.sh", /there is no group docker/);
    await done("30-access.sh", { FLAVOUR: "rke2" });
  });

  it("takes from a repository of Docker's form what was asked for, and nothing else", async () => {
    const made = await root.script(path.join(__dirname, "dockerRepository.sh"));
    assert.equal(made.exitCode, 0, made.stderr);
    const trusted = { DOCKER_SOURCE: "docker", DOCKER_KEY_FINGERPRINT: made.stdout.trim() };
    const versions = async (more: Readonly<Record<string, string>>) => {
      await done("20-docker.sh", { ...trusted, ...more });
      return root.print("dpkg-query -W -f '${Version} ' containerd.io docker-ce docker-ce-cli");
    };
    await refused("20-docker.sh", /is [0-9A-F]{40}, not 9DC8/, {
      ...trusted,
      DOCKER_KEY_FINGERPRINT: "9DC8",
    });
    await refused("20-docker.sh", /no key at file:\/\/\/elsewhere\/debian\/gpg/, {
      ...trusted,
      DOCKER_APT_URL: "file:///elsewhere",
    });
    const ce = (version: string) => `1.7.28-1~debian.12~bookworm ${version} ${version} `;
    const old = ce("5:27.2.0-1~debian.12~bookworm");
    assert.equal(await versions({ DOCKER_VERSION: "27.2.1" }), ce("5:27.2.1-1~debian.12~bookworm"));
    assert.equal(await versions({ DOCKER_VERSION: "27.2.0" }), old);
    await refused("20-docker.sh", /docker-ce 27\.2\.9 is not there; there are 5:28\.0\.1/, {
      ...trusted,
      DOCKER_VERSION: "27.2.9",
    });
    await refused("20-docker.sh", /of the line 28\.0; RKE takes 20\.10 27\.2/, trusted);
    await refused("20-docker.sh", /containerd\.io 3\.0 is not there/, {
      ...trusted,
      DOCKER_VERSION: "27.2",
      CONTAINERD_VERSION: "3.0",
    });
    assert.equal(await versions({ DOCKER_VERSION: "27.2.0" }), old, "a refusal changed it");
    assert.equal(await versions({ DOCKER_VERSION: "27.2" }), ce("5:27.2.1-1~debian.12~bookworm"));
    assert.match(await root.print("apt-mark showhold"), /containerd\.io\ndocker-ce\ndocker-ce-cli/);
  });

  it("leaves nothing that must differ from node to node, and can be done again", async () => {
    await root.print(
      "mkdir -p /home/debian/.ssh /var/lib/cloud/instances/i /var/lib/docker /var/log/journal/x",
    );
    await root.print("echo key >/home/debian/.ssh/authorized_keys; echo ls >/root/.bash_history");
    await root.print("echo id >/var/lib/docker/engine-id; echo 0123 >/etc/machine-id");
    await root.print("ls /etc/ssh/ssh_host_ed25519_key");
    await done(clean);
    await done(clean);
    assert.equal(await root.print("find /etc/ssh -name 'ssh_host_*'"), "");
    assert.equal(root.exists("/etc/machine-id") && root.read("/etc/machine-id"), "");
    for (const gone of [
      "/home/debian/.ssh/authorized_keys",
      "/root/.bash_history",
      "/var/lib/cloud",
      "/var/lib/docker/engine-id",
      "/var/log/journal/x",
    ]) {
      assert.equal(root.exists(gone), false, gone);
    }
    assert.equal(await root.print("find /var/lib/apt/lists /var/cache/apt -type f -size +0"), "");
    assert.equal(await root.print("find /var/log -type f -size +0"), "");
  });
});
