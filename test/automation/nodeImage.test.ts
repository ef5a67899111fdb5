import assert from "node:assert/strict";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { buildNodeImage } from "../../automation/nodeImage/build";
import { imageOfStack, template, type ImageOfStack } from "../../automation/nodeImage/imageOfStack";
import { listImagesOfNodes, pruneImages } from "../../automation/nodeImage/prune";
import { UserError } from "../../automation/userError";
import { anything } from "../../cloud/client";
import { listImages } from "../../cloud/offer";
import { buildProgram } from "../../components/image/build";
import { imageChecksum } from "../../components/image/contents";
import { readTemplate } from "../../components/image/readTemplate";
import { templateHash } from "../../components/image/templateHash";
import { cloudMetadata } from "../../components/openstack/marks";
import { ClusterEngine } from "../../components/openstack/engines";
import type { OpenStack } from "../../embedded/openstack";
import { newProject, openStackOrSkip, type TestProject } from "../support/openStack";

const packerFolder = path.join(__dirname, "packer");
const contents = {
  engine: ClusterEngine.Rke,
  kubernetes: "1.31",
  sourceImage: "Ubuntu 22.04 LTS",
  user: "ubuntu",
};
const checksum = imageChecksum(readTemplate(template), contents);
const name = "eo-node-rke-kubernetes-1.31";

const refused = (said: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, said);
  return true;
};

describe("the nodes' image, with a real OpenStack and a Packer that builds nothing", function () {
  this.timeout(300_000);
  let openStack: OpenStack;
  let project: TestProject;
  let image: ImageOfStack;
  const former = { ...process.env };

  before(async function () {
    openStack = await openStackOrSkip(this);
    project = await newProject(openStack);
    const { authUrl, region, credential } = project.access;
    const { applicationCredentialId, secret: applicationCredentialSecret } = credential;
    const explicit = { authUrl, region, applicationCredentialId, applicationCredentialSecret };
    image = {
      stack: "prod",
      credential: { explicit },
      name,
      checksum,
      contents,
      flavor: "eo1.medium",
      networks: [],
      securityGroups: [],
      externalNetwork: "external",
    };
    process.env["PATH"] = `${packerFolder}:${process.env["PATH"]}`;
  });

  afterEach(() => {
    for (const key of ["PACKER_FAKE", "PACKER_FAKE_VERSION"]) delete process.env[key];
  });

  after(async () => {
    process.env["PATH"] = former["PATH"];
    if (project === undefined) return;
    for (const { id, owner } of await listImages(project.client)) {
      if (owner === project.id) await remove("image", `/v2/images/${id}`);
    }
    await project.remove();
  });

  const remove = (service: string, at: string) =>
    project.client.call({ service, method: "DELETE", path: at, answer: anything });
  const build = (more: Partial<ImageOfStack> = {}, options = {}) =>
    buildNodeImage("prod", options, () => ({ ...image, ...more }));
  const own = async () =>
    (await listImages(project.client)).filter(({ owner }) => owner === project.id);

  it("is refused before anything is made, with all that is wrong", async () => {
    process.env["PACKER_FAKE_VERSION"] = "1.6.6";
    const options = { flavor: "eo1.medum", network: ["mine"] };
    const more = {
      contents: { ...contents, sourceImage: "Debian 12" },
      externalNetwork: "outside",
    };
    await assert.rejects(
      build(more, options),
      refused(
        new RegExp(
          [
            "^the nodes' image cannot be built:",
            "  flavor eo1.medum of the server that builds is not in the cloud; nearest names: eo1.medium, .*",
            "  image Debian 12 of the server that builds is not in the cloud; it has Ubuntu 22.04 LTS",
            "  external network outside is not in the cloud; it has external",
            "  network mine is not in the cloud; it has eodata, external",
            "  packer 1.6.6 is too old to build the image; install 1.11.0 or newer: .*$",
          ].join("\n"),
        ),
      ),
    );
    assert.deepEqual(await own(), []);
  });

  it("is refused where Packer refuses, with what it said last", async () => {
    process.env["PACKER_FAKE"] = "refuse";
    await assert.rejects(
      build(),
      refused(
        /^packer build failed with exit code 1; it said last:\n[^]*image: 20-docker: refused: Docker 27\.2\.1[^]*exit status: 1$/,
      ),
    );
  });

  it("is told step by step, and passed on with its manifest", async () => {
    const { authUrl, region, credential } = project.access;
    const run = await execa(process.execPath, [buildProgram], {
      env: {
        IMAGE_NAME: "told",
        IMAGE_CHECKSUM: "a".repeat(64),
        IMAGE_TEMPLATE: template,
        IMAGE_VARIABLES: '{"instance_flavor":"eo1.medium","networks":["one"]}',
        OS_AUTH_URL: authUrl,
        OS_REGION_NAME: region,
        OS_APPLICATION_CREDENTIAL_ID: credential.applicationCredentialId,
        OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
        OS_CLOUD: "another",
        OS_PASSWORD: "none of Packer's business",
      },
    });
    assert.deepEqual(run.stderr.split("\n"), [
      "node.openstack.node: Loading flavor: eo1.medium",
      "node.openstack.node: Launching server...",
      "step 1 of 10: 10-packages: upgraded, 14 packages installed",
      "step 2 of 10: 20-docker: 27.2.1, held",
      "step 10 of 10: 90-clean: done",
    ]);
    const said = z
      .object({ isBuilt: z.boolean(), image: z.object({ id: z.string() }), manifest: z.unknown() })
      .parse(JSON.parse(run.stdout));
    assert.equal(said.isBuilt, true);
    const manifest = z
      .object({ variables: z.record(z.string(), z.unknown()), environment: z.array(z.string()) })
      .parse(said.manifest);
    const { manifest_file: file, ...variables } = manifest.variables;
    assert.deepEqual(variables, {
      instance_flavor: "eo1.medium",
      networks: ["one"],
      image_name: "told",
      template_checksum: "a".repeat(64),
    });
    assert.match(String(file), /manifest\.json$/);
    assert.deepEqual(manifest.environment, [
      "OS_APPLICATION_CREDENTIAL_ID",
      "OS_APPLICATION_CREDENTIAL_SECRET",
      "OS_AUTH_URL",
      "OS_REGION_NAME",
    ]);
    await remove("image", `/v2/images/${said.image.id}`);
  });

  it("is built once for one checksum", async () => {
    const { text } = await build();
    const [made, ...others] = await own();
    assert.equal(text, `${made?.id}\n`);
    assert.deepEqual([made?.name, made?.checksum, others], [name, checksum, []]);
    process.env["PACKER_FAKE"] = "refuse";
    const again = await build();
    assert.equal(again.text, text);
    assert.deepEqual(again.notes, [`image ${name} is there already`]);
  });

  it("lets Packer clean up when it is interrupted", async () => {
    const { authUrl, credential } = project.access;
    const run = execa(process.execPath, [buildProgram], {
      env: {
        PACKER_FAKE: "hang",
        IMAGE_NAME: name,
        IMAGE_CHECKSUM: "b".repeat(64),
        IMAGE_TEMPLATE: template,
        IMAGE_VARIABLES: "{}",
        OS_AUTH_URL: authUrl,
        OS_APPLICATION_CREDENTIAL_ID: credential.applicationCredentialId,
        OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
      },
      reject: false,
    });
    for await (const line of run.iterable({ from: "stderr" })) {
      if (String(line).startsWith("node.openstack.node: Launching")) run.kill("SIGINT");
    }
    const { exitCode, stderr } = await run;
    assert.equal(exitCode, 1);
    assert.match(stderr, /Cleanly cancelled builds after being interrupted\.$/);
  });

  it("is pruned but for the newest ones and those in use, and only when told to", async () => {
    const body = { disk_format: "raw", container_format: "bare" };
    const make = async (property: object) => {
      const call = { service: "image", method: "POST", path: "/v2/images" } as const;
      const answer = z.object({ id: z.string() });
      const { id } = await project.client.call({ ...call, body: { ...body, ...property }, answer });
      const file = `/v2/images/${id}/file`;
      const bytes = Buffer.from("nothing");
      await project.client.call({
        ...call,
        method: "PUT",
        path: file,
        body: bytes,
        answer: anything,
      });
      // Glance orders by the second.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      return id;
    };
    const property = { name, eo_platform_checksum: "c".repeat(64) };
    const used = await make(property);
    const old = await make(property);
    const newest = await make(property);
    const foreign = await make({ name });
    const flavor = openStack.flavors.find((one) => one.name === "eo1.xsmall");
    const server = await project.client.call({
      service: "compute",
      method: "POST",
      path: "/servers",
      body: {
        server: {
          name: "prod-worker-1",
          metadata: cloudMetadata({ cluster: "prod", image: used }),
          flavorRef: flavor?.id,
          imageRef: used,
          networks: "none",
        },
      },
      answer: z.object({ server: z.object({ id: z.string() }) }),
    });
    const before = (await own()).map(({ id }) => id);
    const dry = await pruneImages({ keep: 1 }, image.credential);
    const first = before.find((id) => ![used, old, newest, foreign].includes(id));
    assert.deepEqual(
      dry.text.split("\n").map((line) => line.split("  ")[0]),
      [`would delete ${old}`, `would delete ${first}`, ""],
    );
    assert.deepEqual(
      dry.notes.map((line) =>
        line.replace(/^(\S+).*? {2}(\S+: )/, "$1 $2").replace(/ {2}.* {2}/, " "),
      ),
      [
        `${newest} stays: among the newest 1 of its name`,
        `${used} stays: used by prod-worker-1`,
        "nothing is deleted without --yes",
      ],
    );
    assert.deepEqual(
      (await own()).map(({ id }) => id),
      before,
    );
    await pruneImages({ keep: 1, yes: true }, image.credential);
    assert.deepEqual(
      (await own()).map(({ id }) => id),
      before.filter((id) => id !== old && id !== first),
    );
    const { text } = await listImagesOfNodes({}, image.credential);
    assert.deepEqual(
      text.split("\n").map((line) => line.replace(/ {2}\S+ {2}\S+Z/, "")),
      [newest, `${used}  used by 1`, ""],
    );
    await remove("compute", `/servers/${server.server.id}`);
  });
});

describe("the nodes' image of a stack", () => {
  it("is refused for a stack that runs in no cloud", () => {
    assert.throws(() => imageOfStack("dev"), refused(/^the stack dev runs on the target minikube/));
  });

  it("has the checksum that sha256sum has of the folder, where nothing else is said", async () => {
    const command =
      "find . -type f | sed 's|^[.]/||' | LC_ALL=C sort | xargs sha256sum | sha256sum";
    const { stdout } = await execa("sh", ["-c", command], { cwd: template });
    assert.equal(templateHash(readTemplate(template)), stdout.split(" ")[0]);
    assert.notEqual(checksum, imageChecksum(readTemplate(template), { ...contents, user: "me" }));
  });
});
