import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import { execa } from "execa";
import { CinderCsi, CloudController } from "../../components";
import { addCloudProvider } from "../../embedded/charts/cloudProvider";
import { locateTools } from "../../tools/toolchain";
import { cloudProvider } from "../components/programs";
import {
  newFolder,
  startForTest,
  toolsOrSkip,
  type TestControlPlane,
} from "../embedded/control-plane/support";
import { inlineStack } from "../support/inlineStack";

const canary = "canary-of-the-application-credential";

/** What a release has as values, as `helm get values` shows them. */
const releases = ["cloud-controller", "cinder-csi"];

for (const kubernetes of ["1.31", "1.36"] as const) {
  describe(`the charts of cloud-provider-openstack for ${kubernetes}, by the real engine and helm`, function () {
    this.timeout(240_000);
    let plane: TestControlPlane;
    let folder: string;
    let stack: automation.Stack;
    let region = "RegionOne";

    before(async function () {
      const folders = await cloudProvider(this, kubernetes);
      const tools = { ...(await toolsOrSkip(this)), ...(await locateTools(["pulumi"])) };
      folder = await newFolder();
      const dir = path.join(folder, "charts");
      await mkdir(dir);
      await addCloudProvider({ dir, kubernetes, ...folders });
      plane = await startForTest(tools);
      const { kubeconfig } = plane;
      stack = await inlineStack({ folder, kubeconfig, tools, run: () => program(dir) });
      const name = (await plane.core.listNode()).items[0]?.metadata?.name ?? "";
      await kubectl("label", "node", name, "node-role.kubernetes.io/control-plane=true");
    });

    after(async () => {
      await plane?.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    const program = (chartMirror: string) => {
      const common = {
        kubernetesVersion: kubernetes,
        clusterName: "test",
        access: {
          authUrl: "http://127.0.0.1:5000/v3",
          region,
          applicationCredentialId: "id",
          applicationCredentialSecret: canary,
        },
        chartMirror,
        timeoutSeconds: 60,
      };
      const controller = new CloudController("cloud-controller", {
        ...common,
        loadBalancers: { floatingNetworkId: "external", subnetId: "nodes" },
      });
      const cinder = new CinderCsi("cinder-csi", { ...common, cloudController: controller.ready });
      return { ready: controller.ready, classes: cinder.storageClasses };
    };

    async function kubectl(...args: string[]): Promise<string> {
      const { exitCode, text } = await plane.kubectl(args);
      assert.equal(exitCode, 0, text);
      return text;
    }

    it("bring up controller, driver and classes, the first on control-plane nodes", async () => {
      const { outputs } = await stack.up();
      assert.deepEqual(outputs["classes"]?.value, ["csi-cinder-sc-delete", "csi-cinder-sc-retain"]);
      const classes = await kubectl("get", "storageclass", "-o", "name");
      assert.match(classes, /csi-cinder-sc-delete[\s\S]*csi-cinder-sc-retain/);
      const ready = "jsonpath={.status.numberReady}";
      const daemonSet = ["-n", "kube-system", "get", "daemonset"];
      const controller = "openstack-cloud-controller-manager";
      assert.equal(await kubectl(...daemonSet, controller, "-o", ready), "1");
      const driver = "openstack-cinder-csi-nodeplugin";
      assert.equal(await kubectl(...daemonSet, driver, "-o", ready), "4");
    });

    it("mount the Secret; the credential is in no release, no output and no state", async () => {
      const pods = await kubectl("-n", "kube-system", "get", "pods", "-o", "yaml");
      assert.ok(pods.includes("secretName: cloud-controller-cloud-config"));
      assert.ok(pods.includes("secretName: cinder-csi-cloud-config"));
      assert.ok(!pods.includes(canary));
      const env = { KUBECONFIG: plane.kubeconfig };
      for (const release of releases) {
        const args = ["get", "all", release, "-n", "kube-system"];
        const { stdout } = await execa(plane.tools.helm, args, { env });
        assert.ok(stdout.includes(`${release}-cloud-config`));
        assert.ok(!stdout.includes(canary));
      }
      assert.deepEqual(await filesWith(folder, canary), []);
    });

    it("have nothing to do a second time", async () => {
      const { summary } = await stack.up({ expectNoChanges: true });
      assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("have new pods for another configuration", async () => {
      const generation = () =>
        kubectl(
          ...["-n", "kube-system", "get", "deployment", "openstack-cinder-csi-controllerplugin"],
          ...["-o", "jsonpath={.metadata.generation}"],
        );
      const before = await generation();
      region = "Other";
      await stack.up();
      assert.notEqual(await generation(), before);
      await stack.up({ expectNoChanges: true });
    });

    it("leave nothing behind", async () => {
      await stack.destroy();
      const kinds = "daemonset,deployment,secret,storageclass,csidriver,clusterrole";
      const left = await kubectl("get", kinds, "-A", "-o", "name");
      assert.doesNotMatch(left, /cinder|cloud-controller-manager|cloud-config/);
    });
  });
}

/** The files of a folder in which a text stands. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const hits = await Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return (await readFile(file, "latin1")).includes(text) ? [file] : [];
    }),
  );
  return hits.flat();
}
