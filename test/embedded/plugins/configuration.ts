import assert from "node:assert/strict";
import { Plugin, properties } from "./plugin";
import { configMap, resourceFor, said, text, type Use } from "./shared";

export function configuration(use: Use): void {
  describe("its configuration", () => {
    it("lets a preview pass without a cluster, with a warning, and refuses an update", async () => {
      const plugin = await Plugin.start("kubernetes");
      const { kubeconfig } = use().plane;
      const away = (await use().kubectl("config", "view", "--raw", "-o", "json")).replace(
        /127\.0\.0\.1:\d+/,
        "127.0.0.1:1",
      );
      await plugin.configure({ kubeconfig: away });
      await said(
        plugin,
        /the Kubernetes API server https:\/\/127\.0\.0\.1:1 \(context ".*" of the given kubeconfig\) does not answer: .*ECONNREFUSED.*is it running/,
      );
      const object = configMap("default", "x", {});
      const { urn } = resourceFor(plugin, object);
      const { inputs, failures } = await plugin.check(urn, properties(object));
      assert.deepEqual(failures, []);
      await plugin.create(urn, inputs, { preview: true });
      await assert.rejects(plugin.create(urn, inputs), /does not answer/);
      await assert.rejects(
        plugin.read(urn, "default/x", { inputs, state: inputs }),
        /PULUMI_K8S_DELETE_UNREACHABLE/,
      );
      await plugin.stop();
      assert.ok(kubeconfig);
    });

    it("names the contexts there are when the wanted one is not among them", async () => {
      const plugin = await Plugin.start("kubernetes");
      await plugin.configure({ kubeconfig: use().plane.kubeconfig, context: "nowhere" });
      await said(plugin, /has no context "nowhere"; it has: "/);
      await plugin.stop();
    });

    it("refuses what it has no part for instead of passing it over", async () => {
      const plugin = await Plugin.start("kubernetes");
      const { kubeconfig } = use().plane;
      await assert.rejects(
        plugin.configure({
          kubeconfig,
          renderYamlToDirectory: "out",
          enableServerSideApply: "false",
        }),
        /renderYamlToDirectory: .*; enableServerSideApply: /,
      );
      await plugin.stop();
    });

    it("puts objects that name no namespace into the provider's", async () => {
      const plugin = await Plugin.start("kubernetes");
      const { kubeconfig } = use().plane;
      await plugin.configure({ kubeconfig, namespace: "objects" });
      const object = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "placed" },
        data: {},
      };
      const resource = resourceFor(plugin, object);
      await resource.apply(object);
      assert.equal(resource.kept?.id, "objects/placed");
      await plugin.stop();
    });

    it("reads YAML for the SDK's ConfigFile and ConfigGroup: lists opened, dates left alone", async () => {
      const yaml =
        "apiVersion: v1\nkind: List\nitems:\n- {kind: A, when: 2020-01-01, sure: yes}\n---\n---\nkind: B\n";
      const { result } = await use().plugin.invoke("kubernetes:yaml:decode", { text: yaml });
      assert.equal(text(result), '[{"kind":"A","sure":true,"when":"2020-01-01"},{"kind":"B"}]');
    });
  });
}
