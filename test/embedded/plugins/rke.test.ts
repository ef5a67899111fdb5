import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import * as rke from "@pulumi/rke";
import { z } from "zod";
import { locateTools, toolBin } from "../../../tools/toolchain";
import { inlineStack } from "../../support/inlineStack";
import { skip } from "../../support/skip";
import {
  newFolder,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
} from "../control-plane/support";
import { Plugin, properties } from "./plugin";
import { cluster, sshKey, table } from "./rkeInputs";

const urn = "urn:pulumi:test::plugins::rke:index/cluster:Cluster::c";

describe("the stand-in for the rke plugin", function () {
  this.timeout(240_000);
  let binaries: string;

  before(async function () {
    binaries = await toolBin(["bridged-rke"]).catch((error: Error) =>
      skip(this, `${error.message}; to get it: tools/main.ts ensure bridged-rke`),
    );
  });

  after(() => Plugin.stopAll());

  describe("checks", () => {
    let plugin: Plugin;

    before(async () => {
      const PATH = [binaries, process.env["PATH"]].join(path.delimiter);
      plugin = await Plugin.start("rke", { PATH, EO_RKE_KUBECONFIG: "" });
      await plugin.configure();
    });

    for (const { what, change, refused } of table) {
      it(`${refused ? `refuses, at ${refused.at},` : "takes"} ${what}`, async () => {
        const given = properties({ ...cluster(), ...change });
        const { inputs, failures } = await plugin.check(urn, given);
        const said = failures.map(({ reason }) => reason).join("\n");
        if (refused?.at === "check") {
          assert.match(said, refused.message);
          return;
        }
        assert.equal(said, "");
        // What is taken stops last of all, where there is no kubeconfig to hand out.
        const wanted = refused?.message ?? /stand-in for rke.*set EO_RKE_KUBECONFIG/s;
        await assert.rejects(plugin.create(urn, inputs), wanted);
      });
    }
  });

  describe("under the real engine", () => {
    let plane: TestControlPlane;
    let folder: string;
    let stack: automation.Stack;
    let workers = 2;
    let certificate: string;
    const names = async () => {
      const { items } = await plane.core.listNode();
      return items
        .flatMap(({ metadata }) => metadata?.name ?? [])
        .filter((one) => /^(c|w)o/.test(one));
    };
    const changes = async () => (await stack.up()).summary.resourceChanges;

    before(async function () {
      plane = await startForTest(await toolsOrSkip(this), { nodes: { count: 1 } });
      folder = await newFolder();
      const { kubeconfig, tools } = plane;
      const env = { EO_RKE_KUBECONFIG: kubeconfig, EO_RKE_SECONDS_PER_NODE: "0" };
      const run = () => outputsOf(workers);
      stack = await inlineStack({
        folder,
        kubeconfig,
        tools: { ...tools, ...(await locateTools(["pulumi"])) },
        run,
        folders: [binaries],
        env,
      });
    });

    after(async () => {
      await plane?.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    it("fails after as many nodes as it was told to, and keeps certificates and what it wanted", async () => {
      stack.workspace.envVars = { ...stack.workspace.envVars, EO_RKE_FAIL_AFTER_NODES: "2" };
      const failure = await stack.up().then(
        () => "it did not fail",
        (error: Error) => error.message,
      );
      assert.match(failure, /host \[10\.8\.0\.3\] failed, as EO_RKE_FAIL_AFTER_NODES=2/);
      assert.ok(!failure.includes(sshKey.split("\n")[1] ?? ""));
      assert.deepEqual(await names(), ["control-1", "control-2"]);
      const state = await rkeState(stack);
      assert.deepEqual(nodesIn(state), { desired: 5, current: 0 });
      certificate = authority(state);
    });

    it("goes on with the next update: the nodes that are missing, the same certificates", async () => {
      stack.workspace.envVars = { ...stack.workspace.envVars, EO_RKE_FAIL_AFTER_NODES: "" };
      let output = "";
      const up = await stack.up({ onOutput: (text) => (output += text) });
      assert.deepEqual(up.summary.resourceChanges, { same: 1, update: 1 });
      const made = [...output.matchAll(/node \d of 5: [\w-]+/g)].map(([text]) => text);
      const wanted = ["node 3 of 5: control-3", "node 4 of 5: work-1", "node 5 of 5: work-2"];
      assert.deepEqual([...new Set(made)], wanted);
      const state = await rkeState(stack);
      assert.deepEqual(nodesIn(state), { desired: 5, current: 5 });
      assert.equal(authority(state), certificate);
    });

    it("hands out the kubeconfig and what RKE says of the cluster, secret where it is", async () => {
      const outputs = await stack.outputs();
      assert.match(String(outputs["kubeconfig"]?.value), /https:\/\/127\.0\.0\.1:/);
      assert.equal(outputs["url"]?.value, "https://10.8.0.1:6443");
      assert.equal(outputs["dns"]?.value, "10.43.0.10");
      const secret = Object.keys(outputs).filter((name) => outputs[name]?.secret);
      assert.deepEqual(secret.sort(), ["key", "kubeconfig", "state"]);
    });

    it("makes nodes as RKE leaves them: roles, labels, taints, addresses", async () => {
      const role = "node-role.kubernetes.io";
      const control = await plane.core.readNode({ name: "control-1" });
      // RKE's own, and what the chart of the cloud controller looks for.
      for (const label of ["etcd", "controlplane", "control-plane"]) {
        assert.equal(control.metadata?.labels?.[`${role}/${label}`], "true", label);
      }
      assert.equal(control.metadata?.annotations?.["rke.cattle.io/internal-ip"], "10.8.0.1");
      const taints = control.spec?.taints?.map(({ key, effect }) => `${key}:${effect}`) ?? [];
      assert.deepEqual(taints.filter((one) => one.startsWith(role)).sort(), [
        `${role}/controlplane:NoSchedule`,
        `${role}/etcd:NoExecute`,
      ]);
      const work = await plane.core.readNode({ name: "work-1" });
      assert.equal(work.metadata?.labels?.["eo/pool"], "work");
      const address = work.status?.addresses?.find(({ type }) => type === "InternalIP")?.address;
      assert.equal(address, "10.8.0.11");
    });

    it("has nothing to do a second time, nor after a refresh", async () => {
      assert.deepEqual(await changes(), { same: 2 });
      const refresh = await stack.refresh({ expectNoChanges: true });
      assert.deepEqual(refresh.summary.resourceChanges, { same: 2 });
    });

    it("takes in workers and lets go of them, and touches no other node", async () => {
      const before = await plane.core.readNode({ name: "work-1" });
      workers = 4;
      assert.deepEqual(await changes(), { same: 1, update: 1 });
      assert.equal((await names()).length, 7);
      workers = 1;
      assert.deepEqual(await changes(), { same: 1, update: 1 });
      assert.deepEqual(await names(), ["control-1", "control-2", "control-3", "work-1"]);
      const after = await plane.core.readNode({ name: "work-1" });
      assert.equal(after.metadata?.uid, before.metadata?.uid);
      assert.equal(authority(await rkeState(stack)), certificate);
    });

    it("removes its nodes with the cluster", async () => {
      await stack.destroy();
      assert.deepEqual(await names(), []);
    });
  });
});

function outputsOf(workers: number) {
  const made = new rke.Cluster("cluster", cluster(workers));
  return {
    kubeconfig: made.kubeConfigYaml,
    state: made.rkeState,
    key: made.clientKey,
    url: made.apiServerUrl,
    dns: made.clusterDnsServer,
  };
}

interface FullState {
  desiredState: {
    rkeConfig?: { nodes: unknown[] };
    certificatesBundle: Record<string, { certificatePEM: string }>;
  };
  currentState: { rkeConfig?: { nodes: unknown[] } };
}

const exported = z.object({
  deployment: z.object({
    resources: z.array(z.object({ outputs: z.record(z.string(), z.unknown()).optional() })),
  }),
});
const secret = z.object({ plaintext: z.string() });

/** RKE's own state, out of the stack's, which the Automation API exports with secrets shown. */
async function rkeState(stack: automation.Stack): Promise<FullState> {
  const { deployment } = exported.parse(await stack.exportStack());
  const [state] = deployment.resources.flatMap(({ outputs }) => outputs?.["rkeState"] ?? []);
  const text = z.string().parse(JSON.parse(secret.parse(state).plaintext));
  return JSON.parse(text) as FullState;
}

function nodesIn({ desiredState, currentState }: FullState) {
  return {
    desired: desiredState.rkeConfig?.nodes.length ?? 0,
    current: currentState.rkeConfig?.nodes.length ?? 0,
  };
}

/** The certificate of the cluster's authority: a new one would lock everybody out. */
function authority({ desiredState }: FullState): string {
  return desiredState.certificatesBundle["kube-ca"]?.certificatePEM ?? "";
}
