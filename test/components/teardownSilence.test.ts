import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { execa } from "execa";
import type { ScriptAction, ScriptEnvironment } from "../../components/cluster/teardown/script";
import { scriptCommand, scriptEnvironment } from "../../components/cluster/teardown/scriptCommand";

describe("the script that empties clusters and nodes, where the API server is silent", function () {
  // Three tries of 10 s each, in a process that has to compile itself.
  this.timeout(180_000);
  const sockets = new Set<Socket>();
  let mute: Server;
  let kubeconfig: string;

  before(async () => {
    mute = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined));
    });
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const { port } = mute.address() as AddressInfo;
    kubeconfig = JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster: { server: `https://127.0.0.1:${port}` } }],
      users: [{ name: "u", user: { token: "t" } }],
      contexts: [{ name: "x", context: { user: "u", cluster: "c" } }],
      "current-context": "x",
    });
  });

  after(() => {
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  /** Runs the script as the engine does; it is killed where it does not end by itself. */
  async function run([action, node]: [ScriptAction, string?], more: ScriptEnvironment = {}) {
    const given = { EO_KUBECONFIG: kubeconfig, EO_CLUSTER: "test", ...more };
    const env = scriptEnvironment(given);
    const line = `exec ${scriptCommand(action, node)}`;
    const ended = await execa(line, { shell: true, env, reject: false, timeout: 150_000 });
    assert.ok(!ended.timedOut, `${action} does not end; it said ${ended.stdout}${ended.stderr}`);
    return ended;
  }

  it("ends: `welcome` goes on, the others fail and say why", async () => {
    const [welcome, ...others] = await Promise.all([
      run(["welcome"]),
      run(["teardown"]),
      run(["drain", "node-1"]),
    ]);
    const why = /the cluster test cannot be reached: the API server does not answer in time/;
    assert.equal(welcome.exitCode, 0);
    assert.match(welcome.stdout, why);
    for (const { exitCode, stderr } of others) {
      assert.equal(exitCode, 1);
      assert.match(stderr, why);
      assert.match(stderr, /EO_CLUSTER_GONE=yes/);
    }
  });

  it("believes at once that the cluster is gone where it is told so", async () => {
    sockets.clear();
    const { exitCode, stdout } = await run(["drain", "node-1"], { EO_CLUSTER_GONE: "yes" });
    assert.equal(exitCode, 0);
    assert.match(stdout, /does not answer in time; going on/);
    assert.equal(sockets.size, 1);
  });
});
