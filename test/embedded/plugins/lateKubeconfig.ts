import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import * as command from "@pulumi/command";
import * as k8s from "@pulumi/kubernetes";
import type * as automation from "@pulumi/pulumi/automation";
import { locateTools } from "../../../tools/toolchain";
import { inlineStack } from "../../support/inlineStack";
import { skip } from "../../support/skip";
import { newFolder } from "../control-plane/support";
import { at } from "../../components/recording";
import type { Use } from "./shared";

/** A cluster that grows hands out its kubeconfig anew: a preview does not know that it is the same. */
export function lateKubeconfig(use: Use): void {
  describe("a kubeconfig that a preview does not know", function () {
    this.timeout(120_000);
    let folder: string;
    let stack: automation.Stack;
    let nodes = 3;

    before(async function () {
      const { pulumi } = await locateTools(["pulumi"]).catch((error: Error) =>
        skip(this, `${error.message}; to get it: make tools`),
      );
      folder = await newFolder();
      const { kubeconfig, tools } = use().plane;
      const run = () => {
        const cluster = new command.local.Command("cluster", {
          create: 'cat "$FILE"',
          environment: { FILE: kubeconfig },
          triggers: [nodes],
        });
        for (const [name, more] of [
          ["named", { clusterIdentifier: "prod" }],
          ["nameless", {}],
        ] as const) {
          const provider = new k8s.Provider(name, { kubeconfig: cluster.stdout, ...more });
          const metadata = { name: `in-${name}`, namespace: "default" };
          new k8s.core.v1.ConfigMap(`in-${name}`, { metadata }, { provider });
        }
        return {};
      };
      stack = await inlineStack({ folder, kubeconfig, tools: { pulumi, helm: tools.helm }, run });
      await stack.up();
      nodes = 5;
    });

    after(async () => {
      await stack?.destroy();
      await rm(folder, { recursive: true, force: true });
    });

    it("replaces nothing in the preview where the cluster is named, and everything where not", async () => {
      const replaced = new Set<string>();
      await stack.preview({
        onEvent: ({ resourcePreEvent: event }) => {
          const name = event?.metadata.urn.split("::").at(-1) ?? "";
          if (event?.metadata.op === "replace") replaced.add(name);
        },
      });
      assert.deepEqual([...replaced].sort(), ["cluster", "in-nameless", "nameless"]);
    });

    it("replaces nothing in the update where it turns out to be the same", async () => {
      const uid = async () =>
        Promise.all(
          ["in-named", "in-nameless"].map(async (name) =>
            at(await use().live("configmap", name), "metadata", "uid"),
          ),
        );
      const before = await uid();
      const { summary } = await stack.up();
      assert.deepEqual(summary.resourceChanges, { replace: 1, same: 5 });
      assert.deepEqual(await uid(), before);
    });
  });
}
