import assert from "node:assert/strict";
import { TeardownGuard, type TeardownGuardArgs } from "../../components";
import { makeNodeDrain } from "../../components/cluster/teardown/nodeDrain";
import { at, canary, masked, record, refusals } from "./recording";

const type = "command:local:Command";

const guardArgs = (changes: Partial<TeardownGuardArgs> = {}): TeardownGuardArgs => ({
  clusterName: "prod",
  kubeconfig: canary,
  ...changes,
});

describe("TeardownGuard", () => {
  it("acts when it is deleted, with the kubeconfig in its environment alone", async () => {
    const seen = await record(() => new TeardownGuard("guard", guardArgs()));
    const inputs = seen.one(type);
    assert.match(String(inputs["create"]), / welcome$/);
    assert.match(String(inputs["delete"]), / teardown$/);
    assert.equal(at(inputs, "environment", "EO_KUBECONFIG"), masked);
    assert.equal(at(inputs, "environment", "EO_CLUSTER_GONE"), undefined);
    assert.ok(!JSON.stringify(seen.all).includes(canary));
  });

  it("goes on without the cluster only where it is told to", async () => {
    const seen = await record(
      () => new TeardownGuard("guard", guardArgs({ ignoreUnreachable: true, timeoutSeconds: 60 })),
    );
    const environment = at(seen.one(type), "environment");
    assert.ok(at(environment, "EO_CLUSTER_GONE"));
  });

  it("refuses all that is wrong at once", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      const wrong = guardArgs({ clusterName: "Prod", timeoutSeconds: 0 });
      told = refusals(() => new TeardownGuard("guard", wrong));
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["clusterName", "timeoutSeconds"],
    );
    assert.deepEqual(seen.all, []);
  });
});

describe("the drain of a node", () => {
  it("does nothing before its node goes, and has the kubeconfig in its environment alone", async () => {
    const parts = { clusterName: "prod", kubeconfig: canary, node: "n-1", timeoutSeconds: 60 };
    const seen = await record(() => makeNodeDrain("drain", { ...parts, graceSeconds: 5 }, {}));
    const inputs = seen.one(type);
    assert.equal(inputs["create"], undefined);
    assert.match(String(inputs["delete"]), / drain n-1$/);
    assert.ok(at(inputs, "environment", "EO_GRACE_SECONDS"));
    assert.ok(!JSON.stringify(seen.all).includes(canary));
  });
});
