import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RkeCluster, type RkeClusterArgs } from "../../../components";
import { filledIn } from "../../../components/cluster/args";
import { NodeRole, TaintEffect } from "../../../components/cluster/nodes/args";
import { plannedNodes } from "../../../components/cluster/nodes/plan";
import { rkeServices } from "../../../components/cluster/rke/services";
import { rkeSpec } from "../../../components/cluster/rke/spec";
import { rkeKubernetesName } from "../../../components/compatibility";
import { ClusterCni } from "../../../components/openstack/engines";
import { at, canary, listAt, masked, record, refusals } from "../recording";
import { clusterArgs, controlPool, types, workerPool } from "./specimens";

const make = (changes: Partial<RkeClusterArgs> = {}) =>
  new RkeCluster("prod", clusterArgs(changes));
const isSecret = (value: unknown) => pulumi.isSecret(pulumi.output(value));

describe("what RKE makes a cluster from", () => {
  const plan = filledIn(clusterArgs());
  const nodes = plannedNodes(plan.pools).map((node) => ({
    ...node,
    serverName: `prod-${node.name}-c0ffee`,
    address: "10.8.0.10",
  }));
  const spec = rkeSpec(plan, "v1.31.2-rancher2-1", nodes, ["203.0.113.10"]);

  it("is hardened as Rancher's guide has it", () => {
    const { etcd, kubeApi, kubeController, kubelet, scheduler } = spec.services;
    assert.deepEqual([etcd.uid, etcd.gid], [52034, 52034]);
    assert.equal(kubeApi.podSecurityConfiguration, "restricted");
    assert.deepEqual(kubeApi.secretsEncryptionConfig, { enabled: true });
    assert.equal(kubeApi.eventRateLimit.enabled, true);
    assert.deepEqual(kubeApi.auditLog, {
      enabled: true,
      configuration: { maxAge: 30, maxBackup: 10, maxSize: 100 },
    });
    assert.equal(kubeApi.extraArgs.profiling, "false");
    assert.match(kubeApi.extraArgs["tls-cipher-suites"], /^TLS_ECDHE_[A-Z0-9_,]+$/);
    assert.equal(kubeController.extraArgs["terminated-pod-gc-threshold"], "1000");
    assert.equal(scheduler.extraArgs.profiling, "false");
    assert.equal(kubelet.generateServingCertificate, true);
    assert.equal(kubelet.failSwapOn, true);
    assert.equal(kubelet.extraArgs["protect-kernel-defaults"], "true");
  });

  it("leaves to the platform what is the platform's", () => {
    assert.equal(spec.ingress.provider, "none");
    assert.deepEqual(spec.cloudProvider, { name: "external" });
    assert.deepEqual(spec.network, { plugin: "canal" });
    assert.equal(spec.enableCriDockerd, true);
    assert.equal(spec.ignoreDockerVersion, false);
    assert.deepEqual(spec.authorization, { mode: "rbac" });
    assert.equal(spec.upgradeStrategy.drain, true);
    assert.deepEqual(spec.authentication.sans, ["203.0.113.10"]);
  });

  it("gives ranges of its own to pods, Services and the DNS server among them", () => {
    const other = filledIn(
      clusterArgs({
        podCidr: "10.100.0.0/16",
        serviceCidr: "10.101.16.0/20",
        cni: ClusterCni.Calico,
      }),
    );
    const { services, network } = rkeSpec(other, "v", nodes, []);
    assert.equal(services.kubeController.clusterCidr, "10.100.0.0/16");
    assert.equal(services.kubeController.serviceClusterIpRange, "10.101.16.0/20");
    assert.equal(services.kubeApi.serviceClusterIpRange, "10.101.16.0/20");
    assert.equal(services.kubelet.clusterDnsServer, "10.101.16.10");
    assert.equal(network.plugin, "calico");
  });

  it("names each node as its server is named, with its roles, labels and taints, the control plane by the label that others know", () => {
    const tainted = filledIn(
      clusterArgs({
        pools: {
          control: controlPool({ count: 1 }),
          drivers: workerPool({
            count: 1,
            labels: { "example.org/a": "b" },
            taints: [{ key: "spark", effect: TaintEffect.NoExecute }],
          }),
        },
      }),
    );
    const named = plannedNodes(tainted.pools).map((node) => ({
      ...node,
      serverName: `prod-${node.name}-c0ffee`,
      address: "10.8.0.11",
    }));
    const [control, driver] = rkeSpec(tainted, "v", named, []).nodes;
    assert.deepEqual(control?.roles, ["controlplane", "etcd"]);
    assert.deepEqual(driver?.roles, ["worker"]);
    assert.equal(driver?.hostnameOverride, "prod-drivers-1-c0ffee");
    assert.equal(driver?.address, "10.8.0.11");
    assert.deepEqual(control?.labels, {
      "eo-platform/pool": "control",
      "node-role.kubernetes.io/control-plane": "true",
    });
    assert.deepEqual(driver?.labels, { "eo-platform/pool": "drivers", "example.org/a": "b" });
    assert.deepEqual(driver?.taints, [{ key: "spark", value: "", effect: "NoExecute" }]);
  });
});

describe("a cluster by RKE 1", () => {
  it("comes after every node answers, through the bastion, and reaches nodes the same way", async () => {
    const seen = await record(() => make());
    assert.equal(seen.of(types.remote).length, 6);
    const probe = seen.one(types.remote, "prod-control-1-probe");
    assert.match(String(probe["create"]), /cloud-init status --wait.*\n.*docker version/);
    const cluster = seen.one(types.rke);
    // With a key in it, the recorder shows the names of the rest alone.
    assert.deepEqual(Object.keys(at(cluster, "bastionHost") ?? {}), ["address", "sshKey", "user"]);
    assert.equal(cluster["kubernetesVersion"], "v1.31.2-rancher2-1");
    assert.equal(listAt(cluster, "nodes").length, 6);
    assert.equal(at(cluster, "nodes", 0, "sshKey"), masked);
  });

  it("keeps its snapshots off the cluster, with the bucket's keys as secrets", async () => {
    const { backupConfig } = rkeServices(filledIn(clusterArgs())).etcd;
    const { accessKey, secretKey, ...bucket } = backupConfig.s3BackupConfig ?? {};
    assert.deepEqual(bucket, {
      endpoint: "s3.example.org",
      bucketName: "snapshots",
      folder: "prod",
    });
    for (const key of [accessKey, secretKey]) assert.equal(await isSecret(key), true);
    assert.equal(backupConfig.intervalHours, 12);
    assert.equal(backupConfig.retention, 14);
    const services = (await record(() => make())).one(types.rke)["services"];
    assert.equal(at(services, "etcd", "backupConfig", "s3BackupConfig", "secretKey"), masked);
  });

  it("has a certificate for its addresses and for the name that it is given", async () => {
    const sans = async (host: { apiHost?: string }) =>
      listAt((await record(() => make(host))).one(types.rke), "authentication", "sans");
    const [address, ...others] = await sans({});
    assert.deepEqual(others, []);
    assert.deepEqual(await sans({ apiHost: "api.example.org" }), [address, "api.example.org"]);
  });

  it("shows no key and no token, and makes its kubeconfig a secret", async () => {
    const seen = await record(() => make());
    assert.doesNotMatch(JSON.stringify(seen.all), new RegExp(canary));
    assert.equal(seen.one(types.provider)["kubeconfig"], masked);
    assert.equal(seen.one(types.provider)["clusterIdentifier"], "prod");
  });

  it("gives nodes no user data, since the image has all that RKE needs", async () => {
    const seen = await record(() => make());
    assert.equal(seen.one(types.server, "prod-workers-1-server")["userData"], undefined);
  });

  it("warns that RKE 1 has ended, with the day", async () => {
    const { warnings } = await record(() => make());
    assert.match(warnings.join(), /RKE 1 has not been maintained since 2025-07-31.*Rke2Cluster/);
  });

  it("is refused for a Kubernetes that its RKE does not install, with the window", () => {
    const told = (kubernetesVersion: string) => refusals(() => make({ kubernetesVersion })).join();
    assert.match(told("1.32"), /kubernetesVersion: .*1\.28 to 1\.31/);
    assert.match(told("1.36"), /RKE 1 has ended at Kubernetes 1\.32.*1\.28 to 1\.31/);
    assert.match(told("1.27"), /1\.28 to 1\.31/);
    assert.match(told("newest"), /no Kubernetes version/);
    for (const kubernetes of ["1.28", "1.29", "1.30", "1.31"]) {
      assert.match(
        rkeKubernetesName({ provider: "1.7.0", kubernetes }) ?? "",
        new RegExp(`^v${kubernetes}\\.\\d+-rancher\\d+-\\d+$`),
      );
    }
  });

  it("is refused with all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make({
          cluster: "P",
          kubernetesVersion: "1.32",
          pools: { control: controlPool({ count: 2, roles: [NodeRole.Etcd] }) },
        }),
      );
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["cluster", "pools", "pools", "pools.control.count", "kubernetesVersion"],
    );
    assert.deepEqual(seen.all, []);
  });
});
