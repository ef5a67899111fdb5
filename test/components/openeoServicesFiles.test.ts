import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "mocha";
import { execa } from "execa";
import { aggregatorConfiguration } from "../../components/services/openeoServices/aggregator";
import type { OpenEoAggregatorArgs } from "../../components/services/openeoServices/args";
import { webEditorConfiguration } from "../../components/services/openeoServices/webEditor";
import { skip } from "../support/skip";
import { openEoServicesArgs } from "./specimens";

/** Path of a program of this machine; skips the test where it is not there. */
async function own(context: Context, program: string, flag: string): Promise<string> {
  const { exitCode } = await execa(program, [flag], { reject: false });
  return exitCode === 0 ? program : skip(context, `${program} is not on PATH`);
}

/** The aggregator's classes as far as its configuration names them; tells what it was given. */
const aggregatorStandIn = `
import json, sys, types
class Given:
    def __init__(self, **fields): self.fields = fields
for name in ("openeo_aggregator", "openeo_driver", "openeo_driver.users"):
    sys.modules[name] = types.ModuleType(name)
config = types.ModuleType("openeo_aggregator.config")
config.AggregatorBackendConfig = Given
sys.modules["openeo_aggregator.config"] = config
oidc = types.ModuleType("openeo_driver.users.oidc")
oidc.OidcProvider = Given
sys.modules["openeo_driver.users.oidc"] = oidc
module = {}
exec(compile(sys.stdin.read(), "aggregator.py", "exec"), module)
print(json.dumps(module["config"].fields, default=lambda given: given.fields))
`;

describe("the aggregator's configuration", () => {
  const { aggregator } = openEoServicesArgs();
  const given = async (context: Context, changes: Partial<OpenEoAggregatorArgs> = {}) => {
    const python = await own(context, "python3", "--version");
    assert.ok(aggregator);
    const text = aggregatorConfiguration({ ...aggregator, ...changes }, ["https://editor.org"]);
    const { stdout } = await execa(python, ["-c", aggregatorStandIn], { input: text });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it("is Python that names the back-ends, and caches in each process", async function () {
    assert.deepEqual(await given(this), {
      id: "openeo-aggregator",
      capabilities_title: "openEO federation",
      capabilities_description: "A federation of openEO back-ends: one, two.",
      aggregator_backends: {
        one: "https://one.example.org/openeo/1.2",
        two: "https://two.example.org/openeo/1.2",
      },
      oidc_providers: [],
      memoizer: { type: "dict", config: {} },
    });
  });

  it("keeps cache and split jobs in ZooKeeper where there is one", async function () {
    const fields = await given(this, { zooKeeper: "zk.zk.svc:2181", cacheSeconds: 60 });
    const config = { zk_hosts: "zk.zk.svc:2181", default_ttl: 60 };
    assert.deepEqual(fields["memoizer"], { type: "zookeeper", config });
    assert.deepEqual(fields["partitioned_job_tracking"], { zk_hosts: "zk.zk.svc:2181" });
  });

  it("tells of login providers, and of the stack's web editor", async function () {
    const issuer = "https://login.example.org/realms/openeo";
    const own = { id: "own", issuer, title: "Own", clientId: "openeo-clients" };
    const fields = await given(this, {
      oidcProviders: [own, { id: "egi", issuer, title: "EGI" }],
    });
    const [first, second] = fields["oidc_providers"] as Record<string, unknown>[];
    const [client] = first?.["default_clients"] as Record<string, unknown>[];
    assert.equal(client?.["id"], "openeo-clients");
    assert.deepEqual(client["redirect_urls"], ["https://editor.org"]);
    assert.deepEqual(second, { id: "egi", issuer, title: "EGI", scopes: ["openid"] });
  });

  it("takes any text as text", async function () {
    const title = `"""+exit()\\'{{ .Values }} ü 🛰`;
    assert.equal((await given(this, { title }))["capabilities_title"], title);
  });
});

describe("the web editor's web server", () => {
  let dir: string;
  let server: ChildProcess | undefined;
  let address: string;

  before(async function () {
    const nginx = await own(this, "nginx", "-v");
    dir = await mkdtemp(join(tmpdir(), "eo-editor-"));
    // Started by root, nginx works as nobody.
    await chmod(dir, 0o755);
    const port = await freePort();
    await mkdir(join(dir, "html"));
    await writeFile(join(dir, "html", "index.html"), "the editor");
    await writeFile(join(dir, "html", "app.js"), "its program");
    // The image's paths and port become this machine's; all else is as it is deployed.
    const text = webEditorConfiguration("https://openeo.example.org/openeo?v=1&x=$y")
      .replaceAll("/tmp/", `${dir}/`)
      .replace("listen 8080", `listen 127.0.0.1:${port}`)
      .replace("/usr/share/nginx/html", join(dir, "html"))
      .replace("include /etc/nginx/mime.types;", "");
    await writeFile(join(dir, "nginx.conf"), text);
    const args = ["-e", "stderr", "-c", join(dir, "nginx.conf"), "-g", "daemon off;"];
    server = spawn(nginx, args, { stdio: "inherit" });
    address = `http://127.0.0.1:${port}`;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const up = await fetch(`${address}/healthz`).catch(() => undefined);
      if (up?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail("nginx does not answer");
  });

  after(async () => {
    const ended = server && new Promise((resolve) => server?.once("exit", resolve));
    server?.kill();
    await ended;
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  const ask = async (path: string) => {
    const answer = await fetch(`${address}${path}`, { redirect: "manual" });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
  };

  it("sends whoever names no back-end to the stack's, and keeps what else they said", async () => {
    const encoded = "https%3A%2F%2Fopeneo.example.org%2Fopeneo%3Fv%3D1%26x%3D%24y";
    const plain = await ask("/");
    assert.equal(plain.status, 302);
    assert.equal(plain.to, `/?server=${encoded}`);
    assert.equal((await ask("/?discover=1&a=b")).to, `/?server=${encoded}&discover=1&a=b`);
  });

  it("shows the editor to whoever names a back-end, or comes back from logging in", async () => {
    for (const query of ["server=https://other.example.org", "state=abc&code=def"]) {
      assert.deepEqual(await ask(`/?${query}`), { status: 200, text: "the editor", to: null });
    }
  });

  it("serves the editor's files and no others", async () => {
    assert.equal((await ask("/app.js")).text, "its program");
    assert.equal((await ask("/missing.js")).status, 404);
    assert.equal((await ask("/healthz")).status, 204);
  });
});

/** A port of this machine that nothing listens on. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const found = probe.address();
      const port = typeof found === "object" && found !== null ? found.port : 0;
      probe.close(() => resolve(port));
    });
  });
