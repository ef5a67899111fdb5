import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stopControlPlane } from "../embedded/control-plane";
import { engineEnvironment } from "../embedded/local/engine";
import { localPaths } from "../embedded/local/paths";
import { prepareLocal } from "../embedded/local/up";
import { measure, type Cost } from "./measure";
import { printRatio } from "./print";
import { writePeer } from "./peer";

const goal = 1.3;

/** `up`, `up` again and `destroy` of the stack `local`, over helm and kubectl doing the same. */
export async function localPlatform(bin: string, runs: number): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), "eo-bench-"));
  const paths = localPaths(path.join(dir, "platform"));
  const env = { ...engineEnvironment(paths, bin), KUBECONFIG: paths.kubeconfig };
  const pulumi = (...args: string[]) =>
    measure({
      command: [path.join(bin, "pulumi"), ...args, "--yes", "--skip-preview", "--stack", "local"],
      cwd: paths.project,
      env,
    });
  const script = (text: string) => measure({ command: ["bash", "-euc", text], env });
  try {
    await prepareLocal({ paths });
    await pulumi("up");
    const peer = await writePeer(paths, bin, dir);
    await pulumi("destroy");

    const rows: Record<string, { ours: Cost[]; peers: Cost[] }> = {};
    const note = (row: string, side: "ours" | "peers", cost: Cost) =>
      (rows[row] ??= { ours: [], peers: [] })[side].push(cost);
    for (let run = 0; run < runs; run++) {
      note("up", "ours", await pulumi("up"));
      note("no-op", "ours", await pulumi("up"));
      note("destroy", "ours", await pulumi("destroy"));
      note("up", "peers", await script(peer.up));
      note("no-op", "peers", await script(peer.up));
      note("destroy", "peers", await script(peer.destroy));
    }
    for (const [row, { ours, peers }] of Object.entries(rows)) {
      printRatio({ what: `${row} of local`, peer: "helm and kubectl", ours, peers, goal });
    }
  } finally {
    await stopControlPlane({ dir: paths.dir, wipe: true });
    await rm(dir, { recursive: true, force: true });
  }
}
