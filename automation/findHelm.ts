import { execa } from "execa";
import { locateTools } from "../tools/toolchain";

/** The helm of the toolchain, else the one on PATH; undefined where there is neither. */
export async function findHelm(): Promise<string | undefined> {
  try {
    return (await locateTools(["helm"])).helm;
  } catch {
    const { exitCode } = await execa("helm", ["version", "--short"], { reject: false });
    return exitCode === 0 ? "helm" : undefined;
  }
}
