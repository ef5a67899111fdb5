import path from "node:path";
import { cacheRoot } from "./cache";
import type { Platform } from "./table";

/** Where the toolchain works: the machine, its environment, the cache and the pinned modules. */
export interface Shop {
  readonly platform: Platform;
  /** Environment that PATH and Go's settings are taken from. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder shared by all clones. */
  readonly cache: string;
  /** Folder of the Go tools modules, one folder a set. */
  readonly modules: string;
}

/** A failure that the user can mend: its message is all there is to show. */
export class ToolchainError extends Error {}

/** This machine, with the modules of this clone. */
export function thisShop(env: NodeJS.ProcessEnv = process.env): Shop {
  return {
    platform: thisPlatform(process.platform, process.arch),
    env,
    cache: cacheRoot(env),
    modules: path.join(__dirname, "modules"),
  };
}

/** @throws ToolchainError where the toolchain knows no such machine */
export function thisPlatform(os: string, arch: string): Platform {
  const goArch = arch === "x64" ? "amd64" : arch;
  if ((os === "linux" || os === "darwin") && (goArch === "amd64" || goArch === "arm64")) {
    return { os, arch: goArch };
  }
  throw new ToolchainError(
    `the toolchain does not know ${os} on ${arch}: it serves linux and darwin (macOS) on x64 and arm64`,
  );
}
