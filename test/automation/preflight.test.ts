import assert from "node:assert/strict";
import type { CloudOfStack } from "../../automation/cloud/cloudOfStack";
import { listCloud, preflight } from "../../automation/cloud/preflight";
import { UserError } from "../../automation/userError";
import type { CloudNeeds } from "../../components/openstack/needs";
import type { OpenStack } from "../../embedded/openstack";
import { eo } from "../support/eo";
import { newProject, openStackOrSkip, type TestProject } from "../support/openStack";

const refused = (said: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, said);
  return true;
};

describe("./eo preflight", function () {
  this.timeout(300_000);
  let openStack: OpenStack;
  let project: TestProject;
  let credential: CloudOfStack["credential"];

  before(async function () {
    openStack = await openStackOrSkip(this);
    project = await newProject(openStack, { instances: 3, cores: 6, floatingIps: 2 });
    const { authUrl, region, credential: own } = project.access;
    const { applicationCredentialId, secret: applicationCredentialSecret } = own;
    const explicit = { authUrl, region, applicationCredentialId, applicationCredentialSecret };
    credential = { explicit };
  });

  after(() => project?.remove());

  const of = (needs: Partial<CloudNeeds>) => (stack: string) => ({
    credential,
    wanted: { stack, cluster: stack, engine: "rke", parts: { "pool worker": needs } },
  });

  it("says of each quota what is wanted, there and left", async () => {
    const needs = { instances: { "eo2.large": 3 }, floatingIps: 1 };
    const { text, notes } = await preflight("prod", of(needs));
    assert.equal(
      text.replace(/project test-\w+/, "project P"),
      `the stack prod fits its cloud, project P
  instances: 3 wanted, 0 there already, 3 left of 3
  cores: 6 wanted, 0 there already, 6 left of 6
  RAM: 24 GiB wanted, 0 GiB there already, 50 GiB left of 50 GiB
  floating IPs: 1 wanted, 0 there already, 2 left of 2
`,
    );
    assert.deepEqual(notes, []);
  });

  it("refuses with every problem", async () => {
    await assert.rejects(
      preflight("prod", of({ instances: { "eo2.xlarge": 4 }, volumes: { nvme: 1 } })),
      refused(
        /^the stack prod does not fit its cloud, project test-\w+:\n {2}volume type nvme .*\n {2}instances: 4 wanted.*\n {2}cores: 16 wanted, 6 left of 6: 10 short.*\n {2}RAM: 64 GiB wanted, .*$/,
      ),
    );
  });

  it("passes on what the cloud says to a wrong credential, without it", async () => {
    const wrong = { ...credential.explicit, applicationCredentialSecret: "s3cret" };
    const asked = { ...of({})("prod"), credential: { explicit: wrong } };
    await assert.rejects(
      preflight("prod", () => asked),
      refused(/^asking for a token, .*HTTP 401: (?!.*s3cret)/),
    );
  });

  it("lists what a cloud of clouds.yaml has", async () => {
    const former = process.env["OS_CLIENT_CONFIG_FILE"];
    process.env["OS_CLIENT_CONFIG_FILE"] = openStack.cloudsYaml;
    try {
      const { text } = await listCloud(openStack.clouds.user);
      assert.match(text, /^project platform\n {2}instances: \d+ left of \d+\n/);
      assert.match(text, /\nflavors: eo1\.xsmall \(1 vCPU, 1 GiB, disk 8 GiB\), /);
      assert.match(text, /\nnetworks: .*external \(external\)/);
      assert.match(text, /\nvolume types: __DEFAULT__, hdd, ssd \(default\)\n/);
      await assert.rejects(listCloud("none"), refused(/there is no cloud none; .*: loopback, /));
    } finally {
      if (former === undefined) delete process.env["OS_CLIENT_CONFIG_FILE"];
      else process.env["OS_CLIENT_CONFIG_FILE"] = former;
    }
  });
});

describe("./eo preflight of a stack that runs in no cloud", () => {
  it("is refused", async () => {
    const { code, stdout, stderr } = await eo("preflight", "dev");
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.equal(
      stderr,
      "the stack dev runs on the target minikube: there is no cloud to look at\n",
    );
  });
});
