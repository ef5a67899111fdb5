import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { masked, record } from "../../automation/record";

class Nest extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Nest", name, {}, opts);
    const { metadata } = new k8s.core.v1.Namespace(`${name}-ns`, {}, { parent: this });
    // Resolves late: a recorder that does not wait misses what hangs on it.
    const data = { from: metadata.name };
    new k8s.core.v1.ConfigMap(`${name}-map`, { data }, { parent: this });
    this.registerOutputs({});
  }
}

const canary = "canary-4711-secret";

describe("the recorder", () => {
  it("tells components, providers and children, with the types of their parents", async () => {
    const seen = await record(() => {
      const provider = new k8s.Provider("cluster", {});
      new Nest("nest", { provider });
    });
    assert.deepEqual(seen.map(({ type, name }) => `${type} ${name}`).sort(), [
      "kubernetes:core/v1:ConfigMap nest-map",
      "kubernetes:core/v1:Namespace nest-ns",
      "pulumi:providers:kubernetes cluster",
      "test:index:Nest nest",
    ]);
    const map = seen.find(({ name }) => name === "nest-map");
    assert.match(map?.urn ?? "", /test:index:Nest\$kubernetes:core\/v1:ConfigMap::nest-map$/);
  });

  it("waits for what is registered late", async () => {
    const seen = await record(() => {
      const first = new k8s.core.v1.Namespace("first");
      const later = pulumi.output(new Promise<string>((done) => setImmediate(() => done("x"))));
      new k8s.core.v1.ConfigMap("late", { data: { later, id: first.id } });
    });
    const late = seen.find(({ name }) => name === "late");
    assert.deepEqual(late?.inputs["data"], { later: "x", id: "first-id" });
  });

  it("keeps the runs of one process apart", async () => {
    const [one] = await record(() => new k8s.core.v1.Namespace("one"));
    const others = await record(() => new k8s.core.v1.Namespace("two"));
    assert.equal(one?.name, "one");
    assert.deepEqual(
      others.map(({ name }) => name),
      ["two"],
    );
  });

  it("works again after a program that throws", async () => {
    await assert.rejects(
      record(() => {
        new k8s.core.v1.Namespace("half");
        throw new Error("refused");
      }),
      /refused/,
    );
    const seen = await record(() => new k8s.core.v1.Namespace("whole"));
    assert.deepEqual(
      seen.map(({ name }) => name),
      ["whole"],
    );
  });

  it("masks secrets and keeps their shape", async () => {
    const seen = await record(() => {
      new k8s.core.v1.Secret("keys", { stringData: { a: canary, b: pulumi.secret(canary) } });
      const metadata = { labels: { plain: "yes" } };
      new k8s.core.v1.ConfigMap("map", { metadata, data: { b: pulumi.secret(canary) } });
    });
    assert.ok(!JSON.stringify(seen).includes(canary));
    const inputs = (name: string) => seen.find((one) => one.name === name)?.inputs;
    assert.deepEqual(inputs("keys")?.["stringData"], { a: masked, b: masked });
    assert.deepEqual(inputs("map")?.["data"], { b: masked });
    assert.deepEqual(inputs("map")?.["metadata"], { labels: { plain: "yes" } });
  });
});
