import assert from "node:assert/strict";
import { OpenEoCluster, type OpenEoClusterArgs } from "../../components";
import { at, canary, masked, record, refusals } from "./recording";
import { types } from "./specimens";

const seenOf = (args: OpenEoClusterArgs) => record(() => new OpenEoCluster("openeo-cluster", args));

describe("OpenEoCluster", () => {
  it("makes nothing where the cluster has it all", async () => {
    const seen = await seenOf({});
    assert.equal(seen.all.length, 1);
  });

  it("makes the StorageClass that batch jobs name, from what the cluster provisions with", async () => {
    const seen = await seenOf({ volumeProvisioner: "k8s.io/minikube-hostpath" });
    const made = seen.one(types.storageClass);
    assert.equal(at(made, "metadata", "name"), "csi-cinder-sc-delete");
    assert.equal(made["provisioner"], "k8s.io/minikube-hostpath");
    assert.equal(made["reclaimPolicy"], "Delete");
  });

  it("makes the Secret that the volumes of results name, with the keys that the driver reads", async () => {
    const seen = await seenOf({
      fuseStore: {
        endpoint: "https://s3.example.org",
        accessKeyId: canary,
        secretAccessKey: canary,
      },
    });
    const made = seen.one(types.secret);
    assert.deepEqual(at(made, "metadata", "namespace"), "csi-s3");
    assert.deepEqual(at(made, "metadata", "name"), "csi-s3-secret");
    assert.deepEqual(made["stringData"], {
      endpoint: masked,
      accessKeyID: masked,
      secretAccessKey: masked,
    });
    assert.ok(!JSON.stringify(seen.all).includes(canary));
  });

  it("refuses what is no provisioner", () => {
    const told = refusals(() => new OpenEoCluster("x", { volumeProvisioner: "Cinder CSI" }));
    assert.match(told[0] ?? "", /^volumeProvisioner: "Cinder CSI"/);
  });
});
