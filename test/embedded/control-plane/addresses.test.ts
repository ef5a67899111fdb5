import assert from "node:assert/strict";
import fc from "fast-check";
import type { V1Ingress, V1Service } from "@kubernetes/client-node";
import {
  ingressAddress,
  isBalancedHere,
  serviceAddress,
  type Addressed,
} from "../../../embedded/control-plane/agent/addresses";

const nothing: Addressed = { services: [], ingresses: [], classes: [], given: [] };
const balancer = (name: string, spec: V1Service["spec"] = {}): V1Service => ({
  metadata: { name, namespace: "ns" },
  spec: { type: "LoadBalancer", ...spec },
});
const withAddress = <T extends V1Service | V1Ingress>(object: T, ip: string): T => ({
  ...object,
  status: { loadBalancer: { ingress: [{ ip }] } },
});

describe("the address of a LoadBalancer Service", () => {
  it("is of 192.0.2.0/24, always the same for the same name, and nobody else's", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 254 }), (names) => {
        const given: string[] = [];
        for (const name of names) {
          const address = serviceAddress(balancer(name), { ...nothing, given });
          assert.match(address ?? "", /^192\.0\.2\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
          assert.equal(given.includes(address ?? ""), false);
          assert.equal(serviceAddress(balancer(name), { ...nothing, given }), address);
          given.push(address ?? "");
        }
      }),
    );
  });

  it("is the one that it has, or the one of our range that it asks for", () => {
    const has = withAddress(balancer("a"), "192.0.2.77");
    assert.equal(serviceAddress(has, { ...nothing, services: [has] }), "192.0.2.77");
    const asks = balancer("a", { loadBalancerIP: "192.0.2.9" });
    assert.equal(serviceAddress(asks, nothing), "192.0.2.9");
  });

  it("is none for another type, and not ours to give for another class", () => {
    assert.equal(serviceAddress(balancer("a", { type: "ClusterIP" }), nothing), undefined);
    assert.equal(isBalancedHere(balancer("a", { loadBalancerClass: "x/y" })), false);
  });

  it("is refused when all are taken", () => {
    const given = Array.from({ length: 254 }, (_, i) => `192.0.2.${i + 1}`);
    assert.throws(() => serviceAddress(balancer("a"), { ...nothing, given }), /all 254 addresses/);
  });
});

describe("the address of an Ingress", () => {
  const labels = { "app.kubernetes.io/instance": "edge" };
  const classes = [{ metadata: { name: "edge", labels } }];
  const ingress: V1Ingress = {
    metadata: { name: "site", namespace: "ns" },
    spec: { ingressClassName: "edge" },
  };
  const labelled = { ...balancer("edge"), metadata: { name: "edge", namespace: "ns", labels } };

  it("is that of its class's load balancer, once that has one", () => {
    const waiting = { ...nothing, classes, services: [labelled] };
    assert.equal(ingressAddress(ingress, waiting), undefined);
    const services = [withAddress(labelled, "192.0.2.5")];
    assert.equal(ingressAddress(ingress, { ...nothing, classes, services }), "192.0.2.5");
  });

  it("is one of its own where its class has no load balancer", () => {
    const services = [{ ...labelled, spec: { type: "NodePort" } }];
    const address = ingressAddress(ingress, { ...nothing, classes, services });
    assert.match(address ?? "", /^192\.0\.2\./);
  });

  it("is none where its class does not exist or none is named", () => {
    assert.equal(ingressAddress(ingress, nothing), undefined);
    assert.equal(ingressAddress({ ...ingress, spec: {} }, { ...nothing, classes }), undefined);
  });
});
