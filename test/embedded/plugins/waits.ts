import assert from "node:assert/strict";
import { type JsonObject } from "../../../embedded/plugins/protocol/properties";
import { eventually } from "../control-plane/support";
import { Plugin, properties, type NotInitialized } from "./plugin";
import { configMap, deployment, resourceFor, said, type Use } from "./shared";

export function waits(use: Use): void {
  describe("waits", () => {
    let namespace: string;
    before(async () => {
      namespace = await use().namespace("waits");
    });

    const huge = { resources: { requests: { cpu: "999" } } };

    it("gives up on a Deployment with the scheduler's reason, and keeps its state", async () => {
      const web = deployment(namespace, "huge", {}, huge);
      const { urn } = resourceFor(use().plugin, web);
      await assert.rejects(
        use().plugin.create(urn, properties(web), { timeout: 2 }),
        (error: NotInitialized) => {
          assert.match(
            error.message,
            /Deployment waits\/huge was applied, but is not ready: not ready within 2 s: .*of 2 replicas available.*Insufficient cpu/,
          );
          assert.equal(error.id, "waits/huge");
          assert.equal((error.state.value["__inputs"] as JsonObject)["kind"], "Deployment");
          return true;
        },
      );
      await said(use().plugin, /waiting: 0 of 2 replicas available/);
    });

    it("does not wait where the annotation says so, and as long as another one says", async () => {
      const annotated = (name: string, annotations: JsonObject): JsonObject => {
        const web = deployment(namespace, name, {}, huge);
        return { ...web, metadata: { ...(web["metadata"] as JsonObject), annotations } };
      };
      const skipped = annotated("skipped", { "pulumi.com/skipAwait": "true" });
      await resourceFor(use().plugin, skipped).apply(skipped);
      const short = annotated("short", { "pulumi.com/timeoutSeconds": "1" });
      await assert.rejects(resourceFor(use().plugin, short).apply(short), /not ready within 1 s/);
    });

    it("fails with a Job's own reason, and waits until one is complete", async () => {
      const job = (name: string, spec: JsonObject): JsonObject => ({
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { namespace, name },
        spec: {
          template: {
            spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i:1" }] },
          },
          ...spec,
        },
      });
      const late = job("late", {
        activeDeadlineSeconds: 1,
        suspend: false,
        parallelism: 0,
        completions: 1,
      });
      await assert.rejects(
        resourceFor(use().plugin, late).apply(late),
        /Job waits\/late was applied, but is not ready: DeadlineExceeded/,
      );
      const done = job("done", {});
      await resourceFor(use().plugin, done).apply(done);
    });

    it("waits for the condition or field that the annotation names", async () => {
      const crd = use().plane.kubectl(["apply", "-f", "-"], JSON.stringify(widgets));
      assert.equal((await crd).exitCode, 0);
      const widget = {
        apiVersion: "waits.example.org/v1",
        kind: "Widget",
        metadata: {
          namespace,
          name: "w",
          annotations: {
            "pulumi.com/waitFor": '["condition=Ready","jsonpath={.status.phase}=Done"]',
          },
        },
      };
      const applied = resourceFor(use().plugin, widget).apply(widget);
      const status = (part: JsonObject) =>
        use().kubectl(
          "--namespace",
          namespace,
          "patch",
          "widget",
          "w",
          "--type=merge",
          "--subresource=status",
          `--patch=${JSON.stringify({ status: part })}`,
        );
      await eventually("it waits for both", () =>
        use().plugin.log.some((line) => line.includes("condition=Ready, jsonpath="))
          ? true
          : undefined,
      );
      await status({ conditions: [{ type: "Ready", status: "True" }] });
      await status({ phase: "Done" });
      assert.equal((await applied).step, "create");
    });

    it("deletes only when all is gone, and says what holds it", async () => {
      const held = {
        ...configMap(namespace, "held", {}),
        metadata: { namespace, name: "held", finalizers: ["example.org/hold"] },
      };
      const resource = resourceFor(use().plugin, held);
      await resource.apply(held);
      const { id, state } = resource.kept ?? { id: "", state: properties({}) };
      await assert.rejects(
        use().plugin.delete(resource.urn, id, state, 1),
        /ConfigMap waits\/held is still there after 1 s: finalizers \["example.org\/hold"\]/,
      );
      await use().kubectl(
        "--namespace",
        namespace,
        "patch",
        "configmap",
        "held",
        "--type=merge",
        '--patch={"metadata":{"finalizers":null}}',
      );
      await resource.delete();
      assert.equal(await use().live("configmap", "held", namespace), undefined);
    });

    it("deletes a namespace with all that is in it, and says what is left where it cannot", async () => {
      const doomed = { apiVersion: "v1", kind: "Namespace", metadata: { name: "doomed" } };
      const resource = resourceFor(use().plugin, doomed);
      await resource.apply(doomed);
      const inside = {
        ...configMap("doomed", "held", {}),
        metadata: { namespace: "doomed", name: "held", finalizers: ["example.org/hold"] },
      };
      await resourceFor(use().plugin, inside).apply(inside);
      const { id, state } = resource.kept ?? { id: "", state: properties({}) };
      await assert.rejects(
        use().plugin.delete(resource.urn, id, state, 8),
        /Namespace doomed is still there after 8 s: .*(configmaps|example.org\/hold)/,
      );
      await use().kubectl(
        "--namespace",
        "doomed",
        "patch",
        "configmap",
        "held",
        "--type=merge",
        '--patch={"metadata":{"finalizers":null}}',
      );
      await resource.delete();
    });

    it("stops waiting at once when the user cancels, and the next update goes on from there", async () => {
      const plugin = await Plugin.start("kubernetes");
      await plugin.configure({ kubeconfig: use().plane.kubeconfig });
      const web = deployment(namespace, "cancelled", {}, huge);
      const resource = resourceFor(plugin, web);
      const created = plugin.create(resource.urn, properties(web)).catch((error: unknown) => error);
      await eventually("it waits", () =>
        plugin.log.some((line) => line.startsWith("waiting: 0 of 2")) ? true : undefined,
      );
      await plugin.cancel();
      const error = (await created) as NotInitialized;
      assert.match(error.message, /cancelled while waiting/);
      resource.kept = { id: error.id, state: error.state, inputs: properties(web) };
      await plugin.stop();
      const next = resourceFor(use().plugin, web);
      next.kept = resource.kept;
      assert.equal((await next.apply(deployment(namespace, "cancelled"))).step, "update");
    });
  });
}

const widgets = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.waits.example.org" },
  spec: {
    group: "waits.example.org",
    scope: "Namespaced",
    names: { plural: "widgets", singular: "widget", kind: "Widget" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        },
      },
    ],
  },
};
