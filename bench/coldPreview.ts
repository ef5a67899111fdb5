import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineEnvironment, pulumi } from "../embedded/local/engine";
import { cloneRoot, localPaths, type LocalPaths } from "../embedded/local/paths";
import { ensurePassphrase, prepareProject } from "../embedded/local/project";
import { compare, measure, median, spread, type Cost } from "./measure";

const off = { enabled: false };
const everythingOff = { sparkOperator: off, traefik: off, openeo: off };

/** `pulumi preview` of our program with every part off, over that of an empty program. */
export async function coldPreview(bin: string, runs: number): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), "eo-bench-"));
  try {
    const ours = localPaths(path.join(dir, "ours"));
    await ensurePassphrase(ours);
    await prepareProject(ours, "local", everythingOff);
    const empty = localPaths(path.join(dir, "empty"));
    await ensurePassphrase(empty);
    await emptyProject(empty);
    for (const paths of [ours, empty]) await pulumi(paths, bin, ["stack", "init", "local"]);

    const result = await compare(
      runs,
      () => preview(ours, bin),
      () => preview(empty, bin),
    );
    const cpu = (costs: readonly Cost[]) => costs.map((cost) => cost.cpuSeconds);
    const more = median(cpu(result.ours)) - median(cpu(result.peers));
    console.log(`cold preview, everything off, CPU s: ${spread(cpu(result.ours))}`);
    console.log(`  empty TypeScript program:          ${spread(cpu(result.peers))}`);
    console.log(`  difference ${more.toFixed(2)} s (goal: at most 0.50 s more)`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function preview(paths: LocalPaths, bin: string): Promise<Cost> {
  return measure({
    command: [path.join(bin, "pulumi"), "preview", "--stack", "local"],
    cwd: paths.project,
    env: engineEnvironment(paths, bin),
  });
}

/** The peer: same engine, same compiler options, same SDK, no resource. */
async function emptyProject(paths: LocalPaths): Promise<void> {
  await mkdir(paths.project, { recursive: true });
  await mkdir(paths.backend, { recursive: true });
  const file = (name: string, text: string) => writeFile(path.join(paths.project, name), text);
  await file("Pulumi.yaml", "name: empty\nruntime: nodejs\n");
  await file("package.json", '{ "name": "empty", "main": "index.ts" }\n');
  await file(
    "index.ts",
    'import * as pulumi from "@pulumi/pulumi";\nexport const s = pulumi.getStack();\n',
  );
  await file("tsconfig.json", `{ "extends": "${cloneRoot}/tsconfig.pulumi.json" }\n`);
  await symlink(path.join(cloneRoot, "node_modules"), path.join(paths.project, "node_modules"));
}
