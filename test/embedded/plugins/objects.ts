import assert from "node:assert/strict";
import { unknown, type JsonObject } from "../../../embedded/plugins/protocol/properties";
import { Plugin, properties, Resource } from "./plugin";
import { configMap, deployment, resourceFor, token, type Use } from "./shared";

export function objects(use: Use): void {
  describe("makes, changes and deletes objects", () => {
    let namespace: string;
    before(async () => {
      namespace = await use().namespace("objects");
    });

    it("creates, leaves alone, updates one field in place, deletes, and finds it deleted already", async () => {
      const web = deployment(namespace, "web");
      const resource = resourceFor(use().plugin, web);
      assert.equal((await resource.apply(web)).step, "create");
      assert.equal((await resource.apply(web)).step, "same");
      const scaled = deployment(namespace, "web", { replicas: 3 });
      assert.deepEqual(await resource.apply(scaled), { step: "update", paths: ["spec.replicas"] });
      const id = resource.kept?.id ?? "";
      assert.equal(id, "objects/web");
      const state = resource.kept?.state ?? properties({});
      await resource.delete();
      assert.equal(await use().live("deployment", "web", namespace), undefined);
      await use().plugin.delete(resource.urn, id, state);
    });

    it("removes from the cluster what the program no longer says", async () => {
      const resource = resourceFor(use().plugin, configMap(namespace, "less", {}));
      const labelled = (labels: JsonObject) => ({
        ...configMap(namespace, "less", { a: "1" }),
        metadata: { namespace, name: "less", labels },
      });
      await resource.apply(labelled({ one: "1", two: "2" }));
      const step = await resource.apply(labelled({ one: "1" }));
      assert.deepEqual(step, { step: "update", paths: ["metadata.labels.two"] });
      const live = (await use().live("configmap", "less", namespace))?.["metadata"] as JsonObject;
      assert.deepEqual(live["labels"], { one: "1" });
    });

    it("makes up a name from the resource's and eight digits, keeps it, and changes it in a replacement", async () => {
      const resource = resourceFor(use().plugin, configMap(namespace, undefined, {}), "settings");
      await resource.apply(configMap(namespace, undefined, { a: "1" }));
      const first = resource.kept?.id ?? "";
      assert.match(first, /^objects\/settings-[0-9a-f]{8}$/);
      assert.equal(
        (await resource.apply(configMap(namespace, undefined, { a: "1" }))).step,
        "same",
      );
      assert.equal(resource.kept?.id, first);
    });

    it("replaces a ConfigMap whose content changes: the old one first, for its name is fixed", async () => {
      const resource = resourceFor(use().plugin, configMap(namespace, "fixed", {}));
      await resource.apply(configMap(namespace, "fixed", { a: "1" }));
      const { diff } = await resource.plan(configMap(namespace, "fixed", { a: "2" }));
      assert.deepEqual([diff?.replaces, diff?.deleteBeforeReplace], [["data.a"], true]);
    });

    it("changes ConfigMaps in place where the provider is told so", async () => {
      const plugin = await Plugin.start("kubernetes");
      const { kubeconfig } = use().plane;
      await plugin.configure({ kubeconfig, enableConfigMapMutable: "true" });
      const resource = resourceFor(plugin, configMap(namespace, "mutable", {}));
      await resource.apply(configMap(namespace, "mutable", { a: "1" }));
      const step = await resource.apply(configMap(namespace, "mutable", { a: "2" }));
      assert.deepEqual(step, { step: "update", paths: ["data.a"] });
      await plugin.stop();
    });

    const immutable: [string, JsonObject, JsonObject, string][] = [
      [
        "a claim's access mode",
        { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
        "PersistentVolumeClaim",
      ],
      [
        "a Service's cluster address",
        { ports: [{ port: 80 }] },
        { ports: [{ port: 80 }], clusterIP: "None" },
        "Service",
      ],
    ];
    for (const [what, before, after, kind] of immutable) {
      it(`replaces the object for ${what}, which the API server calls immutable`, async () => {
        const name = `immutable-${kind.toLowerCase()}`;
        const object = (spec: JsonObject) => ({
          apiVersion: "v1",
          kind,
          metadata: { namespace, name },
          spec,
        });
        const resource = resourceFor(use().plugin, object(before));
        await resource.apply(object(before));
        const { diff } = await resource.plan(object(after));
        assert.ok((diff?.replaces.length ?? 0) > 0, "something is to be replaced");
        assert.equal(diff?.deleteBeforeReplace, true);
        assert.equal((await resource.apply(object(after))).step, "replace");
      });
    }

    it("replaces a Deployment for its selector and a Job for its template", async () => {
      const web = deployment(namespace, "selected");
      const resource = resourceFor(use().plugin, web);
      await resource.apply(web);
      const labels = { app: "other" };
      const other = deployment(namespace, "selected", {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "i:1" }] } },
      });
      const plan = await resource.plan(other);
      assert.ok(plan.diff?.replaces.some((path) => path.startsWith("spec.selector")));
    });

    it("leaves ignored fields to whoever changes them", async () => {
      const web = deployment(namespace, "ignored");
      const resource = resourceFor(use().plugin, web);
      await resource.apply(web);
      await use().kubectl("--namespace", namespace, "scale", "deployment/ignored", "--replicas=4");
      const kept = resource.kept;
      assert.ok(kept);
      const diff = await use().plugin.diff(resource.urn, kept.id, kept, kept.inputs, [
        "spec.replicas",
      ]);
      assert.deepEqual(diff.paths, []);
    });

    it("keeps a Secret's data secret, whoever marked it or not", async () => {
      const secret = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { namespace, name: "unmarked" },
        stringData: { password: "canary" },
      };
      const resource = resourceFor(use().plugin, secret);
      await resource.apply(secret);
      const places = (resource.kept?.state.secrets ?? []).map((path) => path.join("."));
      for (const place of ["data", "__inputs.stringData"]) assert.ok(places.includes(place), place);
      assert.deepEqual(resource.kept?.inputs.secrets, [["stringData"]]);
    });

    it("says of what is unknown yet that it changes, and replaces what cannot be changed", async () => {
      const web = deployment(namespace, "unknown");
      const resource = resourceFor(use().plugin, web);
      await resource.apply(web);
      const { diff } = await resource.plan(deployment(namespace, "unknown", { replicas: unknown }));
      assert.deepEqual([diff?.paths, diff?.replaces], [["spec.replicas"], []]);
      const claim = { selector: { matchLabels: { app: unknown } } };
      const other = await resource.plan(deployment(namespace, "unknown", claim));
      assert.deepEqual(other.diff?.replaces, ["spec.selector.matchLabels.app"]);
    });

    it("foresees in a preview what the server will make of it, save what it makes up", async () => {
      const service = {
        apiVersion: "v1",
        kind: "Service",
        metadata: { namespace, name: "foreseen" },
        spec: { ports: [{ port: 80 }] },
      };
      const { urn } = resourceFor(use().plugin, service);
      const { inputs } = await use().plugin.check(urn, properties(service));
      const { id, state } = await use().plugin.create(urn, inputs, { preview: true });
      const spec = state.value["spec"] as JsonObject;
      assert.deepEqual([id, spec["type"], spec["clusterIP"]], ["", "ClusterIP", unknown]);
      assert.equal(await use().live("service", "foreseen", namespace), undefined);
    });

    it("reads an object by its id alone, as for an import", async () => {
      await use().kubectl(
        "--namespace",
        namespace,
        "create",
        "configmap",
        "found",
        "--from-literal=a=1",
      );
      const resource = new Resource(use().plugin, token("v1", "ConfigMap"), "found");
      const found = await use().plugin.read(resource.urn, `${namespace}/found`);
      assert.deepEqual(found?.inputs.value, configMap(namespace, "found", { a: "1" }));
      assert.equal(await use().plugin.read(resource.urn, `${namespace}/nobody`), undefined);
    });

    it("sets fields of an object that is somebody else's, and gives them back", async () => {
      await use().kubectl(
        "--namespace",
        namespace,
        "create",
        "configmap",
        "patched",
        "--from-literal=a=1",
      );
      const patch = configMap(namespace, "patched", { b: "2" });
      const resource = new Resource(use().plugin, "kubernetes:core/v1:ConfigMapPatch", "p");
      await resource.apply(patch);
      assert.deepEqual((await use().live("configmap", "patched", namespace))?.["data"], {
        a: "1",
        b: "2",
      });
      await resource.delete();
      assert.deepEqual((await use().live("configmap", "patched", namespace))?.["data"], { a: "1" });
    });
  });
}
