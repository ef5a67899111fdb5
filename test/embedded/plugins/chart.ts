import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const templates = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {app: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec:
      containers:
      - name: c
        image: {{ .Values.image }}
        {{- with .Values.cpu }}
        resources: {requests: {cpu: {{ . | quote }}}}
        {{- end }}
---
apiVersion: v1
kind: Secret
metadata: {name: {{ .Release.Name }}}
stringData: {password: {{ .Values.password | quote }}}
{{- if .Values.gadget }}
---
apiVersion: releases.example.org/v1
kind: Gadget
metadata: {name: {{ .Release.Name }}}
spec: {size: 1}
{{- end }}
`;

const schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    replicas: { type: "integer" },
    image: { type: "string" },
    password: { type: "string" },
    cpu: { type: "string" },
    gadget: { type: "boolean" },
    global: {},
  },
};

/** Writes a small chart with a schema; returns its folder. */
export async function writeChart(version = "1.2.3"): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "eo-chart-"));
  await mkdir(path.join(folder, "templates"));
  const files = {
    "Chart.yaml": `apiVersion: v2\nname: demo\nversion: ${version}\nappVersion: "9"\n`,
    "values.yaml": "replicas: 1\nimage: nginx:1.27\npassword: none\ngadget: false\n",
    "values.schema.json": JSON.stringify(schema),
    "templates/all.yaml": templates,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** The custom kind that the chart can make an object of. */
export const gadgets = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "gadgets.releases.example.org" },
  spec: {
    group: "releases.example.org",
    scope: "Namespaced",
    names: { plural: "gadgets", singular: "gadget", kind: "Gadget" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        },
      },
    ],
  },
};

/** A chart repository on loopback that wants a password. */
export async function serveRepository(archive: string) {
  const content = await readFile(archive);
  let asked = 0;
  const server = createServer((request, response) => {
    const wanted = `Basic ${Buffer.from("user:canary-of-repo").toString("base64")}`;
    if (request.headers.authorization !== wanted) return response.writeHead(401).end();
    asked += 1;
    if (request.url?.endsWith(".tgz")) return response.end(content);
    return response.end(
      "apiVersion: v1\nentries: {demo: [{apiVersion: v2, name: demo, version: 1.2.3, urls: [demo-1.2.3.tgz]}]}\n",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get asked() {
      return asked;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
