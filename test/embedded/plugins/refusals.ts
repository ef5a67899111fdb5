import assert from "node:assert/strict";
import { properties } from "./plugin";
import { configMap, deployment, resourceFor, said, type Use } from "./shared";

export function refusals(use: Use): void {
  describe("refuses, or lets pass", () => {
    let namespace: string;
    before(async () => {
      namespace = await use().namespace("refusals");
    });

    it("says a wrong field in the API server's own words, with the object's name", async () => {
      const wrong = deployment(namespace, "wrong", { replicas: "many" });
      const resource = resourceFor(use().plugin, wrong);
      await assert.rejects(resource.apply(wrong), /Deployment refusals\/wrong: .*replicas/);
      const unknownField = deployment(namespace, "wrong", { replica: 1 });
      await assert.rejects(
        resource.apply(unknownField),
        /Deployment refusals\/wrong: .*\.spec\.replica.*not declared in schema/,
      );
      const badName = configMap(namespace, "Not_Allowed", {});
      await assert.rejects(
        resourceFor(use().plugin, badName).apply(badName),
        /ConfigMap refusals\/Not_Allowed: .*RFC 1123/,
      );
    });

    it("lets a preview pass where namespace or kind come with the same update", async () => {
      const early = configMap("not-there-yet", "early", {});
      const { failures } = await use().plugin.check(
        resourceFor(use().plugin, early).urn,
        properties(early),
      );
      assert.deepEqual(failures, []);
      const strange = { ...early, apiVersion: "nobody.example.org/v1", kind: "Strange" };
      const resource = resourceFor(use().plugin, strange);
      const checked = await use().plugin.check(resource.urn, properties(strange));
      assert.deepEqual(checked.failures, []);
    });

    it("refuses to take an object that is somebody else's, and says how to do it", async () => {
      await use().kubectl("--namespace", namespace, "create", "configmap", "theirs");
      const mine = configMap(namespace, "theirs", { a: "1" });
      await assert.rejects(
        resourceFor(use().plugin, mine).apply(mine),
        /ConfigMap refusals\/theirs is in the cluster already.*pulumi import.*upsertExistingObjects/s,
      );
    });

    it("finds its own work again where an interrupted update left it out of the state", async () => {
      const mine = configMap(namespace, "left", { a: "1" });
      await resourceFor(use().plugin, mine, "left").apply(mine);
      const again = resourceFor(use().plugin, mine, "left");
      assert.equal((await again.apply(mine)).step, "create");
    });

    it("tells which manager holds a field, and takes it when the annotation says so", async () => {
      const one = configMap(namespace, "shared", { a: "1" });
      const first = resourceFor(use().plugin, one);
      await first.apply(one);
      const theirs = JSON.stringify(configMap(namespace, "shared", { a: "2" }));
      const args = [
        "apply",
        "--server-side",
        "--force-conflicts",
        "--field-manager=flux",
        "-f",
        "-",
      ];
      const applied = await use().plane.kubectl(args, theirs);
      assert.equal(applied.exitCode, 0, applied.text);
      assert.equal((await first.apply(one)).step, "same", "what others manage is theirs");
      await said(use().plugin, /data\.a is managed by "flux"/);
      const changed = configMap(namespace, "shared", { a: "3" });
      await assert.rejects(
        first.apply(changed),
        /conflict of field managers: data\.a is managed by "flux".*pulumi\.com\/patchForce/,
      );
      const metadata = {
        namespace,
        name: "shared",
        annotations: { "pulumi.com/patchForce": "true" },
      };
      assert.notEqual((await first.apply({ ...changed, metadata })).step, "same");
    });

    it("blots secrets out of the API server's words", async () => {
      const wrong = configMap(namespace, "blotted", { "canary-value/": "1" });
      const resource = resourceFor(use().plugin, wrong);
      const metadata = { namespace, name: "blotted", labels: { a: "canary value" } };
      await assert.rejects(
        resource.apply({ ...wrong, data: {}, metadata }, ["metadata", "labels", "a"]),
        (error: Error) => {
          assert.match(error.message, /\[secret\]/);
          assert.doesNotMatch(error.message, /canary/);
          return true;
        },
      );
    });
  });
}
