import assert from "node:assert/strict";
import { filledIn, type OpenStackClusterArgs } from "../../../components/cluster/args";
import { checkCluster } from "../../../components/cluster/check";
import { NodeRole, TaintEffect } from "../../../components/cluster/nodes/args";
import { Refusals } from "../../../components/base/refusal";
import { refusals } from "../recording";
import { clusterArgs, controlPool, workerPool } from "./specimens";

function check(changes: Partial<OpenStackClusterArgs>) {
  const found = new Refusals("cluster");
  const warnings = checkCluster(found, filledIn(clusterArgs(changes)));
  return { told: refusals(() => found.throwIfAny()), warnings };
}
const told = (changes: Partial<OpenStackClusterArgs>) => check(changes).told;
const { Control, Etcd, Worker } = NodeRole;

describe("the arguments of a cluster in an OpenStack", () => {
  it("are taken with one pool for the control plane and one for workloads", () => {
    assert.deepEqual(check({}), { told: [], warnings: [] });
  });

  for (const [count, remedy] of [
    [2, /2 members.*take 1 or 3/],
    [4, /4 members.*take 3 or 5/],
    [7, /7 members.*slower, not safer/],
  ] as const) {
    it(`are refused with ${count} members of etcd, saying what is allowed`, () => {
      const [only = "", ...more] = told({
        pools: { control: controlPool({ count }), workers: workerPool() },
      });
      assert.deepEqual(more, []);
      assert.match(only, remedy);
      assert.match(only, /allowed are 1, 3 and 5/);
    });
  }

  it("count the members of etcd over all pools", () => {
    const split = { a: controlPool({ count: 1 }), b: controlPool({ count: 2 }) };
    assert.deepEqual(told({ pools: { ...split, workers: workerPool() } }), []);
  });

  it("are refused without control plane, without workers and without etcd", () => {
    const [control = "", worker = "", etcd = "", ...more] = told({ pools: {} });
    assert.deepEqual(more, []);
    assert.match(control, /no node has the role control/);
    assert.match(worker, /no node has the role worker/);
    assert.match(etcd, /0 members.*give the role etcd to a pool/);
  });

  it("are refused with every wrong part of a pool at once", () => {
    const wrong = workerPool({
      roles: [Worker, Worker],
      count: 1.5,
      flavor: "",
      rootVolumeGib: 0,
      eodata: true,
      labels: { "example.org/": "x", fine: "not fine" },
      taints: [{ key: "a/b/c", effect: TaintEffect.NoSchedule }],
    });
    const found = told({
      pools: { control: controlPool(), Web: wrong },
      eodataNetworkId: undefined,
    });
    assert.deepEqual(
      found.map((line) => line.split(":")[0]),
      [
        "pools.Web",
        ...[
          "roles",
          "count",
          "flavor",
          "rootVolumeGib",
          "eodata",
          "labels",
          "labels",
          "taints",
        ].map((part) => `pools.Web.${part}`),
        ...["pools", "pools", "pools"],
      ],
    );
  });

  it("refuse a pool named as the bastion, and a volume type without a volume", () => {
    const found = told({
      pools: { control: controlPool(), bastion: workerPool({ volumeType: "ssd" }) },
    });
    assert.match(found[0] ?? "", /pools\.bastion: .*not "bastion"/);
    assert.match(found[1] ?? "", /set rootVolumeGib too/);
  });

  it("refuse to replace two members of etcd at once, the only one, and what is no node", () => {
    const replace = (count: number, ...replaceNodes: string[]) =>
      told({ replaceNodes, pools: { control: controlPool({ count }), workers: workerPool() } });
    assert.match(replace(3, "control-1", "control-3").join(), /control-1 and control-3.*one after/);
    assert.match(replace(1, "control-1").join(), /etcd's only member.*grow the pool to 3/);
    assert.match(replace(3, "workers-9").join(), /no node "workers-9"; there are control-1, /);
    assert.deepEqual(replace(3, "control-2", "workers-1", "workers-2"), []);
  });

  it("warn of workloads beside the control plane, but for a cluster of one node", () => {
    const roles = [Control, Etcd, Worker];
    const warned = (count: number) =>
      check({ pools: { all: controlPool({ roles, count }) } }).warnings;
    assert.match(warned(3).join(), /pools\.all\.roles: .*pools of their own/);
    assert.deepEqual(warned(1), []);
  });

  it("warn where etcd's snapshots stay on the nodes, and refuse a rhythm that is too slow", () => {
    const { told: refused, warnings } = check({ etcdBackup: { intervalHours: 24, retention: 0 } });
    assert.match(warnings.join(), /etcdBackup\.s3: .*a bucket outside/);
    assert.match(refused.join("\n"), /intervalHours: .*1 to 12, got 24\n.*retention/);
  });

  it("refuse an endpoint with a scheme, and never show a credential", () => {
    const s3 = clusterArgs().etcdBackup?.s3;
    assert.ok(s3);
    const found = told({
      etcdBackup: { s3: { ...s3, endpoint: "https://s3.example.org/", bucket: "A" } },
    });
    assert.match(found.join("\n"), /without scheme and path.*\n.*"A" is no bucket/);
    assert.doesNotMatch(found.join(), /canary/);
  });

  it("refuse ranges that overlap, and what is no range", () => {
    assert.match(told({ serviceCidr: "10.42.128.0/20" }).join(), /overlap/);
    assert.match(told({ podCidr: "10.42.0.0" }).join(), /podCidr: .*write it as/);
  });

  it("refuse a cluster whose name is too long for what it names", () => {
    assert.match(told({ cluster: "a-name-with-too-many-letters" }).join(), /^cluster: /);
  });
});
