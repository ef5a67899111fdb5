import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { execa } from "execa";
import { parse, parseAllDocuments, stringify } from "yaml";
import { readChartFolder } from "../../components/base/chartArchive";
import { charts } from "../../components/charts";
import { traefikValues } from "../../components/services/values/traefik";
import { program } from "../components/programs";
import { at, listAt } from "../components/recording";
import { sharedChart } from "../components/sharedCharts";

const folder = resolve(__dirname, "../../embedded/charts/traefik");

const read = async (file: string): Promise<unknown> =>
  parse(await readFile(join(folder, file), "utf8"));

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object of a values schema with its path; a map's values have the path `*`. */
function* objectsOf(schema: unknown, path = ""): Generator<[string, Record<string, unknown>]> {
  if (!isMap(schema)) return;
  const { properties, additionalProperties } = schema;
  yield [path, schema];
  if (isMap(properties)) {
    for (const [key, inner] of Object.entries(properties)) {
      yield* objectsOf(inner, path === "" ? key : `${path}.${key}`);
    }
  }
  yield* objectsOf(additionalProperties, `${path}.*`);
}

const keysOf = (schema: Record<string, unknown> | undefined): string[] =>
  isMap(schema?.["properties"]) ? Object.keys(schema["properties"]).sort() : [];

/** Whether a schema's object has keys of its own and takes no other. */
const isClosed = (schema: Record<string, unknown>): boolean =>
  schema["additionalProperties"] === false;

const values = traefikValues({
  ingressClassName: "traefik",
  isDefaultClass: true,
  replicas: 2,
  serviceType: "LoadBalancer",
  serviceAnnotations: { "example.org/pool": "a" },
});

describe("the rendition of Traefik's chart", () => {
  it("says that it is none of Traefik's, and bears the version that is deployed", async () => {
    const about = await read("Chart.yaml");
    assert.match(String(at(about, "description")), /rendition/);
    assert.equal(at(about, "version"), charts.traefik.version);
    assert.equal(at(about, "name"), charts.traefik.name);
  });

  it("takes exactly the value keys of the chart, and leaves free what is free there", async function () {
    const real = new Map(objectsOf(sharedChart(this, "traefik", "values.schema.json")));
    const ours = new Map(objectsOf(await read("values.schema.json")));
    const paths = [...real].filter(([, schema]) => keysOf(schema).length > 0);
    assert.ok(paths.length > 100);
    for (const [path, schema] of paths) {
      assert.deepEqual(keysOf(ours.get(path)), keysOf(schema), path);
    }
    for (const [path, schema] of ours) {
      if (keysOf(schema).length === 0) assert.ok(!isClosed(schema), `${path} is not free`);
      // Where the chart refuses unknown keys, so does the rendition.
      const chart = real.get(path);
      if (chart && isClosed(chart)) assert.ok(isClosed(schema), `${path} is not closed`);
    }
  });

  it("takes all values that the chart comes with, and no misspelt one", async function () {
    const real = sharedChart(this, "traefik", "values.yaml");
    const schema = await read("values.schema.json");
    assert.ok(isMap(schema) && isMap(real));
    const validate = new Ajv({ strict: false }).compile(schema);
    assert.ok(validate(real), JSON.stringify(validate.errors));
    assert.ok(validate({ nodeSelector: { any: "thing" }, ports: { extra: { port: 1 } } }));
    assert.ok(!validate({ deployment: { replica: 2 } }));
    assert.ok(!validate({ ports: { web: { ports: 1 } } }));
  });

  it("defines the CRDs that the program owns, for any specification", async () => {
    const { crds } = await readChartFolder(charts.traefik, join(folder, ".."));
    assert.deepEqual(Object.keys(crds).sort(), [...charts.traefik.crds].sort());
    for (const [name, { spec }] of Object.entries(crds)) {
      assert.equal(`${String(at(spec, "names", "plural"))}.${String(at(spec, "group"))}`, name);
      const version = at(spec, "versions", 0);
      assert.equal(at(version, "name"), "v1alpha1");
      const path = ["schema", "openAPIV3Schema", "properties", "spec"];
      assert.equal(at(version, ...path, "x-kubernetes-preserve-unknown-fields"), true, name);
    }
  });

  describe("rendered", () => {
    let objects: Map<string, unknown>;

    before(async function () {
      const helm = await program(this, "helm");
      const scratch = await mkdtemp(join(tmpdir(), "eo-rendition-"));
      try {
        const file = join(scratch, "values.yaml");
        await writeFile(file, stringify(values));
        const args = ["template", "traefik", folder, "--kube-version", "1.36.0"];
        args.push("--namespace", "web", "--values", file);
        const { stdout } = await execa(helm, args, { env: { HELM_CACHE_HOME: scratch } });
        objects = new Map(
          parseAllDocuments(stdout).map((document) => {
            const object: unknown = document.toJS();
            const [kind, name, namespace] = [
              at(object, "kind"),
              at(object, "metadata", "name"),
              at(object, "metadata", "namespace"),
            ].map(String);
            return [`${kind} ${namespace === "undefined" ? "" : `${namespace}/`}${name}`, object];
          }),
        );
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    });

    it("makes objects of the kinds, names and namespaces of the chart", () => {
      assert.deepEqual([...objects.keys()].sort(), [
        "ClusterRole traefik-web",
        "ClusterRoleBinding traefik-web",
        "Deployment web/traefik",
        "IngressClass traefik",
        "PodDisruptionBudget web/traefik",
        "Service web/traefik",
        "ServiceAccount web/traefik",
      ]);
    });

    it("does what the values say", () => {
      const deployment = objects.get("Deployment web/traefik");
      assert.equal(at(deployment, "spec", "replicas"), 2);
      const service = objects.get("Service web/traefik");
      assert.equal(at(service, "spec", "type"), "LoadBalancer");
      assert.equal(at(service, "metadata", "annotations", "example.org/pool"), "a");
      const className = "ingressclass.kubernetes.io/is-default-class";
      assert.equal(
        at(objects.get("IngressClass traefik"), "metadata", "annotations", className),
        "true",
      );
      const budget = objects.get("PodDisruptionBudget web/traefik");
      assert.equal(at(budget, "spec", "maxUnavailable"), 1);
    });

    it("runs pods that the restricted level lets in, behind ports that they have", () => {
      const pod = at(objects.get("Deployment web/traefik"), "spec", "template", "spec");
      assert.equal(at(pod, "securityContext", "runAsNonRoot"), true);
      assert.equal(at(pod, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
      const [container] = listAt(pod, "containers");
      assert.equal(at(container, "securityContext", "allowPrivilegeEscalation"), false);
      assert.deepEqual(at(container, "securityContext", "capabilities", "drop"), ["ALL"]);
      const ports = listAt(container, "ports").map((port) => at(port, "name"));
      const service = objects.get("Service web/traefik");
      const targets = listAt(service, "spec", "ports").map((port) => at(port, "targetPort"));
      assert.deepEqual(targets.sort(), ["web", "websecure"]);
      assert.ok(targets.every((target) => ports.includes(target)));
      const labels = at(
        objects.get("Deployment web/traefik"),
        "spec",
        "template",
        "metadata",
        "labels",
      );
      for (const [key, value] of Object.entries(at(service, "spec", "selector") ?? {})) {
        assert.equal(at(labels, key), value);
      }
    });
  });
});
