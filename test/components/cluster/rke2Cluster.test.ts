import assert from "node:assert/strict";
import { parse } from "yaml";
import { Rke2Cluster, type Rke2ClusterArgs } from "../../../components";
import { filledIn } from "../../../components/cluster/args";
import { NodeRole, TaintEffect } from "../../../components/cluster/nodes/args";
import { plannedNodes } from "../../../components/cluster/nodes/plan";
import { userData } from "../../../components/cluster/rke2/cloudInit";
import { rke2Config, type Joining } from "../../../components/cluster/rke2/config";
import { at, canary, listAt, masked, record, refusals } from "../recording";
import { clusterArgs, controlPool, types, workerPool } from "./specimens";

const make = (changes: Partial<Rke2ClusterArgs> = {}) =>
  new Rke2Cluster("prod", clusterArgs({ kubernetesVersion: "1.34", ...changes }));

const plan = filledIn(clusterArgs());
const [server, , , agent] = plannedNodes(plan.pools);
assert.ok(server !== undefined && agent !== undefined);
const joining: Joining = {
  token: "token",
  agentToken: "of agents",
  apiAddresses: ["203.0.113.10"],
};
const configOf = (node: typeof server, more: Partial<Joining> = {}, of = plan): unknown =>
  parse(rke2Config(of, node, { ...joining, ...more }));

describe("the configuration of a node of RKE 2", () => {
  it("is hardened, without what the platform brings itself", () => {
    const config = configOf(server);
    assert.equal(at(config, "profile"), "cis");
    assert.equal(at(config, "cni"), "canal");
    assert.deepEqual(at(config, "disable"), ["rke2-ingress-nginx"]);
    assert.equal(at(config, "cloud-provider-name"), "external");
    assert.equal(at(config, "disable-cloud-controller"), true);
    assert.deepEqual(at(config, "tls-san"), ["203.0.113.10"]);
    assert.equal(at(config, "write-kubeconfig-mode"), "0600");
    for (const arg of ["audit-log-maxage=30", "audit-log-maxbackup=10", "audit-log-maxsize=100"]) {
      assert.ok(listAt(config, "kube-apiserver-arg").includes(arg), arg);
    }
  });

  it("starts the cluster on the first server, and joins it everywhere else", () => {
    assert.equal(at(configOf(server), "server"), undefined);
    const joined = configOf(agent, { joins: "10.8.0.10" });
    assert.equal(at(joined, "server"), "https://10.8.0.10:9345");
    assert.equal(at(joined, "token"), "token");
  });

  it("of an agent says nothing that only servers know", () => {
    const config = Object.keys(configOf(agent, { joins: "10.8.0.10" }) as object);
    assert.deepEqual(config, [
      ...["token", "server", "profile", "cloud-provider-name", "kubelet-arg"],
      ...["node-label", "node-taint"],
    ]);
  });

  it("of a server lets agents in by a token of their own", () => {
    assert.equal(at(configOf(server), "agent-token"), "of agents");
  });

  it("keeps workloads off servers that are no workers", () => {
    const taint = "node-role.kubernetes.io/control-plane=true:NoSchedule";
    assert.deepEqual(at(configOf(server), "node-taint"), [taint]);
    const both = controlPool({
      roles: [NodeRole.Control, NodeRole.Etcd, NodeRole.Worker],
      labels: { "example.org/disk": "fast" },
      taints: [{ key: "spark", value: "driver", effect: TaintEffect.PreferNoSchedule }],
    });
    const [node] = plannedNodes({ all: both });
    assert.ok(node);
    assert.deepEqual(at(configOf(node), "node-taint"), ["spark=driver:PreferNoSchedule"]);
    assert.deepEqual(at(configOf(node), "node-label"), [
      "eo-platform/pool=all",
      "example.org/disk=fast",
    ]);
  });

  it("keeps etcd's snapshots in the bucket that a Secret names, with no key in itself", () => {
    const config = configOf(server);
    assert.equal(at(config, "etcd-snapshot-schedule-cron"), "0 */12 * * *");
    assert.equal(at(config, "etcd-s3-config-secret"), "eo-platform-etcd-s3");
    assert.doesNotMatch(JSON.stringify(config), new RegExp(canary));
    const alone = configOf(server, {}, filledIn(clusterArgs({ etcdBackup: {} })));
    assert.equal(at(alone, "etcd-s3"), undefined);
  });

  it("comes by cloud-init, with an installer that only root can read", () => {
    const start = { kind: "agent", release: "v1.34.10+rke2r1", source: "https://x" } as const;
    const text = userData("token: x\n", start);
    assert.match(text, /^#cloud-config\n/);
    const written = listAt(parse(text), "write_files");
    assert.deepEqual(
      written.map((file) => [at(file, "path"), at(file, "permissions")]),
      [
        ["/etc/rancher/rke2/config.yaml", "0600"],
        ["/usr/local/sbin/eo-install-rke2", "0700"],
      ],
    );
    assert.deepEqual(at(parse(text), "runcmd"), [
      ["/usr/local/sbin/eo-install-rke2", "agent", "v1.34.10+rke2r1", "https://x"],
    ]);
  });
});

describe("a cluster by RKE 2", () => {
  it("asks every node whether its part runs, then one of the control plane for the kubeconfig", async () => {
    const seen = await record(() => make());
    assert.equal(seen.of(types.remote).length, 7);
    const probe = seen.one(types.remote, "prod-workers-1-probe");
    assert.match(String(probe["create"]), /cloud-init status --wait.*\n.*rke2-agent/);
    assert.ok(at(probe, "connection", "proxy", "host"));
    assert.equal(at(probe, "connection", "privateKey"), masked);
    const fetched = seen.one(types.remote, "prod-kubeconfig");
    assert.match(String(fetched["create"]), /rke2\.yaml/);
    assert.equal(fetched["logging"], "none");
    assert.deepEqual(seen.one(types.provider)["kubeconfig"], masked);
    assert.equal(seen.one(types.provider)["clusterIdentifier"], "prod");
  });

  it("gives tokens and keys to secrets alone", async () => {
    const seen = await record(() => make());
    assert.doesNotMatch(JSON.stringify(seen.all), new RegExp(canary));
    const server = seen.one(types.server, "prod-workers-1-server");
    assert.equal(server["userData"], masked);
    assert.equal(server["imageId"], "image");
    const identity = seen.one(types.identity, "prod-workers-1-identity");
    assert.equal(at(identity, "keepers", "userData"), masked);
    const secret = seen.one("kubernetes:core/v1:Secret");
    assert.equal(secret["type"], "etcd.k3s.cattle.io/s3-config-secret");
    assert.equal(at(secret, "stringData", "etcd-s3-bucket"), masked);
  });

  it("is refused where control plane and etcd are apart, and for a Kubernetes that no release is of", () => {
    const { Control, Etcd } = NodeRole;
    const told = refusals(() =>
      make({
        kubernetesVersion: "1.99",
        pools: {
          a: controlPool({ roles: [Control] }),
          b: controlPool({ roles: [Etcd] }),
          workers: workerPool(),
        },
      }),
    );
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["pools.a.roles", "pools.b.roles", "kubernetesVersion"],
    );
    assert.match(told[2] ?? "", /take Kubernetes 1\.28 to 1\.36/);
  });
});
