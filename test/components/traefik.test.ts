import assert from "node:assert/strict";
import { ServiceType, Traefik, type TraefikArgs } from "../../components";
import { at, record, refusals } from "./recording";
import { traefikArgs, types } from "./specimens";

const make = (changes?: Partial<TraefikArgs>, name = "traefik") =>
  new Traefik(name, traefikArgs(changes));

describe("Traefik", () => {
  it("owns the CRDs of traefik.io and none of the product beside it", async () => {
    const seen = await record(() => make());
    const crds = seen.of(types.crd).map(({ inputs }) => String(at(inputs, "metadata", "name")));
    assert.equal(crds.length, 10);
    assert.ok(crds.every((crd) => crd.endsWith(".traefik.io") && !crd.includes("hub.")));
    assert.equal(seen.one(types.release)["skipCrds"], true);
  });

  it("is a load balancer with one pod and the default class unless told otherwise", async () => {
    const { values, version } = (await record(() => make())).one(types.release);
    assert.equal(version, "41.3.0");
    assert.equal(at(values, "deployment", "replicas"), 1);
    assert.equal(at(values, "podDisruptionBudget", "enabled"), false);
    assert.equal(at(values, "service", "spec", "type"), "LoadBalancer");
    assert.deepEqual(at(values, "ingressClass"), {
      enabled: true,
      isDefaultClass: true,
      name: "traefik",
    });
  });

  it("takes the Service's type and annotations, and guards more than one pod", async () => {
    const changes = {
      serviceType: ServiceType.NodePort,
      serviceAnnotations: { "example.org/pool": "a" },
      replicas: 3,
      isDefaultClass: false,
    };
    const { values } = (await record(() => make(changes))).one(types.release);
    assert.deepEqual(at(values, "service"), {
      annotations: { "example.org/pool": "a" },
      spec: { type: "NodePort" },
    });
    assert.equal(at(values, "podDisruptionBudget", "enabled"), true);
    assert.equal(at(values, "ingressClass", "isDefaultClass"), false);
  });

  it("takes a reserved address, which is not the Service's to delete", async () => {
    const changes = { loadBalancerAddress: "192.0.2.7", serviceAnnotations: { a: "b" } };
    const { values } = (await record(() => make(changes))).one(types.release);
    assert.deepEqual(at(values, "service"), {
      annotations: { "loadbalancer.openstack.org/keep-floatingip": "true", a: "b" },
      spec: { type: "LoadBalancer", loadBalancerIP: "192.0.2.7" },
    });
    const wrong = { ...changes, serviceType: ServiceType.NodePort };
    assert.match(refusals(() => make(wrong)).join(), /^loadBalancerAddress: only a load balancer/);
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make({ replicas: 0, namespace: "Web", timeoutSeconds: 0, kubernetesVersion: "1.24" }, "T"),
      );
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["name", "namespace", "replicas", "timeoutSeconds", "kubernetesVersion"],
    );
    assert.match(told.at(-1) ?? "", /needs Kubernetes 1\.25 or newer/);
    assert.deepEqual(seen.all, []);
  });

  it("says which Kubernetes it needs, and takes no older one", () => {
    const [major = 0, minor = 0] = Traefik.minimumKubernetes.split(".").map(Number);
    const told = refusals(() => make({ kubernetesVersion: `${major}.${minor - 1}` }));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", new RegExp(Traefik.minimumKubernetes));
  });
});
