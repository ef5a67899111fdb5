import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { z } from "zod";
import { ClusterEngine, NodeImage, type NodeImageArgs } from "../../components";
import { buildEnvironment } from "../../components/image/build";
import { at, canary, record, refusals } from "./recording";

const command = "command:local:Command";
const checksum = "a".repeat(64);
const build = {
  templateFolder: "packer",
  sourceImage: "Debian 12",
  user: "debian",
  flavor: "eo1.medium",
  networks: ["network-1"],
  floatingIpNetwork: "external",
  authUrl: "https://keystone.example.org:5000/v3",
  region: "WAW3-2",
  applicationCredentialId: "id",
  applicationCredentialSecret: canary,
};
const make = (changes: Partial<NodeImageArgs> = {}) =>
  new NodeImage("image", {
    engine: ClusterEngine.Rke,
    kubernetesVersion: "1.31",
    checksum,
    ...changes,
  });

describe("NodeImage", () => {
  it("is the image of a given id, and looks for nothing", async () => {
    const seen = await record(() => make({ imageId: "5a1c", checksum: undefined }));
    assert.deepEqual(
      seen.all.map(({ type }) => type).filter((type) => !type.startsWith("pulumi:")),
      ["eoplatform:index:NodeImage"],
    );
  });

  it("is built by a program of the package, told all in its environment and its checksum as trigger", async () => {
    const inputs = (await record(() => make({ build }))).one(command);
    const program = String(at(inputs, "create")).replace(/^node /, "");
    assert.equal(program, "components/image/buildImage.mjs");
    assert.ok(existsSync(program));
    // With a command for updates, a trigger would replace nothing.
    assert.equal(at(inputs, "update"), undefined);
    assert.deepEqual(at(inputs, "triggers"), [checksum]);
    assert.equal(at(inputs, "logging"), "stderr");
    // The credential's secret makes all of it secret.
    const environment = z.record(z.string(), z.string()).parse(at(inputs, "environment"));
    assert.deepEqual(new Set(Object.values(environment)), new Set(["<secret>"]));
    assert.deepEqual(
      Object.keys(environment)
        .filter((name) => name.startsWith("OS_"))
        .sort(),
      [
        "OS_APPLICATION_CREDENTIAL_ID",
        "OS_APPLICATION_CREDENTIAL_SECRET",
        "OS_AUTH_URL",
        "OS_REGION_NAME",
      ],
    );
  });

  it("tells the program the template's variables", () => {
    const contents = { ...build, engine: ClusterEngine.Rke, kubernetes: "1.31" };
    const { IMAGE_VARIABLES: variables, ...rest } = buildEnvironment({
      name: "node",
      checksum,
      template: "packer",
      contents: { ...contents, variables: { docker_version: "27.2" } },
      builder: build,
    });
    assert.deepEqual(rest, {
      IMAGE_NAME: "node",
      IMAGE_CHECKSUM: checksum,
      IMAGE_TEMPLATE: "packer",
    });
    assert.deepEqual(JSON.parse(String(variables)), {
      flavour: "rke",
      kubernetes: "1.31",
      source_image_name: "Debian 12",
      ssh_username: "debian",
      docker_version: "27.2",
      instance_flavor: "eo1.medium",
      networks: ["network-1"],
      floating_ip_network: "external",
    });
  });

  it("keeps the secret of the credential secret", async () => {
    const seen = await record(() => make({ build }));
    assert.ok(!JSON.stringify(seen.all).includes(canary));
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() => make({ kubernetesVersion: "newest", checksum: "abc" }));
    });
    assert.deepEqual(told, [
      'kubernetesVersion: "newest" is no Kubernetes version; write it as major.minor, such as 1.36',
      'checksum: must be 64 hexadecimal digits unless imageId is given, got "abc"',
    ]);
    assert.deepEqual(seen.of("eoplatform:index:NodeImage"), []);
    await record(() => {
      told = refusals(() => make({ imageId: "5a1c", build }));
    });
    assert.deepEqual(told, ["build: builds nothing where imageId is given; leave one of them out"]);
  });
});
