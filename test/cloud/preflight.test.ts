import assert from "node:assert/strict";
import fc from "fast-check";
import type { Inventory } from "../../cloud/inventory";
import { judgePreflight, type CloudWanted } from "../../cloud/preflight";
import { clusterOfName } from "../../cloud/present";
import { amountsOf, type Amounts, type Quota } from "../../cloud/quota";
import { noNeeds, sumNeeds, type CloudNeeds } from "../../components/openstack/needs";

const flavors = [
  { name: "small", vcpus: 2, ramMib: 4096, diskGib: 20 },
  { name: "large", vcpus: 8, ramMib: 32_768, diskGib: 80 },
];

const inventory = (quotas: Inventory["quotas"], amounts: Amounts = {}): Inventory => ({
  project: "platform",
  quotas,
  unread: [],
  present: { amounts, servers: [], engines: [] },
  flavors,
  images: [],
  networks: [],
  keyPairs: [],
  zones: [],
  volumeTypes: ["ssd", "hdd"],
  defaultVolumeType: "ssd",
});
const wanted = (needs: Partial<CloudNeeds>): CloudWanted => ({
  stack: "prod",
  cluster: "prod",
  parts: { "pool worker": needs },
});
const problems = (needs: Partial<CloudNeeds>, found: Inventory) =>
  judgePreflight(wanted(needs), found).problems;

const number = fc.nat({ max: 20 });
const byName = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), number);
const needs: fc.Arbitrary<CloudNeeds> = fc.record({
  instances: byName("small", "large"),
  networks: number,
  subnets: number,
  routers: number,
  ports: number,
  securityGroups: number,
  securityGroupRules: number,
  floatingIps: number,
  volumes: byName("ssd", "hdd", ""),
  volumeGib: byName("ssd", "hdd", ""),
  serverGroups: number,
  serverGroupMembers: number,
  keyPairs: number,
});
const ids = Object.keys(
  amountsOf({ ...noNeeds, volumes: { ssd: 0 }, volumeGib: { ssd: 0 } }, flavors, "ssd"),
);
const quota: fc.Arbitrary<Quota> = fc.record({
  limit: fc.integer({ min: -1, max: 100_000 }),
  used: fc.nat({ max: 100_000 }),
});
const quotas = fc.record(Object.fromEntries(ids.map((id) => [id, quota] as const)));
const amounts = fc.record(Object.fromEntries(ids.map((id) => [id, fc.nat({ max: 100 })] as const)));

describe("the preflight's judgement", () => {
  it("never has fewer problems where more is wanted", () => {
    fc.assert(
      fc.property(needs, needs, quotas, amounts, (some, more, limits, present) => {
        const found = inventory(limits, present);
        assert.ok(problems(sumNeeds(some, more), found).length >= problems(some, found).length);
      }),
    );
  });

  it("never has more problems where a quota is larger", () => {
    fc.assert(
      fc.property(needs, quotas, number, (some, limits, more) => {
        const larger = Object.entries(limits).map(
          ([id, { limit, used }]) =>
            [id, { limit: limit < 0 ? limit : limit + more, used }] as const,
        );
        const found = inventory(Object.fromEntries(larger));
        assert.ok(problems(some, found).length <= problems(some, inventory(limits)).length);
      }),
    );
  });

  it("finds no fault with what is there, however full the project is", () => {
    fc.assert(
      fc.property(needs, quotas, (some, limits) => {
        const found = inventory(limits, amountsOf(some, flavors, "ssd"));
        assert.deepEqual(problems(some, found), []);
      }),
    );
  });

  it("judges the rest of what is there in part as if it were alone", () => {
    fc.assert(
      fc.property(needs, needs, quotas, (there, more, limits) => {
        // The members of one group do not add up.
        const [a, b] = [there, more].map((part) => ({ ...part, serverGroupMembers: 0 }));
        const own = amountsOf({ ...noNeeds, ...a }, flavors, "ssd");
        const count = problems(sumNeeds(a ?? {}, b ?? {}), inventory(limits, own)).length;
        assert.equal(count, problems(b ?? {}, inventory(limits)).length);
      }),
    );
  });

  it("says nothing of quotas without limit, and of those that it does not know", () => {
    fc.assert(
      fc.property(needs, quotas, (some, limits) => {
        const unlimited = Object.entries(limits).map(([id, { used }]) => [id, { limit: -1, used }]);
        const none: Inventory["quotas"] = Object.fromEntries(unlimited) as Record<string, Quota>;
        assert.deepEqual(problems(some, inventory(none)), []);
        assert.deepEqual(problems(some, inventory({})), []);
      }),
    );
  });

  it("counts volumes without a type as those of the cloud's default type", () => {
    const found = inventory({ "volumes:ssd": { limit: 3, used: 0 } });
    const some = { volumes: { "": 2, ssd: 2, hdd: 9 } };
    assert.deepEqual(problems(some, found), [
      "volumes of type ssd: 4 wanted, 3 left of 3: 1 short; make pool worker smaller, which takes 4, or ask the cloud's provider for a quota of 4",
    ]);
  });

  it("warns of quotas that cannot be read, and judges the others", () => {
    const found = {
      ...inventory({ instances: { limit: 1, used: 0 } }),
      unread: ["the quotas of network cannot be read: HTTP 403"],
    };
    const answer = judgePreflight(wanted({ instances: { small: 2 }, ports: 1000 }), found);
    assert.equal(answer.problems.length, 1);
    assert.deepEqual(answer.warnings, found.unread);
  });

  it("takes more than what is used where a quota was made smaller than it", () => {
    const found = inventory({ instances: { limit: 2, used: 5 } });
    assert.match(problems({ instances: { small: 1 } }, found)[0] ?? "", /0 left of 2: 4 short/);
  });

  it("asks for no Packer but where an image is built, and takes 1.11 and newer", () => {
    const packerProblems = (packer: string | undefined) =>
      judgePreflight({ ...wanted({}), build: { packer } }, inventory({})).problems;
    assert.deepEqual(problems({}, inventory({})), []);
    assert.deepEqual(packerProblems("1.11.0"), []);
    assert.deepEqual(packerProblems("1.14.2"), []);
    assert.match(
      packerProblems("1.10.3")[0] ?? "",
      /^packer 1\.10\.3 is too old .*1\.11\.0 or newer/,
    );
    assert.match(packerProblems(undefined)[0] ?? "", /^packer is not on PATH/);
  });

  const image = {
    name: "node",
    status: "active",
    createdAt: "2026-01-01T00:00:00Z",
    checksum: "c",
    isProtected: false,
    minDiskGib: 0,
    minRamMib: 0,
  };

  it("asks for what builds an image only where it is not there", () => {
    const build = { packer: undefined, sourceImage: "Debian 12" };
    const nodes = { use: "nodes", name: "node", checksum: "c", build };
    const judge = (images: Inventory["images"]) =>
      judgePreflight({ ...wanted({}), images: [nodes] }, { ...inventory({}), images }).problems;
    assert.deepEqual(judge([{ ...image, id: "1" }]), []);
    const [packer, source, ...others] = judge([{ ...image, id: "1", checksum: "d" }]);
    assert.match(packer ?? "", /^packer is not on PATH/);
    assert.match(source ?? "", /^image Debian 12 of the build of node is not in the cloud; it has/);
    assert.deepEqual(others, []);
  });

  it("refuses servers that are too small for their image", () => {
    const large = { ...image, id: "1", minDiskGib: 30, minRamMib: 8192 };
    const judge = (server: object) => {
      const servers = [{ whose: "bastion", flavor: "small", setting: "SETTING", ...server }];
      const images = [{ use: "nodes", id: "1", servers }];
      return judgePreflight({ ...wanted({}), images }, { ...inventory({}), images: [large] })
        .problems;
    };
    const [disk, memory, ...others] = judge({});
    assert.match(disk ?? "", /wants a disk of 30 GiB, flavor small of bastion has 20: set SETTING/);
    assert.match(memory ?? "", /wants 8192 MiB of memory, flavor small of bastion has 4096/);
    assert.deepEqual(others, []);
    assert.deepEqual(judge({ flavor: "large" }), []);
    const [volume] = judge({ flavor: "large", rootVolumeGib: 25 });
    assert.match(volume ?? "", /the root volume of bastion has 25/);
  });

  it("refuses an image that is not active, and takes the newest active one of a name", () => {
    const images = [
      { ...image, id: "1", status: "queued" },
      { ...image, id: "2", status: "active", checksum: "d" },
    ];
    const judge = (more: object) =>
      judgePreflight(
        { ...wanted({}), images: [{ use: "pool worker", ...more }] },
        { ...inventory({}), images },
      ).problems;
    assert.match(judge({ id: "1" })[0] ?? "", /^image 1 of pool worker is queued, not active/);
    assert.match(judge({ name: "node", checksum: "c" })[0] ?? "", /is queued, not active; wait/);
    assert.deepEqual(judge({ name: "node", checksum: "d" }), []);
    assert.deepEqual(judge({ name: "node" }), []);
    assert.match(judge({ name: "node", checksum: "e" })[0] ?? "", /2 of that name were made from/);
  });
});

describe("a cluster that is there", () => {
  const nodes = ["control-1", "control-2", "control-3"];
  const addresses = "nodes 10.8.0.0/20, pods 10.42.0.0/16, Services 10.43.0.0/16, canal";
  const server = (node: string, roles = ["control", "etcd"]) => ({
    id: node,
    name: `prod-${node}-c0ffee`,
    status: "ACTIVE",
    flavor: "large",
    vcpus: 8,
    ramMib: 32_768,
    createdAt: "2026-01-01T00:00:00Z",
    node,
    roles,
    addresses,
  });
  const servers = [...nodes.map((node) => server(node)), server("workers-1", ["worker"])];
  const judge = (engine: "rke" | "rke2", etcd: readonly string[], more: object = {}) =>
    judgePreflight(
      { ...wanted({}), engine, etcd, addresses, ...more },
      { ...inventory({}), present: { amounts: {}, servers, engines: [engine] } },
    ).problems;

  it("loses one member of etcd at once, and by RKE as many as leave one to go on with", () => {
    for (const engine of ["rke", "rke2"] as const) {
      assert.deepEqual(judge(engine, nodes), []);
      assert.deepEqual(judge(engine, nodes.slice(1)), []);
      const renamed = judge(engine, ["masters-1", "masters-2", "masters-3"]);
      assert.match(
        renamed[0] ?? "",
        /^etcd would lose control-1, control-2, control-3 of its members .* at once/,
      );
    }
    assert.deepEqual(judge("rke", ["control-1"]), []);
    assert.match(judge("rke2", ["control-1"])[0] ?? "", /^etcd would lose control-2, control-3 of/);
  });

  it("keeps the addresses that it was made with", () => {
    const [problem = "", ...others] = judge("rke", nodes, {
      addresses: addresses.replace("10.42.0.0/16", "10.44.0.0/16"),
    });
    assert.match(
      problem,
      /^cluster prod was made with nodes .*10\.42.*, its settings say .*10\.44/,
    );
    assert.match(problem, /set openstack\.network back/);
    assert.deepEqual(others, []);
  });
});

describe("the cluster of a name", () => {
  it("is the longest one that it begins with", () => {
    const clusters = ["prod", "prod-2"];
    assert.equal(clusterOfName("prod-control", clusters), "prod");
    assert.equal(clusterOfName("prod-2-control", clusters), "prod-2");
    assert.equal(clusterOfName("production-control", clusters), undefined);
    assert.equal(clusterOfName("prod", clusters), undefined);
  });
});
