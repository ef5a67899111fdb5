import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { dockerOfImages } from "../../automation/dockerOfImages";
import { imageVariables } from "../../automation/imageVariables";
import { dockerLines } from "../../components/compatibility";
import { findPacker, lacksPlugin, specimen, templateFolder, validate } from "../../tools/packer";
import type { Packer } from "../../tools/packer";
import { skip } from "../support/skip";

const root = path.resolve(__dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const variables = imageVariables(read("packer/variables.pkr.hcl"));

describe("the image's template", function () {
  this.timeout(60_000);
  let packer: Packer;

  before(async function () {
    const found = await findPacker();
    if (found === undefined) skip(this, "packer is not installed; apt-get install packer");
    packer = found;
    if (lacksPlugin(await validate(packer, specimen))) {
      skip(this, "packer has no plugin for OpenStack; packer init packer");
    }
  });

  /** What is said of the specimen with other values, in one line: Packer wraps its messages. */
  async function said(values: Readonly<Record<string, string>>): Promise<string> {
    const { holds, text } = await validate(packer, { ...specimen, ...values });
    return holds ? "accepted" : text.replace(/\s+/g, " ");
  }

  const accepted: readonly Readonly<Record<string, string>>[] = [
    {},
    { flavour: "rke2", kubernetes: "1.36" },
    { docker_version: "27.2.1" },
    { docker_version: "26.1" },
    { kubernetes: "1.28" },
    { docker_source: "debian" },
    { docker_source: "debian", docker_version: "20.10" },
    { source_image_name: "", source_image_id: "6f5e7a2c-0f0e-4a57-9c27-0b1a64c3a2c1" },
    { ntp_servers: '["ntp.example.org","2001:db8::1"]', extra_packages: '["nfs-common"]' },
    { networks: '["a","b"]', floating_ip_network: "external", volume_gib: "20" },
    { image_properties: '{ hw_qemu_guest_agent = "yes" }', node_user: "eo" },
  ];
  for (const values of accepted) {
    it(`is taken with ${JSON.stringify(values)}`, async () => {
      assert.equal(await said(values), "accepted");
    });
  }

  const refused: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [
      { docker_version: "28.0.1" },
      /docker_version 28\.0\.1 below Kubernetes 1\.31; RKE takes .*27\.2/,
    ],
    [{ kubernetes: "1.26", docker_version: "26.1" }, /below Kubernetes 1\.26; RKE takes .*25\.0/],
    [{ kubernetes: "1.36" }, /Docker below Kubernetes 1\.36 is not on record; there are 1\.21/],
    [{ kubernetes: "v1.31.1" }, /must be major\.minor/],
    [{ flavour: "k3s" }, /must be rke or rke2/],
    [{ template_checksum: "abc" }, /64 hexadecimal digits/],
    [{ docker_version: "27" }, /docker_version must be/],
    [{ docker_version: "", containerd_version: "latest" }, /containerd_version must be/],
    [{ docker_apt_url: "https://example.org/'; id" }, /must be an address/],
    [{ docker_key_fingerprint: "9DC8" }, /40 hexadecimal digits/],
    [{ node_user: "root" }, /not root/],
    [{ ssh_username: "a b" }, /user's name/],
    [{ image_name: "a b" }, /image_name must consist/],
    [{ image_visibility: "everyone" }, /must be private, shared/],
    [{ extra_packages: '["curl","; id"]' }, /must be a package's name/],
    [{ ntp_servers: '["a b"]' }, /host name or an address/],
    [{ unattended_upgrades: "maybe" }, /security or off/],
    [{ docker_log_max_size: "10" }, /number with k, m or g/],
    [{ journal_max_size: "1g" }, /number with K, M or G/],
    [{ etcd_id: "1" }, /at least 1000/],
    [{ source_image_name: "" }, /source_image/],
    [{ source_image_id: "x" }, /[Oo]nly one/],
    [{ instance_flavor: "" }, /flavor/],
  ];
  for (const [values, reason] of refused) {
    it(`is refused with ${JSON.stringify(values)}`, async () => {
      assert.match(await said(values), reason);
    });
  }
});

describe("the variables of the image's template", () => {
  it("are described in a sentence, and are in the documentation", () => {
    assert.ok(variables.length > 30, "no variables found");
    const rows = read("docs/packer.md").split("\n");
    for (const { name, description } of variables) {
      assert.match(description, /\.$/, name);
      assert.ok(
        rows.some((row) => row.startsWith(`| \`${name}\` `) && row.includes(description)),
        `${name} in docs/packer.md`,
      );
    }
  });

  it("without a default are the specimen's, but for the one of two ways to name the source", () => {
    const needed = variables.filter(({ fallback }) => fallback === undefined);
    assert.deepEqual(
      needed.map(({ name }) => name).sort(),
      Object.keys(specimen)
        .filter((name) => name !== "source_image_name")
        .sort(),
    );
  });

  it("are all used, and each script's variables are all given", () => {
    const template = read("packer/node.pkr.hcl");
    for (const { name } of variables) assert.match(template, new RegExp(`var\\.${name}\\b`));
    const given = [...template.matchAll(/"([A-Z_]+)=/g)].map(([, name]) => name);
    for (const file of readdirSync(path.join(templateFolder, "scripts"))) {
      assert.ok(template.includes(`/scripts/${file}"`), `${file} is not run`);
      const head = /^(#.*\n)+/.exec(read(`packer/scripts/${file}`))?.[0] ?? "";
      for (const [name] of head.matchAll(
        /\b[A-Z]+(_[A-Z]+)+\b|\b(FLAVOUR|KUBERNETES|UPGRADE)\b/g,
      )) {
        assert.ok(given.includes(name), `${file} wants ${name}`);
      }
    }
  });

  it("know Docker as the compatibility table does", () => {
    const docker = dockerOfImages();
    assert.deepEqual(JSON.parse(read("packer/docker.json")), docker);
    assert.equal(docker.lines["1.31"], dockerLines("1.31")?.join(" "));
    assert.equal(docker.newest["1.31"], "27.2.1");
  });
});
