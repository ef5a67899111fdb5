import assert from "node:assert/strict";
import type { V1EnvVar } from "@kubernetes/client-node";
import { containerEnvironment, expand } from "../../../embedded/control-plane/agent/environment";

const pod = {
  metadata: { name: "p", namespace: "ns", labels: { app: "x" }, annotations: { "a/b": "note" } },
  spec: { nodeName: "node-1", serviceAccountName: "runner", containers: [] },
};
const missing = (name: string) => Promise.reject(new Error(`${name} not found`));
const lookup = {
  secret: (name: string) => (name === "s" ? Promise.resolve({ key: "hidden" }) : missing(name)),
  configMap: (name: string) => (name === "c" ? Promise.resolve({ a: "1" }) : missing(name)),
};
const environment = (env: V1EnvVar[]) => containerEnvironment(pod, { name: "c", env }, lookup);

describe("the environment of a container that runs as a process", () => {
  it("takes plain values, and the pod's own fields", async () => {
    const field = (name: string, fieldPath: string) => ({
      name,
      valueFrom: { fieldRef: { fieldPath } },
    });
    const seen = await environment([
      { name: "PLAIN", value: "v" },
      { name: "EMPTY" },
      field("NAME", "metadata.name"),
      field("APP", "metadata.labels['app']"),
      field("NOTE", "metadata.annotations['a/b']"),
      field("ACCOUNT", "spec.serviceAccountName"),
    ]);
    assert.deepEqual(seen, {
      PLAIN: "v",
      EMPTY: "",
      NAME: "p",
      APP: "x",
      NOTE: "note",
      ACCOUNT: "runner",
    });
  });

  it("reads Secrets and ConfigMaps, whole with a prefix or key by key", async () => {
    const seen = await containerEnvironment(
      pod,
      {
        name: "c",
        envFrom: [{ prefix: "C_", configMapRef: { name: "c" } }],
        env: [{ name: "S", valueFrom: { secretKeyRef: { name: "s", key: "key" } } }],
      },
      lookup,
    );
    assert.deepEqual(seen, { C_a: "1", S: "hidden" });
  });

  it("leaves out what is optional and missing, and refuses what is needed and missing", async () => {
    const from = (optional: boolean, name: string, key: string) => [
      { name: "S", valueFrom: { secretKeyRef: { name, key, optional } } },
    ];
    assert.deepEqual(await environment(from(true, "none", "key")), {});
    assert.deepEqual(await environment(from(true, "s", "none")), {});
    await assert.rejects(environment(from(false, "none", "key")), /none not found/);
    await assert.rejects(environment(from(false, "s", "none")), /env S: s has no key none/);
  });

  it("replaces $(NAME) where it knows the name, and $$ by one $", () => {
    assert.equal(expand("$(A)-$(B)-$$(A)", { A: "1" }), "1-$(B)-$(A)");
  });
});
