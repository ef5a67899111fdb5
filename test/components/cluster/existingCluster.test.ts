import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ExistingCluster, NodeKeyPair, type Cluster } from "../../../components";
import { isPairOf } from "../../../components/cluster/nodeKeyPair";
import { hostOf, kubeconfigAt } from "../../../components/cluster/kubeconfig";
import { canary, masked, record, refusals } from "../recording";
import { types } from "./specimens";

const kubeconfig = [
  "apiVersion: v1",
  "kind: Config",
  "clusters:",
  "  - name: default",
  "    cluster: {server: 'https://127.0.0.1:6443', certificate-authority-data: Q0E=}",
  `users: [{name: default, user: {token: ${canary}}}]`,
].join("\n");

describe("a cluster that is there already", () => {
  it("is reached by its kubeconfig, whose Secrets and ConfigMaps change in place", async () => {
    const seen = await record(
      () =>
        new ExistingCluster("cluster", {
          kubernetesVersion: "1.36",
          kubeconfig: pulumi.secret(kubeconfig),
          context: "admin",
        }),
    );
    assert.deepEqual(seen.one(types.provider), {
      context: "admin",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
      kubeconfig: masked,
    });
  });

  it("fulfils the contract, with nothing known of its nodes", async () => {
    let cluster: Cluster | undefined;
    await record(() => {
      cluster = new ExistingCluster("cluster", { kubernetesVersion: "1.36", kubeconfig });
    });
    assert.ok(cluster);
    const known = pulumi.all([cluster.apiAddress, cluster.pools, cluster.storageClasses]);
    assert.deepEqual(await new Promise((done) => known.apply(done)), ["127.0.0.1", {}, []]);
    assert.equal(await pulumi.isSecret(cluster.kubeconfig), true);
    assert.equal(await pulumi.isSecret(cluster.apiAddress), false);
  });

  it("is refused with a version that is none", () => {
    const told = refusals(() => new ExistingCluster("cluster", { kubernetesVersion: "newest" }));
    assert.match(told.join(), /kubernetesVersion: "newest" is no Kubernetes version/);
  });
});

describe("a kubeconfig", () => {
  it("is moved to another address, and keeps all else", () => {
    const moved = kubeconfigAt(kubeconfig, "203.0.113.10");
    assert.equal(hostOf(moved), "203.0.113.10");
    assert.match(moved, /server: https:\/\/203\.0\.113\.10:6443\n/);
    assert.match(moved, /certificate-authority-data: Q0E=/);
    assert.match(moved, new RegExp(canary));
    assert.equal(hostOf(kubeconfigAt(kubeconfig, "2001:db8::1")), "2001:db8::1");
  });

  it("that is none is refused, and not shown", () => {
    for (const wrong of ["", canary, `clusters: ${canary}`, "{", "clusters: []"]) {
      assert.throws(() => kubeconfigAt(wrong, "a"), /is no kubeconfig$/);
      assert.equal(hostOf(wrong), "");
    }
    assert.equal(hostOf("/home/user/.kube/config"), "");
  });
});

describe("the nodes' key pair", () => {
  it("is made by the cloud, and its private key is a secret", async () => {
    let pair: NodeKeyPair | undefined;
    const seen = await record(() => (pair = new NodeKeyPair("key", { cluster: "prod" })));
    assert.deepEqual(seen.one(types.keyPair), { name: "prod-nodes" });
    assert.ok(pair);
    assert.equal(await pulumi.isSecret(pair.privateKey), true);
  });

  it("can be the user's own, of which the cloud gets the public part alone", async () => {
    const seen = await record(
      () =>
        new NodeKeyPair("key", {
          cluster: "prod",
          publicKey: "ssh-ed25519 AAAA me",
          privateKey: canary,
        }),
    );
    assert.deepEqual(seen.one(types.keyPair), {
      name: "prod-nodes",
      publicKey: "ssh-ed25519 AAAA me",
    });
  });

  it("stays the one that the servers were made with", () => {
    const own = { publicKey: "ssh-ed25519 AAAA me\n", privateKey: "" };
    assert.equal(isPairOf(own, "ssh-ed25519 AAAA"), true);
    assert.equal(isPairOf(own, "ssh-ed25519 BBBB me"), false);
    assert.equal(isPairOf(own, undefined), false);
    const clouds = { publicKey: "ssh-rsa CCCC Generated-by-Nova", privateKey: canary };
    assert.equal(isPairOf(clouds, undefined), true);
    assert.equal(isPairOf(clouds, "ssh-ed25519 AAAA me"), false);
  });

  it("is refused with one part of two, and with a name that is none", () => {
    const told = refusals(() => new NodeKeyPair("key", { cluster: "P", privateKey: canary }));
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["cluster", "publicKey"],
    );
    assert.doesNotMatch(told.join(), /canary/);
  });
});
