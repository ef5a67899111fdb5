import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { eventually, startPlatform, up, type Platform } from "../support/platform";

/** What the stack `local` must show, as a user's kubectl sees it. */
const app = ["get", "sparkapplication", "openeo", "-n", "spark-jobs"];

describe("the stack local, on the real engine", function () {
  this.timeout(300_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
    await up(platform);
  });
  after(async () => platform.stop());

  const state = () => platform.kubectl(...app, "-o", "jsonpath={.status.applicationState.state}");
  const noChanges = (changes: Record<string, number>) =>
    assert.deepEqual(Object.keys(changes), ["same"], JSON.stringify(changes));

  it("runs openEO: the real operator gives its SparkApplication a state", async () => {
    assert.equal(await eventually(state, (value) => value === "RUNNING"), "RUNNING");
  });

  it("shows the driver pod, as the operator's webhook changed it", async () => {
    const json = await platform.kubectl(
      "get",
      "pod",
      "openeo-driver",
      "-n",
      "spark-jobs",
      "-o",
      "json",
    );
    const pod = JSON.parse(json) as {
      spec: { containers: { env: { name: string; valueFrom?: { secretKeyRef?: object } }[] }[] };
    };
    const env = pod.spec.containers.flatMap((container) => container.env);
    const key = env.find(({ name }) => name === "AWS_SECRET_ACCESS_KEY");
    assert.ok(key?.valueFrom?.secretKeyRef, "the S3 key is not injected from its Secret");
  });

  it("shows the rights, the catalogue, the Service and the Ingress of openEO", async () => {
    const kinds = "serviceaccount,role,rolebinding,configmap,service,ingress";
    const names = await platform.kubectl("get", kinds, "-n", "spark-jobs", "-o", "name");
    for (const kind of [
      "serviceaccount",
      "role.",
      "rolebinding.",
      "configmap",
      "service",
      "ingress.",
    ]) {
      assert.match(names, new RegExp(`^${kind}.*openeo`, "m"));
    }
  });

  it("changes nothing on a second up", async () => {
    noChanges(await up(platform));
  });

  it("finds nothing on a refresh", async () => {
    const run = await platform.engine("refresh", "--preview-only", "--expect-no-changes");
    assert.equal(run.exitCode, 0, run.all);
  });

  it("finds a change by hand and mends it", async () => {
    await platform.kubectl("delete", "ingress", "--all", "-n", "spark-jobs");
    await platform.kubectl("label", "namespace", "spark-jobs", "by-hand=yes");
    const role = ["role", "--all", "-n", "spark-jobs"];
    await platform.kubectl(
      "patch",
      ...role.slice(0, 1),
      await roleName(platform),
      "-n",
      "spark-jobs",
      "--type=json",
      '-p=[{"op":"remove","path":"/rules/0"}]',
    );
    const changes = await up(platform, "--refresh");
    assert.equal(changes["create"], 1, JSON.stringify(changes));
    assert.equal(changes["update"], 1, JSON.stringify(changes));
    noChanges(await up(platform));
  });

  it("updates only what a changed value touches", async () => {
    await platform.configure({ traefik: { replicas: 2 } });
    const changes = await up(platform);
    assert.deepEqual(Object.keys(changes).sort(), ["same", "update"]);
    assert.equal(changes["update"], 1);
    await platform.configure({});
    await up(platform);
  });

  it("keeps every secret out of the state, its backups, the logs and the charts' values", async () => {
    const secrets = await secretValues(platform);
    assert.ok(secrets.length >= 3, "the stack has fewer secrets than expected");
    const hits = await filesWith(platform.paths.dir, secrets, (file) => !isPrivate(platform, file));
    assert.deepEqual(hits, []);
  });

  it("destroy leaves no object behind", async () => {
    const run = await platform.engine("destroy", "--yes", "--skip-preview");
    assert.equal(run.exitCode, 0, run.all);
    const kinds = "namespaces,crd,clusterroles,clusterrolebindings,ingressclass,pv";
    const left = await platform.kubectl("get", kinds, "-o", "name");
    assert.doesNotMatch(left, /spark|openeo|traefik|object-store|persistentvolume/);
    const webhooks = "mutatingwebhookconfigurations,validatingwebhookconfigurations";
    assert.equal(await platform.kubectl("get", webhooks, "-o", "name"), "");
  });
});

async function roleName(platform: Platform): Promise<string> {
  const names = await platform.kubectl("get", "role", "-n", "spark-jobs", "-o", "name");
  const own = names.split("\n").find((name) => name.includes("openeo"));
  return own?.split("/")[1] ?? assert.fail(`no role of openEO in: ${names}`);
}

/** The values of the Secrets of ours in the cluster: what must be found nowhere else. */
async function secretValues(platform: Platform): Promise<string[]> {
  const json = await platform.kubectl("get", "secrets", "-n", "spark-jobs", "-o", "json");
  const { items } = JSON.parse(json) as {
    items: { type: string; data?: Record<string, string> }[];
  };
  return items
    .filter(({ type }) => type === "Opaque")
    .flatMap(({ data = {} }) => Object.values(data))
    .map((value) => Buffer.from(value, "base64").toString())
    .filter((value) => value.length >= 12);
}

/** etcd is the cluster's store: there the Secrets live. */
function isPrivate(platform: Platform, file: string): boolean {
  return file.startsWith(path.join(platform.paths.dir, "control-plane/etcd"));
}

async function filesWith(
  dir: string,
  values: readonly string[],
  wanted: (file: string) => boolean,
): Promise<string[]> {
  const forms = values.flatMap((value) => [value, Buffer.from(value).toString("base64")]);
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(wanted);
  const hits = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, "latin1");
      return forms.some((form) => text.includes(form)) ? [file] : [];
    }),
  );
  return hits.flat();
}
