import { ensureTools, toolBin } from "../tools/toolchain";
import { coldPreview } from "./coldPreview";
import { localPlatform } from "./localPlatform";
import { openStackCluster } from "./openstack";

/** All figures, or those of `ONLY`; `make bench RUNS=3` for a quick look. */
async function main(): Promise<void> {
  const runs = Number(process.env["RUNS"] ?? 5);
  await ensureTools();
  const bin = await toolBin();
  const figures = {
    preview: () => coldPreview(bin, runs),
    local: () => localPlatform(bin, runs),
    openstack: () => openStackCluster(runs),
  };
  const only = process.env["ONLY"];
  if (only !== undefined && !Object.hasOwn(figures, only)) {
    throw new Error(`ONLY is "${only}"; allowed are ${Object.keys(figures).join(", ")}`);
  }
  for (const [name, figure] of Object.entries(figures)) {
    if (only === undefined || only === name) await figure();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
