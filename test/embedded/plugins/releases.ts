import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { JsonObject, Properties } from "../../../embedded/plugins/protocol/properties";
import { eventually, newFolder } from "../control-plane/support";
import { gadgets, serveRepository, writeChart } from "./chart";
import { NotInitialized, Plugin, properties, Resource } from "./plugin";
import { text, type Use } from "./shared";

const type = "kubernetes:helm.sh/v3:Release";
const canary = "canary-in-values";

export function releases(use: Use): void {
  describe("Helm releases", () => {
    let plugin: Plugin;
    let chart: string;
    let namespace: string;

    before(async () => {
      chart = await writeChart();
      namespace = await use().namespace("releases");
      // Releases find helm on PATH.
      const { plane } = use();
      const PATH = `${path.dirname(plane.tools.helm)}${path.delimiter}${process.env["PATH"]}`;
      plugin = await Plugin.start("kubernetes", { PATH });
      await plugin.configure({ kubeconfig: plane.kubeconfig });
      const crd = await plane.kubectl(["apply", "-f", "-"], JSON.stringify(gadgets));
      assert.equal(crd.exitCode, 0, crd.text);
    });

    after(async () => {
      await plugin.stop();
      await rm(chart, { recursive: true, force: true });
    });

    const inputs = (name: string, values: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
      name,
      namespace,
      chart,
      compat: "true",
      timeout: 20,
      values: { password: canary, ...values },
      ...more,
    });
    const secret = ["values", "password"];

    async function helm(...args: string[]): Promise<string> {
      const { helm: program } = use().plane.tools;
      const env = { KUBECONFIG: use().plane.kubeconfig };
      const run = await execa(program, [...args, "--namespace", namespace], { env });
      return run.stdout;
    }

    const history = async (name: string) =>
      (JSON.parse(await helm("history", name, "--output", "json")) as { status: string }[]).map(
        ({ status }) => status,
      );

    async function installed(name: string, values: JsonObject = {}, more: JsonObject = {}) {
      const resource = new Resource(plugin, type, name);
      await resource.apply(inputs(name, values, more), secret);
      return resource;
    }

    it("installs, tells status and names, leaves alone, upgrades, and uninstalls", async () => {
      const resource = await installed("whole");
      const { value } = resource.kept?.state ?? properties({});
      assert.deepEqual(value["status"], {
        name: "whole",
        namespace,
        revision: 1,
        status: "deployed",
        chart: "demo",
        version: "1.2.3",
        appVersion: "9",
      });
      assert.deepEqual(value["resourceNames"], {
        "Deployment.apps/apps/v1": ["releases/whole"],
        "Secret/v1": ["releases/whole"],
      });
      assert.equal((await resource.apply(inputs("whole"), secret)).step, "same");
      const upgraded = await resource.apply(inputs("whole", { replicas: 2 }), secret);
      assert.deepEqual(upgraded, { step: "update", paths: ["values.replicas"] });
      assert.deepEqual(await history("whole"), ["superseded", "deployed"]);
      await resource.delete();
      assert.equal(await use().live("deployment", "whole", namespace), undefined);
      assert.equal(await helm("list", "--all", "--short"), "");
    });

    it("passes null on, which takes a default of the chart's away", async () => {
      const resource = await installed("without", { image: "nginx:1.26", replicas: null });
      assert.match(await helm("get", "values", "without"), /^replicas: null$/m);
      assert.equal(
        (await resource.apply(inputs("without", { image: "nginx:1.26", replicas: null }), secret))
          .step,
        "same",
      );
      await resource.delete();
    });

    it("keeps values and manifest secret, and shows no secret to anybody else on the machine", async () => {
      const seen: string[] = [];
      const watching = new AbortController();
      const watch = (async () => {
        while (!watching.signal.aborted) seen.push(await helmCommandLines());
      })();
      const resource = await installed("hidden");
      watching.abort();
      await watch;
      const lines = seen.join("\n");
      if (process.platform === "linux") assert.match(lines, /upgrade/);
      assert.doesNotMatch(lines, new RegExp(canary));
      const places = (resource.kept?.state.secrets ?? []).map((one) => one.join("."));
      for (const place of ["values.password", "manifest", "__inputs"]) {
        assert.ok(places.includes(place), place);
      }
      assert.doesNotMatch(plugin.log.join("\n") + plugin.printed, new RegExp(canary));
    });

    const refused: [string, JsonObject, JsonObject, RegExp][] = [
      [
        "a key that the chart's schema does not know",
        { typo: 1 },
        {},
        /additional properties 'typo'/,
      ],
      [
        "a chart that is not there",
        {},
        { chart: "/nowhere/demo" },
        /the chart \/nowhere\/demo cannot be had: /,
      ],
      [
        "a version that the repository does not have",
        {},
        { chart: "demo", version: "9.9.9", repositoryOpts: { repo: "http://127.0.0.1:1/" } },
        /the chart demo version 9\.9\.9 cannot be had in http:\/\/127\.0\.0\.1:1\//,
      ],
    ];
    for (const [what, values, more, message] of refused) {
      it(`refuses ${what} before anything is changed`, async () => {
        const resource = new Resource(plugin, type, "refused");
        await assert.rejects(resource.plan(inputs("refused", values, more), secret), message);
      });
    }

    const edits: [string, (name: string) => Promise<unknown>, RegExp][] = [
      [
        "an object scaled",
        (name) =>
          use().kubectl("--namespace", namespace, "scale", `deployment/${name}`, "--replicas=4"),
        /Deployment releases\/.*: spec\.replicas by kubectl/,
      ],
      [
        "a label removed",
        (name) => use().kubectl("--namespace", namespace, "label", "deployment", name, "app-"),
        /Deployment releases\/.*: metadata\.labels\.app/,
      ],
      [
        "an object deleted",
        (name) => use().kubectl("--namespace", namespace, "delete", "secret", name),
        /Secret releases\/.* was deleted/,
      ],
      [
        "a custom object's field changed, which helm itself would not set right",
        (name) =>
          use().kubectl(
            "--namespace",
            namespace,
            "patch",
            "gadget",
            name,
            "--type=merge",
            '--patch={"spec":{"size":2}}',
          ),
        /Gadget releases\/.*: spec\.size by kubectl-patch/,
      ],
      [
        "values changed by helm",
        (name) => helm("upgrade", name, chart, "--reuse-values", "--set", "image=nginx:0"),
        /has other values: values\.image/,
      ],
      [
        "a release uninstalled",
        (name) => helm("uninstall", name, "--wait"),
        /was uninstalled outside of Pulumi/,
      ],
    ];
    for (const [index, [what, edit, message]] of edits.entries()) {
      it(`${what}: found, and set right`, async () => {
        const name = `edited-${index}`;
        const resource = await installed(name, { gadget: true });
        await edit(name);
        const begin = plugin.log.length;
        const wanted = inputs(name, { gadget: true });
        assert.equal((await resource.apply(wanted, secret)).step, "update");
        await eventually("it is said", () =>
          plugin.log.slice(begin).some((line) => message.test(line)) ? true : undefined,
        );
        assert.deepEqual(await resource.apply(wanted, secret), { step: "same", paths: [] });
        if (what.startsWith("a custom")) {
          const gadget = await use().live("gadget", name, namespace);
          assert.deepEqual(gadget?.["spec"], { size: 1 });
        }
      });
    }

    it("shows in a refresh what helm has now", async () => {
      const resource = await installed("refreshed");
      await helm("upgrade", "refreshed", chart, "--reuse-values", "--set", "replicas=2");
      await resource.refresh();
      const values = resource.kept?.inputs.value["values"] as JsonObject;
      assert.equal(values["replicas"], 2);
      await helm("uninstall", "refreshed", "--wait");
      assert.equal(await resource.refresh(), false);
    });

    const tooMuch = { cpu: "999" };

    it("rolls a failed upgrade back where it is atomic, and tells what the pods lacked", async () => {
      const resource = await installed("atomic");
      const failing = inputs("atomic", tooMuch, { atomic: true, timeout: 4 });
      await assert.rejects(
        resource.apply(failing, secret),
        /release releases\/atomic: .*rolled back due to atomic.*at last: Deployment releases\/atomic: .*Insufficient cpu/s,
      );
      assert.deepEqual((await history("atomic")).at(-1), "deployed");
      assert.equal((await resource.apply(inputs("atomic"), secret)).step, "same");
    });

    it("leaves nothing of a failed first installation where it is atomic", async () => {
      const resource = new Resource(plugin, type, "stillborn");
      const failing = inputs("stillborn", tooMuch, { atomic: true, timeout: 3 });
      await assert.rejects(resource.apply(failing, secret), /Insufficient cpu/);
      assert.equal(await use().live("deployment", "stillborn", namespace), undefined);
    });

    it("keeps the state of a failed upgrade, and the next one goes well and leaves nothing of it", async () => {
      const resource = await installed("failed");
      const kept = resource.kept as { id: string; inputs: Properties; state: Properties };
      const failing = inputs("failed", tooMuch, { timeout: 3 });
      await assert.rejects(resource.apply(failing, secret), (error: NotInitialized) => {
        assert.equal((error.state.value["status"] as JsonObject)["status"], "failed");
        resource.kept = { ...kept, state: error.state };
        return true;
      });
      assert.equal((await resource.apply(inputs("failed"), secret)).step, "update");
      const live = await use().live("deployment", "failed", namespace);
      assert.doesNotMatch(text(live?.["spec"]), /999/);
    });

    it("takes up its own interrupted upgrade, and leaves somebody else's alone", async () => {
      const resource = await installed("interrupted");
      const pending = (revision: number) =>
        use().kubectl(
          "--namespace",
          namespace,
          "get",
          "secret",
          `sh.helm.release.v1.interrupted.v${revision}`,
        );
      // Killed by its id while it waits for pods that never come.
      const other = await Plugin.start("kubernetes", {
        PATH: `${path.dirname(use().plane.tools.helm)}${path.delimiter}${process.env["PATH"]}`,
      });
      await other.configure({ kubeconfig: use().plane.kubeconfig });
      const working = new Resource(other, type, "interrupted");
      working.kept = resource.kept;
      const update = working.apply(inputs("interrupted", tooMuch), secret).catch(() => undefined);
      await eventually("helm works at revision 2", () => pending(2));
      await other.kill();
      await update;
      assert.deepEqual(await history("interrupted"), ["deployed", "pending-upgrade"]);
      const stranger = new Resource(plugin, type, "stranger");
      stranger.kept = resource.kept;
      const changed = inputs("interrupted", { replicas: 2 });
      await assert.rejects(
        stranger.apply(changed, secret),
        /release releases\/interrupted.* is pending-upgrade by somebody else's helm.*helm rollback/,
      );
      assert.equal((await resource.apply(changed, secret)).step, "update");
      assert.equal((await history("interrupted")).at(-1), "deployed");
    });

    it("refuses a release that somebody else has installed", async () => {
      await helm("install", "theirs", chart);
      const resource = new Resource(plugin, type, "theirs");
      await assert.rejects(
        resource.apply(inputs("theirs"), secret),
        /release releases\/theirs is in the cluster already.*helm uninstall/,
      );
    });

    it("takes a chart from an archive, and from a repository with a password", async () => {
      const folder = await newFolder();
      await helm("package", chart, "--destination", folder);
      const archive = path.join(folder, "demo-1.2.3.tgz");
      const fromArchive = await installed("archived", {}, { chart: archive });
      await fromArchive.delete();
      const repository = await serveRepository(archive);
      const repositoryOpts = { repo: repository.url, username: "user", password: "canary-of-repo" };
      const resource = new Resource(plugin, type, "fetched");
      const wanted = inputs("fetched", {}, { chart: "demo", version: "1.2.3", repositoryOpts });
      await resource.apply(wanted, secret, ["repositoryOpts", "password"]);
      assert.ok(repository.asked > 0, "the repository was asked with its password");
      await repository.close();
      await rm(folder, { recursive: true, force: true });
    });
  });
}

/** The arguments of all running helm programs; empty where the system does not tell. */
async function helmCommandLines(): Promise<string> {
  const run = await execa("ps", ["-eo", "args"], { reject: false });
  return run.stdout
    .split("\n")
    .filter((line) => /\bhelm upgrade\b/.test(line))
    .join("\n");
}
