import assert from "node:assert/strict";
import { toApi } from "../../../embedded/plugins/kubernetes/objects/shape";
import { at, numberAt, type JsonObject } from "../../../embedded/plugins/protocol/properties";
import { eventually } from "../control-plane/support";
import type { Resource } from "./plugin";
import { described, edits, json, namespace, notOurs } from "./editTable";
import { resourceFor, text, type Use } from "./shared";

/** Does `kubectl diff --server-side`, as the same field manager, see something to change? */
async function kubectlDiff(use: Use, inputs: JsonObject, resource: Resource): Promise<boolean> {
  const manager = text(resource.kept?.state.value["__fieldManager"]);
  const args = [
    "diff",
    "--server-side",
    "--force-conflicts",
    `--field-manager=${manager}`,
    "-f",
    "-",
  ];
  const run = await use().plane.kubectl(args, JSON.stringify(toApi(inputs)));
  assert.ok(run.exitCode <= 1, run.text);
  return run.exitCode === 1;
}

export function handEdits(use: Use): void {
  describe("finds what was edited by hand", () => {
    const resources = new Map<string, Resource>();

    before(async () => {
      await use().namespace(namespace);
      for (const [key, inputs] of Object.entries(described)) {
        const resource = resourceFor(use().plugin, inputs, key);
        resources.set(key, resource);
        await resource.apply(inputs);
      }
    });

    /** The plugin's verdict, and kubectl's. */
    async function verdicts(key: string) {
      const inputs = described[key] ?? {};
      const resource = resources.get(key) as Resource;
      const { diff } = await resource.plan(inputs);
      const byKubectl = await kubectlDiff(use, inputs, resource);
      return { inputs, resource, diff, byKubectl };
    }

    const settled = () =>
      eventually("the Deployment is settled", async () => {
        const web = await use().live("deployment", "web", namespace);
        const seen = numberAt(web, "status", "observedGeneration");
        const settling = numberAt(web, "status", "updatedReplicas") !== 2;
        const paused = at(web, "spec", "paused") === true;
        return seen === numberAt(web, "metadata", "generation") && (paused || !settling)
          ? true
          : undefined;
      });

    it("sees nothing where nothing was edited, and kubectl diff agrees", async () => {
      for (const key of Object.keys(described)) {
        const { diff, byKubectl } = await verdicts(key);
        assert.deepEqual([key, diff?.paths, byKubectl], [key, [], false]);
      }
    });

    for (const { what, of, kubectl, at: place } of edits) {
      it(`${what}: found as kubectl diff finds it, and set right`, async () => {
        await use().kubectl("--namespace", namespace, ...kubectl);
        const { inputs, resource, diff, byKubectl } = await verdicts(of);
        assert.equal(byKubectl, true, "kubectl diff");
        assert.ok(diff?.paths.includes(place), `${place} is not in ${diff?.paths.join(", ")}`);
        assert.deepEqual(diff?.replaces, []);
        assert.equal((await resource.apply(inputs)).step, "update");
        const after = await verdicts(of);
        assert.deepEqual([after.diff?.paths, after.byKubectl], [[], false]);
      });
    }

    it("shows an edit in a refresh as other inputs, and only there", async () => {
      await use().kubectl("--namespace", namespace, "scale", "deployment", "web", "--replicas=7");
      const web = resources.get("web") as Resource;
      const inputs = described["web"] ?? {};
      const before = web.kept?.inputs.value;
      assert.equal(await web.refresh(), true);
      const expected = structuredClone(before) as { spec: JsonObject };
      expected.spec["replicas"] = 7;
      assert.deepEqual(web.kept?.inputs.value, expected);
      assert.deepEqual(await web.apply(inputs), { step: "update", paths: ["spec.replicas"] });
      await web.refresh();
      assert.deepEqual(web.kept?.inputs.value, before);
    });

    for (const [what, of, kubectl] of notOurs) {
      it(`${what}: not the program's, and kubectl diff agrees`, async () => {
        await use().kubectl("--namespace", namespace, ...kubectl);
        // kubectl diff itself takes what a controller writes meanwhile for a difference.
        if (of === "web") await settled();
        const { diff, byKubectl } = await verdicts(of);
        assert.deepEqual([diff?.paths, byKubectl], [[], false]);
      });
    }

    it("a Service's port number changed, which merging cannot set right: set right all the same", async () => {
      const edit = json("service/front", "replace", "/spec/ports/0/port", 81);
      await use().kubectl("--namespace", namespace, ...edit);
      const inputs = described["front"] ?? {};
      const front = resources.get("front") as Resource;
      assert.ok((await front.plan(inputs)).diff?.paths.includes("spec.ports[0].port"));
      assert.equal((await front.apply(inputs)).step, "update");
      const ports = (await use().live("service", "front", namespace))?.["spec"] as JsonObject;
      assert.deepEqual(
        (ports["ports"] as JsonObject[]).map(({ port }) => port),
        [80],
      );
      assert.equal((await front.apply(inputs)).step, "same");
      const renamed = structuredClone(inputs) as { spec: { ports: JsonObject[] } };
      renamed.spec.ports = [{ name: "web", port: 8080 }];
      await front.apply(renamed);
      const after = (await use().live("service", "front", namespace))?.["spec"] as JsonObject;
      assert.equal((after["ports"] as JsonObject[]).length, 1, "what was set right stays ours");
    });

    it("names the field and who has edited it, and shows no value of a Secret", async () => {
      const patch = '{"stringData":{"password":"canary-by-hand"}}';
      await use().kubectl("--namespace", namespace, "patch", "secret", "keys", `--patch=${patch}`);
      const log = use().plugin.log;
      const begin = log.length;
      await verdicts("keys");
      const said = log.slice(begin).join("\n");
      assert.match(
        said,
        /Secret edits\/keys was changed outside of Pulumi by kubectl-patch.*data\.password/,
      );
      assert.doesNotMatch(said, /canary|Y2FuYXJ5/);
    });
  });
}
