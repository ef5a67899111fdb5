import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { readChart } from "../../components/base/chartSource";
import type { Chart } from "../../components/charts";

const crd = (name: string) =>
  `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${name}
  annotations: { tool: "1" }
spec:
  group: example.org
`;

const chart: Chart = {
  name: "specimen",
  repository: "https://charts.example.org",
  version: "1.2.3",
  crds: ["as.example.org", "bs.example.org"],
};

/** Writes the chart's folder; both CRDs in one file, and one object that is none. */
async function writeChart(folder: string, version = chart.version): Promise<void> {
  await mkdir(join(folder, "crds"), { recursive: true });
  await writeFile(join(folder, "Chart.yaml"), `name: specimen\nversion: ${version}\n`);
  const documents = [...chart.crds.map(crd), "kind: ConfigMap\nmetadata: { name: x }\n"];
  await writeFile(join(folder, "crds", "all.yaml"), documents.join("---\n"));
  await writeFile(join(folder, "values.yaml"), "{}\n");
}

describe("a chart's source", () => {
  let folder: string;
  let packed: Buffer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "eo-charts-"));
    await writeChart(join(folder, "packing", "specimen"));
    await create({ gzip: true, cwd: join(folder, "packing"), file: join(folder, "specimen.tgz") }, [
      "specimen",
    ]);
    packed = await readFile(join(folder, "specimen.tgz"));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const mirror = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(path);
    return path;
  };

  const assertRead = async (source: string, from: Chart = chart) => {
    const content = await readChart(from, source);
    assert.deepEqual(Object.keys(content?.crds ?? {}), chart.crds);
    assert.deepEqual(content?.crds["bs.example.org"]?.spec, { group: "example.org" });
    return content;
  };

  it("may be a folder with the packed chart", async () => {
    const path = await mirror("packed");
    await writeFile(join(path, "specimen-1.2.3.tgz"), packed);
    assert.equal((await assertRead(path))?.path, `${path}/specimen-1.2.3.tgz`);
  });

  for (const name of ["specimen-1.2.3", "specimen"]) {
    it(`may be a folder with the unpacked chart as ${name}/`, async () => {
      const path = await mirror(`unpacked-${name}`);
      await writeChart(join(path, name));
      assert.equal((await assertRead(path))?.path, `${path}/${name}`);
    });
  }

  it("is refused when it holds another version", async () => {
    const path = await mirror("older");
    await writeChart(join(path, "specimen"), "1.2.2");
    await assert.rejects(readChart(chart, path), /holds chart specimen 1\.2\.2, not .*1\.2\.3/);
  });

  it("is refused when the chart is not there, with what to do", async () => {
    const path = await mirror("empty");
    await assert.rejects(readChart(chart, path), /looked for specimen-1\.2\.3\.tgz.*helm pull/);
  });

  it("is refused when a listed CRD is missing in the archive", async () => {
    const path = await mirror("lacking");
    await writeChart(join(path, "specimen"));
    const wanted = { ...chart, crds: [...chart.crds, "cs.example.org"] };
    await assert.rejects(readChart(wanted, path), /lacks cs\.example\.org/);
  });

  it("is refused when the bytes are not those of the lock file", async () => {
    const path = await mirror("digest");
    await writeFile(join(path, "specimen-1.2.3.tgz"), packed);
    const sha256 = createHash("sha256").update(packed).digest("hex");
    const digest = { sha256, source: "there", date: "2026-01-01" };
    await assertRead(path, { ...chart, digest });
    const other = { ...chart, digest: { ...digest, sha256: "0".repeat(64) } };
    await assert.rejects(readChart(other, path), /has the digest .* but 0{64} was locked/);
  });

  it("is refused when the archive is none", async () => {
    const path = await mirror("broken");
    await writeFile(join(path, "specimen-1.2.3.tgz"), "no archive");
    await assert.rejects(readChart(chart, path), /ChartError/);
  });

  describe("over the network", () => {
    let server: Server;
    let base: string;
    let answer: (request: IncomingMessage, response: ServerResponse) => void;

    before(async () => {
      server = createServer((request, response) => answer(request, response));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      assert.ok(typeof address === "object" && address !== null);
      base = `127.0.0.1:${address.port}`;
    });

    after(() => server.close());

    it("may be an HTTP repository, whose index says where the archive lies", async () => {
      answer = ({ url }, response) => {
        if (url === "/charts/index.yaml") {
          response.end(
            "entries:\n  specimen:\n    - { version: 1.2.2, urls: [old.tgz] }\n" +
              "    - { version: 1.2.3, urls: [files/new.tgz] }\n",
          );
        } else if (url === "/charts/files/new.tgz") response.end(packed);
        else response.writeHead(404).end();
      };
      await assertRead(`http://${base}/charts/`);
      await assert.rejects(
        readChart({ ...chart, version: "9.0.0" }, `http://${base}/charts`),
        /is not listed in/,
      );
      await assert.rejects(readChart(chart, `http://${base}/nothing`), /answered 404/);
    });

    it("may be an OCI registry that hands out tokens to anyone", async () => {
      answer = ({ url = "", headers }, response) => {
        if (url.startsWith("/token")) {
          assert.match(url, /service=reg&scope=repository/);
          return void response.end(JSON.stringify({ token: "pass" }));
        }
        if (headers.authorization !== "Bearer pass") {
          const challenge = `Bearer realm="http://${base}/token",service="reg",scope="repository:x:pull"`;
          return void response.writeHead(401, { "www-authenticate": challenge }).end();
        }
        if (url === "/v2/charts/specimen/manifests/1.2.3") {
          const mediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
          return void response.end(JSON.stringify({ layers: [{ mediaType, digest: "sha256:a" }] }));
        }
        if (url === "/v2/charts/specimen/blobs/sha256:a") return void response.end(packed);
        response.writeHead(404).end();
      };
      await assertRead(`oci://${base}/charts`);
    });

    it("is refused when a registry wants credentials, or nobody answers", async () => {
      answer = (_request, response) =>
        void response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
      await assert.rejects(readChart(chart, `oci://${base}/charts`), /wants credentials/);
      await assert.rejects(
        readChart(chart, "http://127.0.0.1:1"),
        /cannot be reached.*chartMirror/,
      );
    });
  });
});
