import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { parseAllDocuments, stringify } from "yaml";
import { masked, type Recorded } from "./record";
import { charts, recordStack } from "./recordStack";
import { placeholderNotes, type Answer } from "./graph";

const releaseType = "kubernetes:helm.sh/v3:Release";

/**
 * All Kubernetes objects of a stack as a YAML stream: those of the program, and those of its charts
 * where the chart is there. Secret values are masked.
 *
 * @param helm the helm program; undefined where there is none: no chart is rendered then
 */
export async function render(stack: string, helm: string | undefined): Promise<Answer> {
  const { resources, settings, missingSecrets } = await recordStack(stack, charts);
  const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const documents: string[] = [];
  const notes = placeholderNotes(missingSecrets);
  for (const resource of objects) {
    if (resource.type !== releaseType) {
      // kubectl reads YAML 1.1, where NO is no text.
      documents.push(stringify(resource.inputs, { version: "1.1" }));
      continue;
    }
    const rendered = await renderRelease(resource, settings.kubernetesVersion, helm);
    if (rendered.why !== undefined) notes.push(rendered.why);
    documents.push(...rendered.documents);
  }
  return { text: documents.map((document) => `---\n${document}`).join(""), notes };
}

interface Rendered {
  readonly documents: readonly string[];
  /** Why the chart was not rendered. */
  readonly why?: string;
}

async function renderRelease(
  { name, inputs }: Recorded,
  kubernetesVersion: string,
  helm: string | undefined,
): Promise<Rendered> {
  const release = text(inputs["name"]) || name;
  const notRendered = (reason: string): Rendered => {
    const why = `chart of release ${release} not rendered: ${reason}`;
    return { documents: [`# ${why}\n`], why };
  };
  if (helm === undefined) return notRendered("no helm on PATH or in the tool cache (`make tools`)");

  const dir = await mkdtemp(path.join(tmpdir(), "eo-render-"));
  try {
    const values = path.join(dir, "values.yaml");
    await writeFile(values, stringify(inputs["values"] ?? {}), { mode: 0o600 });
    const args = ["template", release, text(inputs["chart"]), "--values", values];
    const version = [
      "--kube-version",
      `${kubernetesVersion}.0`,
      "--version",
      text(inputs["version"]),
    ];
    const where = [...namespaceOf(inputs), ...repositoryOf(inputs), "--skip-crds"];
    const run = await execa(helm, [...args, ...version, ...where], { reject: false });
    if (run.exitCode !== 0) return notRendered(firstLine(run.stderr));
    return { documents: parseAllDocuments(run.stdout).flatMap(maskedDocument) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function namespaceOf(inputs: Recorded["inputs"]): string[] {
  const namespace = text(inputs["namespace"]);
  return namespace === "" ? [] : ["--namespace", namespace];
}

function repositoryOf(inputs: Recorded["inputs"]): string[] {
  const options = inputs["repositoryOpts"];
  const repository =
    typeof options === "object" && options !== null && "repo" in options ? text(options.repo) : "";
  return repository === "" ? [] : ["--repo", repository];
}

/** A chart may make up secrets of its own: none of their values is shown. */
function maskedDocument(document: { toJS(): unknown }): string[] {
  const object: unknown = document.toJS();
  if (typeof object !== "object" || object === null) return [];
  const hidden = Object.entries(object).map(([key, value]: [string, unknown]) =>
    "kind" in object && object.kind === "Secret" && ["data", "stringData"].includes(key)
      ? [key, maskValues(value)]
      : [key, value],
  );
  return [stringify(Object.fromEntries(hidden))];
}

const maskValues = (values: unknown): unknown =>
  typeof values === "object" && values !== null
    ? Object.fromEntries(Object.keys(values).map((key) => [key, masked]))
    : values;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const firstLine = (output: string): string => output.trim().split("\n")[0] ?? "";
