import assert from "node:assert/strict";
import {
  cloudMetadata,
  cloudName,
  clusterNameLimit,
  clusterOfTags,
  clusterTag,
  isClusterName,
  isPoolName,
  poolNameLimit,
} from "../../../components/openstack/marks";

describe("marks of what a stack has in an OpenStack", () => {
  it("tell by the tag which cluster something is of, and by no other tag", () => {
    assert.equal(clusterOfTags(["team:a", clusterTag("prod")]), "prod");
    assert.equal(clusterOfTags(["eo-platform", "prod"]), undefined);
  });

  it("have a key for what is said, and none for what is not", () => {
    assert.deepEqual(cloudMetadata({ cluster: "prod", pool: "workers" }), {
      "eo-platform-cluster": "prod",
      "eo-platform-pool": "workers",
    });
    assert.deepEqual(
      Object.keys(cloudMetadata({ cluster: "a", engine: "rke", pool: "b", image: "c" })),
      ["eo-platform-cluster", "eo-platform-engine", "eo-platform-pool", "eo-platform-image"],
    );
  });

  it("leave a node a name that is a host's, whatever cluster and pool are called", () => {
    const [cluster, pool] = ["c".repeat(clusterNameLimit), "p".repeat(poolNameLimit)];
    assert.ok(isClusterName(cluster) && isPoolName(pool));
    assert.ok(!isClusterName(`${cluster}c`) && !isPoolName(`${pool}p`));
    assert.ok(cloudName(cluster, pool, "999", "0123456789abcdef").length <= 63);
  });

  it("take no name that is no host's, and no pool that looks like the bastion", () => {
    for (const name of ["", "1a", "a-", "A", "a.b", "a_b"]) {
      assert.ok(!isClusterName(name) && !isPoolName(name), name);
    }
    assert.ok(isClusterName("bastion") && !isPoolName("bastion"));
  });
});
