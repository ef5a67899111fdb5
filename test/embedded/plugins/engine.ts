import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type * as automation from "@pulumi/pulumi/automation";
import * as random from "@pulumi/random";
import { locateTools } from "../../../tools/toolchain";
import { inlineStack } from "../../support/inlineStack";
import { skip } from "../../support/skip";
import { eventually, newFolder } from "../control-plane/support";
import { writeChart } from "./chart";
import type { Use } from "./shared";

const canary = "canary-through-the-engine";

/** What changes between the updates of one program. */
interface Wishes {
  replicas: number;
  setting: string;
  cpu?: string;
}

export function engine(use: Use): void {
  describe("under the real engine", function () {
    this.timeout(240_000);
    let folder: string;
    let chart: string;
    let stack: automation.Stack;
    const wishes: Wishes = { replicas: 1, setting: "a" };
    const namespace = "engine";

    before(async function () {
      const { pulumi: program } = await locateTools(["pulumi"]).catch((error: Error) =>
        skip(this, `${error.message}; to get it: make tools`),
      );
      folder = await newFolder();
      chart = await writeChart();
      const { helm } = use().plane.tools;
      const tools = { pulumi: program, helm };
      const { kubeconfig } = use().plane;
      const run = () => platform(namespace, chart, wishes);
      stack = await inlineStack({ folder, kubeconfig, tools, run });
    });

    after(async () => {
      await rm(folder, { recursive: true, force: true });
      await rm(chart, { recursive: true, force: true });
    });

    it("brings everything up; secrets are in no file of the backend and in no output", async () => {
      const preview = await stack.preview();
      assert.deepEqual(preview.changeSummary, { create: 10 });
      const up = await stack.up();
      assert.deepEqual(up.summary.resourceChanges, { create: 10 });
      assert.equal(up.outputs["address"]?.value, "192.0.2.");
      assert.equal(up.outputs["password"]?.secret, true);
      assert.equal(up.outputs["status"]?.value, "deployed");
      await noCanary(folder, preview.stdout + up.stdout + up.stderr);
    });

    it("has nothing to do a second time, nor after a refresh", async () => {
      const up = await stack.up({ expectNoChanges: true });
      assert.deepEqual(up.summary.resourceChanges, { same: 10 });
      const refresh = await stack.refresh({ expectNoChanges: true });
      assert.deepEqual(refresh.summary.resourceChanges, { same: 10 });
    });

    it("changes what one value touches, and nothing else", async () => {
      wishes.replicas = 2;
      const up = await stack.up();
      assert.deepEqual(up.summary.resourceChanges, { same: 9, update: 1 });
    });

    it("gives a changed ConfigMap a new name, and with it the pods that read it", async () => {
      wishes.setting = "b";
      const up = await stack.up();
      assert.deepEqual(up.summary.resourceChanges, { same: 8, update: 1, replace: 1 });
    });

    it("finds edits by hand with and without a refresh, and sets them right", async () => {
      const edits = [
        ["scale", "deployment/web", "--replicas=4"],
        ["delete", "service", "web"],
        ["patch", "secret", "keys", '--patch={"stringData":{"password":"other"}}'],
        ["scale", "deployment/demo", "--replicas=3"],
      ];
      for (const edit of edits) await use().kubectl("--namespace", namespace, ...edit);
      const preview = await stack.preview();
      assert.deepEqual(preview.changeSummary, { same: 6, update: 4 });
      const refreshed = await stack.preview({ refresh: true });
      assert.notDeepEqual(refreshed.changeSummary, { same: 10 });
      await stack.up();
      await stack.up({ expectNoChanges: true });
      const web = await use().live("deployment", "web", namespace);
      assert.equal((web?.["spec"] as { replicas: number }).replicas, 2);
    });

    it("stops soon after Ctrl-C, and the next update goes on from there", async () => {
      wishes.cpu = "999";
      const stop = new AbortController();
      let said = "";
      const interrupted = stack
        .up({ signal: stop.signal, onOutput: (text) => (said += text) })
        .catch((error: unknown) => error);
      await eventually("pods are waited for", () =>
        /waiting: .*(Insufficient cpu|replicas)/.test(said) ? true : undefined,
      );
      stop.abort();
      assert.ok((await interrupted) instanceof Error);
      delete wishes.cpu;
      await stack.up();
      await stack.up({ expectNoChanges: true });
    });

    it("destroys everything", async () => {
      await stack.destroy();
      assert.equal(await use().live("namespace", namespace), undefined);
      await noCanary(folder, "");
    });
  });
}

/** A program that uses most of what the stand-ins have. */
function platform(namespace: string, chart: string, wishes: Wishes): Record<string, unknown> {
  const space = new k8s.core.v1.Namespace("space", { metadata: { name: namespace } });
  const { name } = space.metadata;
  const password = new random.RandomPassword("password", { length: 20 });
  const settings = new k8s.core.v1.ConfigMap("settings", {
    metadata: { namespace: name },
    data: { setting: wishes.setting },
  });
  new k8s.core.v1.Secret("keys", {
    metadata: { namespace: name, name: "keys" },
    stringData: { password: pulumi.secret(canary), generated: password.result },
  });
  const labels = { app: "web" };
  const resources = wishes.cpu === undefined ? {} : { requests: { cpu: wishes.cpu } };
  const envFrom = [{ configMapRef: { name: settings.metadata.name } }];
  new k8s.apps.v1.Deployment("web", {
    metadata: { namespace: name, name: "web" },
    spec: {
      replicas: wishes.replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "c", image: "nginx:1.27", envFrom, resources }] },
      },
    },
  });
  const service = new k8s.core.v1.Service("web", {
    metadata: { namespace: name, name: "web" },
    spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80 }] },
  });
  const yaml = `{apiVersion: v1, kind: ConfigMap, metadata: {name: read, namespace: ${namespace}}}`;
  new k8s.yaml.ConfigGroup("read", { yaml }, { dependsOn: space });
  const release = new k8s.helm.v3.Release("demo", {
    name: "demo",
    chart,
    namespace: name,
    timeout: 60,
    values: { password: pulumi.secret(canary) },
  });
  return {
    address: service.status.loadBalancer.ingress[0]?.ip.apply((ip) => ip.slice(0, 8)),
    password: password.result,
    status: release.status.status,
  };
}

/** Fails where the secret stands in a file of the folder or in a text, plain or in base64. */
async function noCanary(folder: string, output: string): Promise<void> {
  const forms = [canary, Buffer.from(canary).toString("base64").replace(/=+$/, "")];
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  assert.ok(files.length > 3, "the backend has written something");
  for (const entry of files) {
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file, "latin1");
    for (const form of forms) assert.ok(!content.includes(form), `${file} shows the secret`);
  }
  for (const form of forms) assert.ok(!output.includes(form), "the output shows the secret");
}
