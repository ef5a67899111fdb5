import assert from "node:assert/strict";
import type { V1Pod, V1Service } from "@kubernetes/client-node";
import { destination } from "../../../embedded/control-plane/agent/egress";

const service: V1Service = {
  metadata: { name: "hook", namespace: "ops" },
  spec: {
    clusterIP: "10.96.0.7",
    selector: { app: "hook" },
    ports: [{ port: 443, targetPort: "webhook" }],
  },
};
const pod = (name: string, namespace = "ops", app = "hook"): V1Pod => ({
  metadata: { name, namespace, labels: { app, other: "x" } },
});
const find = (authority: string, pods: V1Pod[], ready: Record<string, number> = {}) =>
  destination(authority, {
    services: () => [service],
    pods: () => pods,
    readyPort: ({ metadata }, declared) =>
      declared === "webhook" ? ready[metadata?.name ?? ""] : undefined,
    kubeletPort: 30250,
  });

describe("where the API server's calls into the cluster go", () => {
  it("a Service's address or name: to the first ready process behind it", () => {
    const pods = [pod("a"), pod("b")];
    for (const host of ["10.96.0.7", "hook.ops.svc", "hook.ops.svc.cluster.local"]) {
      assert.deepEqual(find(`${host}:443`, pods, { b: 20001 }), { port: 20001 });
    }
  });

  it("not to pods of other namespaces or labels", () => {
    const pods = [pod("a", "elsewhere"), pod("b", "ops", "other")];
    assert.deepEqual(find("10.96.0.7:443", pods, { a: 1, b: 2 }), {
      refusal: "Service ops/hook has no ready pod that is a real process",
    });
  });

  it("nowhere for a port that the Service has not, or an address that is no Service", () => {
    assert.deepEqual(find("10.96.0.7:80", []), { refusal: "Service ops/hook has no port 80" });
    assert.deepEqual(find("10.244.0.3:8080", []), {
      refusal: "10.244.0.3:8080 is no Service: simulated pods serve nothing",
    });
  });

  it("a node's kubelet: to the agent's stand-in for it", () => {
    assert.deepEqual(find("198.51.100.1:10250", []), { port: 30250 });
  });
});
