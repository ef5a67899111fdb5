import assert from "node:assert/strict";
import { configMapLimitBytes } from "../../../components/workloads/openeo/catalogue";
import { startForTest, eventually, toolsOrSkip, type TestControlPlane } from "./support";

const namespace = "tests";

describe("a control plane for tests and the stack local", () => {
  let plane: TestControlPlane;

  before(async function () {
    this.timeout(180_000);
    plane = await startForTest(await toolsOrSkip(this), {
      nodes: { count: 3, cpu: "16", memory: "64Gi" },
    });
    await plane.core.createNamespace({ body: { metadata: { name: namespace } } });
    await eventually("ServiceAccount of the namespace", () =>
      plane.core.readNamespacedServiceAccount({ namespace, name: "default" }),
    );
  });

  after(async function () {
    this.timeout(60_000);
    await plane?.stop();
  });

  it("has the nodes that were asked for, ready when the start returns", async () => {
    const { items } = await plane.core.listNode();
    const seen = items.map(({ metadata, status }) => ({
      name: metadata?.name,
      cpu: status?.capacity?.["cpu"],
      ready: status?.conditions?.find(({ type }) => type === "Ready")?.status,
    }));
    const node = (name: string) => ({ name, cpu: "16", ready: "True" });
    assert.deepEqual(seen, [node("node-1"), node("node-2"), node("node-3")]);
  });

  it("holds in a ConfigMap what the layer catalogue's limit says, and not a byte more", async () => {
    const apply = async (name: string, bytes: number) => {
      // Quotes are what JSON makes longest on its way to the API server.
      const data = { "layercatalog.json": '"'.repeat(bytes) };
      const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
      return plane.kubectl(["apply", "--server-side", "-f", "-"], JSON.stringify(object));
    };
    const taken = await apply("full", configMapLimitBytes);
    assert.equal(taken.exitCode, 0, taken.text);
    const refused = await apply("overfull", configMapLimitBytes + 1);
    assert.equal(refused.exitCode, 1);
    assert.match(refused.text, /may not be more than 1048576 bytes/);
  });

  it("makes a Deployment available, with sidecars running and other init containers done", async () => {
    const labels = { app: "web" };
    await plane.apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: "web" },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              initContainers: [
                { name: "once", image: "setup" },
                { name: "beside", image: "proxy", restartPolicy: "Always" },
              ],
              containers: [{ name: "web", image: "web:1" }],
            },
          },
        },
      },
    });
    await eventually("two available replicas", async () => {
      const { status } = await plane.apps.readNamespacedDeployment({ namespace, name: "web" });
      return status?.availableReplicas === 2 ? true : undefined;
    });
    const { items } = await plane.core.listNamespacedPod({ namespace, labelSelector: "app=web" });
    const states = items[0]?.status?.initContainerStatuses?.map(({ state }) =>
      Object.keys(state ?? {}).filter((key) => state?.[key as keyof typeof state] !== undefined),
    );
    assert.deepEqual(states, [["terminated"], ["running"]]);
  });

  it("completes the pods of a Job, and so the Job", async () => {
    const containers = [{ name: "work", image: "batch:1" }];
    await plane.batch.createNamespacedJob({
      namespace,
      body: {
        metadata: { name: "work" },
        spec: { completions: 2, template: { spec: { restartPolicy: "Never", containers } } },
      },
    });
    const job = await eventually("a complete Job", async () => {
      const found = await plane.batch.readNamespacedJob({ namespace, name: "work" });
      return found.status?.completionTime ? found : undefined;
    });
    assert.equal(job.status?.succeeded, 2);
  });

  it("says in a simulated pod's log that there is none", async () => {
    const pod = { metadata: { name: "silent" }, spec: { containers: [{ name: "c", image: "i" }] } };
    await plane.core.createNamespacedPod({ namespace, body: pod });
    const { text } = await eventually("the log", async () => {
      const run = await plane.kubectl(["logs", "silent", "-n", namespace]);
      return run.exitCode === 0 ? run : undefined;
    });
    assert.match(text, /simulated pod: nothing runs in it/);
  });

  describe("volumes", () => {
    const claim = (name: string, storageClassName?: string) => ({
      metadata: { name },
      spec: {
        storageClassName,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "3Gi" } },
      },
    });
    const bound = (name: string) =>
      eventually(`claim ${name} bound`, async () => {
        const found = await plane.core.readNamespacedPersistentVolumeClaim({ namespace, name });
        return found.status?.phase === "Bound" ? found.spec?.volumeName : undefined;
      });

    it("binds a claim that names no class, and deletes the volume with it", async () => {
      const body = claim("data");
      await plane.core.createNamespacedPersistentVolumeClaim({ namespace, body });
      const name = await bound("data");
      const volume = await plane.core.readPersistentVolume({ name });
      assert.equal(volume.spec?.capacity?.["storage"], "3Gi");
      assert.equal(volume.spec?.storageClassName, "standard");
      await plane.core.deleteNamespacedPersistentVolumeClaim({ namespace, name: "data" });
      await eventually("the volume deleted", async () => {
        const { items } = await plane.core.listPersistentVolume();
        return items.some(({ metadata }) => metadata?.name === name) ? undefined : true;
      });
    });

    it("waits for the first consumer, and keeps the volume, where the class says so", async () => {
      const { text: out } = await plane.kubectl(
        ["apply", "-f", "-"],
        `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: retained}
provisioner: eo-platform.local/simulated-volumes
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer`,
      );
      assert.match(out, /created/);
      const body = claim("kept", "retained");
      await plane.core.createNamespacedPersistentVolumeClaim({ namespace, body });
      await eventually("the event that it waits", async () => {
        const { items } = await plane.core.listNamespacedEvent({ namespace });
        return items.find(({ reason }) => reason === "WaitForFirstConsumer");
      });
      const before = await plane.core.readNamespacedPersistentVolumeClaim({
        namespace,
        name: "kept",
      });
      assert.equal(before.status?.phase, "Pending");

      const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "kept" } }];
      await plane.core.createNamespacedPod({
        namespace,
        body: {
          metadata: { name: "consumer" },
          spec: { volumes, containers: [{ name: "c", image: "i" }] },
        },
      });
      const name = await bound("kept");
      await plane.core.deleteNamespacedPod({ namespace, name: "consumer" });
      await plane.core.deleteNamespacedPersistentVolumeClaim({ namespace, name: "kept" });
      await eventually("the volume released and kept", async () => {
        const { status } = await plane.core.readPersistentVolume({ name });
        return status?.phase === "Released" ? true : undefined;
      });
    });

    it("leaves a claim pending whose class has a provisioner that is not here", async () => {
      await plane.kubectl(
        ["apply", "-f", "-"],
        `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: elsewhere}
provisioner: cinder.csi.openstack.org`,
      );
      const body = claim("elsewhere", "elsewhere");
      await plane.core.createNamespacedPersistentVolumeClaim({ namespace, body });
      await eventually("the event that it waits for its provisioner", async () => {
        const { items } = await plane.core.listNamespacedEvent({ namespace });
        return items.find(
          ({ reason, involvedObject }) =>
            reason === "ExternalProvisioning" && involvedObject.name === "elsewhere",
        );
      });
      const found = await plane.core.readNamespacedPersistentVolumeClaim({
        namespace,
        name: "elsewhere",
      });
      assert.equal(found.status?.phase, "Pending");
    });
  });

  describe("addresses", () => {
    const addressOfService = async (name: string) => {
      const { status } = await plane.core.readNamespacedService({ namespace, name });
      return status?.loadBalancer?.ingress?.[0]?.ip;
    };

    it("gives a LoadBalancer Service an address, and takes it when the type changes", async () => {
      const ports = [{ port: 80 }];
      await plane.core.createNamespacedService({
        namespace,
        body: { metadata: { name: "front" }, spec: { type: "LoadBalancer", ports } },
      });
      const address = await eventually("an address", () => addressOfService("front"));
      assert.match(address, /^192\.0\.2\.\d+$/);
      const patch = JSON.stringify({ spec: { type: "ClusterIP" } });
      await plane.kubectl(["patch", "service", "front", "-n", namespace, "-p", patch]);
      await eventually("no address", async () =>
        (await addressOfService("front")) === undefined ? true : undefined,
      );
    });

    it("gives an Ingress the address of its controller's Service, found by the chart's label", async () => {
      await plane.kubectl(
        ["apply", "-n", namespace, "-f", "-"],
        `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: edge, labels: {app.kubernetes.io/instance: edge-tests}}
spec: {controller: example.org/edge}
---
apiVersion: v1
kind: Service
metadata: {name: edge, labels: {app.kubernetes.io/instance: edge-tests}}
spec: {type: LoadBalancer, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site}
spec: {ingressClassName: edge, defaultBackend: {service: {name: web, port: {number: 80}}}}`,
      );
      const address = await eventually("an address of the Ingress", async () => {
        const { status } = await plane.networking.readNamespacedIngress({
          namespace,
          name: "site",
        });
        return status?.loadBalancer?.ingress?.[0]?.ip;
      });
      assert.equal(address, await addressOfService("edge"));
    });
  });

  it("refuses a privileged pod in a namespace with the restricted standard, in PodSecurity's words", async () => {
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await plane.core.createNamespace({ body: { metadata: { name: "strict", labels } } });
    const { exitCode, text } = await plane.kubectl(
      ["create", "-n", "strict", "-f", "-"],
      `{apiVersion: v1, kind: Pod, metadata: {name: p},
        spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}`,
    );
    assert.equal(exitCode, 1);
    assert.match(text, /violates PodSecurity "restricted:latest": privileged/);
  });

  it("allows the same pod where no standard is enforced", async () => {
    const { exitCode, text } = await plane.kubectl(
      ["create", "-n", namespace, "-f", "-"],
      `{apiVersion: v1, kind: Pod, metadata: {name: p},
        spec: {containers: [{name: c, image: i, securityContext: {privileged: true}}]}}`,
    );
    assert.equal(exitCode, 0, text);
  });

  it("grants a ServiceAccount's token nothing that RBAC does not", async () => {
    const as = ["--as", `system:serviceaccount:${namespace}:default`];
    const { text } = await plane.kubectl(["auth", "can-i", "list", "secrets", ...as]);
    assert.equal(text.trim(), "no");
  });
});
