import { ensureTools, toolBin } from "../tools/toolchain";
import { coldPreview } from "./coldPreview";
import { localPlatform } from "./localPlatform";

/** All figures; `make bench RUNS=3` for a quick look. */
async function main(): Promise<void> {
  const runs = Number(process.env["RUNS"] ?? 5);
  await ensureTools();
  const bin = await toolBin();
  await coldPreview(bin, runs);
  await localPlatform(bin, runs);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
