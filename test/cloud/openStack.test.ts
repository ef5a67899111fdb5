import assert from "node:assert/strict";
import { z } from "zod";
import { anything, OpenStackClient } from "../../cloud/client";
import { OpenStackRefusal } from "../../cloud/failures";
import { readInventory } from "../../cloud/inventory";
import { judgePreflight, type CloudWanted } from "../../cloud/preflight";
import { clusterTag, cloudMetadata } from "../../components/openstack/marks";
import { sumNeeds, type CloudNeeds } from "../../components/openstack/needs";
import type { OpenStack, Quotas } from "../../embedded/openstack";
import { newProject, openStackOrSkip, type TestProject } from "../support/openStack";

const cluster = "prod";
const made = z.object({ id: z.string() });

/** Room for a control plane, and for nothing else. */
const small: Partial<Quotas> = {
  instances: 4,
  cores: 10,
  ram: 32 * 1024,
  volumes: 3,
  gigabytes: 100,
  networks: 1,
  ports: 5,
  floatingIps: 1,
  serverGroups: 1,
  serverGroupMembers: 3,
};

const parts: Readonly<Record<string, Partial<CloudNeeds>>> = {
  "the network": { networks: 1, subnets: 1, routers: 1, ports: 1, floatingIps: 1 },
  "pool control": {
    instances: { "eo2.large": 3 },
    ports: 3,
    serverGroups: 1,
    serverGroupMembers: 3,
  },
  "pool worker": {
    instances: { "eo2.2xlarge": 5 },
    ports: 5,
    serverGroups: 1,
    serverGroupMembers: 5,
    volumes: { ssd: 5 },
    volumeGib: { ssd: 500 },
  },
};

describe("the preflight, with a real OpenStack", function () {
  this.timeout(300_000);
  let openStack: OpenStack;
  let project: TestProject;

  before(async function () {
    openStack = await openStackOrSkip(this);
    project = await newProject(openStack, small);
  });

  after(() => project?.remove());

  const wanted = (more: Partial<CloudWanted> = {}): CloudWanted => ({
    stack: "prod",
    cluster,
    engine: "rke",
    parts,
    externalNetwork: "external",
    networks: ["eodata"],
    zones: ["nova"],
    ...more,
  });
  const judge = async (more: Partial<CloudWanted> = {}) =>
    judgePreflight(wanted(more), await readInventory(project.client, cluster));
  const post = async (service: string, path: string, kind: string, body: object) => {
    const answer = z.object({ [kind]: made });
    const call = { service, method: "POST", path, body: { [kind]: body }, answer } as const;
    return (await project.client.call(call))[kind]?.id ?? "";
  };
  const remove = (service: string, path: string) =>
    project.client.call({ service, method: "DELETE", path, answer: anything });

  it("names each quota that is short, by how much, and what would be enough", async () => {
    const { problems, warnings } = await judge();
    assert.deepEqual(problems, [
      "instances: 8 wanted, 4 left of 4: 4 short; make pool worker smaller, which takes 5, or ask the cloud's provider for a quota of 8",
      "cores: 46 wanted, 10 left of 10: 36 short; make pool worker smaller, which takes 40, or ask the cloud's provider for a quota of 46",
      "RAM: 184 GiB wanted, 32 GiB left of 32 GiB: 152 GiB short; make pool worker smaller, which takes 160 GiB, or ask the cloud's provider for a quota of 184 GiB",
      "server groups: 2 wanted, 1 left of 1: 1 short; make pool control smaller, which takes 1, or ask the cloud's provider for a quota of 2",
      "members of one server group: 5 wanted, 3 left of 3: 2 short; make pool worker smaller, which takes 5, or ask the cloud's provider for a quota of 5",
      "volumes: 5 wanted, 3 left of 3: 2 short; make pool worker smaller, which takes 5, or ask the cloud's provider for a quota of 5",
      "volume storage: 500 GiB wanted, 100 GiB left of 100 GiB: 400 GiB short; make pool worker smaller, which takes 500 GiB, or ask the cloud's provider for a quota of 500 GiB",
      "ports: 9 wanted, 5 left of 5: 4 short; make pool worker smaller, which takes 5, or ask the cloud's provider for a quota of 9",
    ]);
    assert.deepEqual(warnings, []);
  });

  it("has nothing to say where all of it fits", async () => {
    const { "the network": network = {}, "pool control": control = {} } = parts;
    assert.deepEqual((await judge({ parts: { network, control } })).problems, []);
  });

  it("names what the cloud does not have, with what it has or the command that makes it", async () => {
    const { problems } = await judge({
      parts: { "pool worker": { instances: { "eo2.2xlrage": 1 }, volumes: { nvme: 1 } } },
      images: [
        { use: "pool worker", name: "eo-node-rke-kubernetes-1.31", checksum: "a".repeat(64) },
        { use: "the bastion", id: "11111111-2222-4333-8444-555555555555" },
        { use: "pool control", name: openStack.image.name, checksum: "a".repeat(64) },
        { use: "pool infra", name: openStack.image.name },
      ],
      externalNetwork: "eodata",
      networks: ["eodata2"],
      keyPairs: ["mine"],
      zones: ["nova", "nova-3"],
      build: { packer: "1.6.6" },
    });
    assert.deepEqual(problems, [
      "flavor eo2.2xlrage of pool worker is not in the cloud; nearest names: eo2.2xlarge, eo2.xlarge, eo2.large",
      "image eo-node-rke-kubernetes-1.31 of pool worker is not in the cloud; build it with `./eo image build --stack prod`",
      "image 11111111-2222-4333-8444-555555555555 of the bastion is not in the cloud; build it with `./eo image build --stack prod`",
      "image Ubuntu 22.04 LTS of pool control is not in the cloud as packer/ makes it now: 1 of that name was made from something else; build it with `./eo image build --stack prod`",
      "external network eodata is not in the cloud; it has external",
      "network eodata2 is not in the cloud; it has eodata, external",
      "key pair mine is not in the cloud; it has none",
      "availability zone nova-3 is not in the cloud; it has nova, nova-2",
      "volume type nvme is not in the cloud; it has __DEFAULT__, hdd, ssd",
      "packer 1.6.6 is too old to build the image; install 1.11.0 or newer: https://developer.hashicorp.com/packer/install",
    ]);
  });

  describe("of a cluster that is there in part", () => {
    const gone: [string, string][] = [];

    before(async () => {
      const network = await post("network", "/v2.0/networks", "network", { name: "prod-nodes" });
      const tag = (kind: string, id: string) =>
        project.client.call({
          service: "network",
          method: "PUT",
          path: `/v2.0/${kind}/${id}/tags`,
          body: { tags: [clusterTag(cluster)] },
          answer: anything,
        });
      await tag("networks", network);
      gone.unshift(["network", `/v2.0/networks/${network}`]);
      const group = await post("compute", "/os-server-groups", "server_group", {
        name: "prod-control",
        policy: "anti-affinity",
      });
      gone.unshift(["compute", `/os-server-groups/${group}`]);
      const flavor = openStack.flavors.find(({ name }) => name === "eo2.large");
      const server = (name: string, metadata: object) =>
        post("compute", "/servers", "server", {
          name,
          metadata,
          flavorRef: flavor?.id,
          imageRef: openStack.image.id,
          networks: "none",
        });
      const mark = (engine: string) => cloudMetadata({ cluster, engine, pool: "control" });
      for (const name of ["prod-control-1", "prod-control-2"]) {
        gone.unshift(["compute", `/servers/${await server(name, mark("rke"))}`]);
      }
      const other = await server("other-1", cloudMetadata({ cluster: "other" }));
      gone.unshift(["compute", `/servers/${other}`]);
      const volume = { size: 10, volume_type: "ssd", metadata: cloudMetadata({ cluster }) };
      const id = await post("block-storage", "/volumes", "volume", volume);
      gone.unshift(["block-storage", `/volumes/${id}`]);
      await settled();
    });

    after(async () => {
      for (const [service, path] of gone) {
        await remove(service, path);
        await isGone(service, path);
      }
    });

    /** Until nova and cinder have made what they took on. */
    const settled = async () => {
      const item = z.object({ status: z.string() });
      for (;;) {
        const servers = { service: "compute", path: "/servers/detail", key: "servers", item };
        const volumes = { service: "block-storage", path: "/volumes/detail", key: "volumes", item };
        const all = [
          ...(await project.client.list(servers)),
          ...(await project.client.list(volumes)),
        ];
        if (all.every(({ status }) => status === "ACTIVE" || status === "available")) return;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    };

    const isGone = async (service: string, path: string) => {
      for (;;) {
        try {
          await project.client.call({ service, path, answer: anything });
        } catch (error) {
          if (error instanceof OpenStackRefusal && error.status === 404) return;
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    };

    it("finds its own parts by their marks, and nobody else's", async () => {
      const { present, quotas } = await readInventory(project.client, cluster);
      assert.deepEqual(quotas["cores"], { limit: 10, used: 6 });
      const { amounts } = present;
      assert.deepEqual(
        { ...amounts, ports: 0, routers: 0, subnets: 0 },
        {
          networks: 1,
          subnets: 0,
          routers: 0,
          ports: 0,
          securityGroups: 0,
          securityGroupRules: 0,
          floatingIps: 0,
          volumes: 1,
          volumeGib: 10,
          "volumes:ssd": 1,
          "volumeGib:ssd": 10,
          serverGroups: 1,
          keyPairs: 0,
          instances: 2,
          cores: 4,
          ramMib: 16_384,
        },
      );
      assert.deepEqual(
        [...present.servers]
          .sort((a, b) => a.name.localeCompare(b.name))
          .map(({ name, pool, status }) => ({ name, pool, status })),
        ["prod-control-1", "prod-control-2"].map((name) => ({
          name,
          pool: "control",
          status: "ACTIVE",
        })),
      );
    });

    it("does not count them twice", async () => {
      const { "pool control": control = {} } = parts;
      const fits = { network: { networks: 1 }, control, volumes: { volumes: { ssd: 3 } } };
      assert.deepEqual((await judge({ parts: fits })).problems, []);
      const four = sumNeeds(control, { instances: { "eo2.large": 2 } });
      assert.deepEqual((await judge({ parts: { "pool control": four } })).problems, [
        "instances: 5 wanted, 2 there already, 1 left of 4: 2 short; make pool control smaller, which takes 5, or ask the cloud's provider for a quota of 6",
        "cores: 10 wanted, 4 there already, 4 left of 10: 2 short; make pool control smaller, which takes 10, or ask the cloud's provider for a quota of 12",
        "RAM: 40 GiB wanted, 16 GiB there already, 8 GiB left of 32 GiB: 16 GiB short; make pool control smaller, which takes 40 GiB, or ask the cloud's provider for a quota of 48 GiB",
      ]);
    });

    it("refuses another engine in the place of theirs", async () => {
      assert.deepEqual((await judge({ parts: {}, engine: "rke2" })).problems, [
        "cluster prod has servers made with rke, its settings say rke2: an engine is not switched in place; docs/migration-rke1-rke2.md moves a platform to a second cluster",
      ]);
      assert.deepEqual((await judge({ parts: {}, engine: "rke" })).problems, []);
    });

    it("has no bounds where a quota is unlimited", async () => {
      const unlimited = Object.keys(small).map((name) => [name, -1] as const);
      await project.limit(Object.fromEntries(unlimited));
      assert.deepEqual((await judge()).problems, []);
      await project.limit(small);
    });
  });

  it("lists what comes in pages whole", async () => {
    const item = z.object({ name: z.string() });
    const whole = { service: "compute", path: "/flavors", key: "flavors", item };
    const inPages = { ...whole, path: "/flavors?limit=3" };
    assert.equal((await project.client.list(inPages)).length, 11);
    assert.deepEqual(await project.client.list(inPages), await project.client.list(whole));
    const networks = { service: "network", path: "/v2.0/networks?limit=1", key: "networks", item };
    const names = (await project.client.list(networks)).map(({ name }) => name);
    assert.deepEqual(names.sort(), ["eodata", "external"]);
  });

  it("says who refused what, and never the secret", async () => {
    const { access } = project;
    const wrong = "s3cret-that-is-wrong";
    const credential = { ...access.credential, secret: wrong };
    await assert.rejects(OpenStackClient.connect({ ...access, credential }), (error: unknown) => {
      assert.ok(error instanceof OpenStackRefusal);
      assert.equal(
        error.message,
        `asking for a token, POST ${access.authUrl}/auth/tokens: HTTP 401: The request you have made requires authentication.`,
      );
      assert.doesNotMatch(
        `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`,
        /s3cret/,
      );
      return true;
    });
    const path = "/servers/11111111-2222-4333-8444-555555555555";
    await assert.rejects(
      project.client.call({ service: "compute", path, answer: anything }),
      /^Error: GET http:\/\/127\.0\.0\.1:\d+\/v2\.1\/servers\/1{8}.*: HTTP 404: Instance .* could not be found\.$/,
    );
    await assert.rejects(
      project.client.call({ service: "load-balancer", path: "/", answer: anything }),
      /has no public address of load-balancer in region RegionOne; it has block-storage, compute, /,
    );
  });
});
