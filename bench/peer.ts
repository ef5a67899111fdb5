import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { LocalPaths } from "../embedded/local/paths";
import { stateOf, type StateResource } from "./state";

type Json = Record<string, unknown>;
type Resource = Pick<StateResource, "type" | "inputs">;

/** Scripts that deploy and remove with helm and kubectl what the stack's state says is deployed. */
export interface Peer {
  readonly up: string;
  readonly destroy: string;
}

/** What goes before the releases: they and everything else stand on it. */
const foundations = ["CustomResourceDefinition", "Namespace"];

/**
 * Writes the peer of the deployed stack into `dir`: the same objects, charts and values, so that the
 * two differ in who deploys them only.
 */
export async function writePeer(paths: LocalPaths, bin: string, dir: string): Promise<Peer> {
  const state = await stateOf(paths, bin, "local");
  const resources = state.filter(({ type }) => type.startsWith("kubernetes:"));
  const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const objects = resources.filter((resource) => !releases.includes(resource));
  const isFoundation = ({ inputs }: Resource) => foundations.includes(String(inputs["kind"]));
  const write = async (name: string, content: readonly Json[]) => {
    const file = path.join(dir, name);
    const list = { apiVersion: "v1", kind: "List", items: content };
    await writeFile(file, JSON.stringify(list), { mode: 0o600 });
    return file;
  };
  const inputs = (chosen: readonly Resource[]) => chosen.map((resource) => resource.inputs);
  const below = await write("foundations.json", inputs(objects.filter(isFoundation)));
  const above = await write("objects.json", inputs(objects.filter((o) => !isFoundation(o))));
  const charts = await Promise.all(releases.map((release) => chartOf(release.inputs, dir)));
  return {
    up: [
      `kubectl apply --server-side -f ${below}`,
      `kubectl wait --for=condition=Established --timeout=60s crd --all`,
      ...charts.map((c) => `helm upgrade --install ${c.name} ${c.chart} ${c.flags} --atomic`),
      `kubectl apply --server-side -f ${above}`,
      "kubectl wait sparkapplications --all -A --for=jsonpath='{.status.applicationState.state}'=RUNNING --timeout=120s",
    ].join("\n"),
    destroy: [
      `kubectl delete -f ${above} --wait`,
      ...charts.map((c) => `helm uninstall ${c.name} --namespace ${c.namespace} --wait`),
      `kubectl delete -f ${below} --wait`,
    ].join("\n"),
  };
}

async function chartOf(inputs: Json, dir: string) {
  const text = (key: string) => {
    const value = inputs[key];
    return typeof value === "string" ? value : "";
  };
  const [name, namespace] = [text("name"), text("namespace")];
  const values = path.join(dir, `${name}.json`);
  await writeFile(values, JSON.stringify(inputs["values"] ?? {}), { mode: 0o600 });
  const skip = inputs["skipCrds"] === true ? "--skip-crds" : "";
  return { name, namespace, chart: text("chart"), flags: `-n ${namespace} -f ${values} ${skip}` };
}
