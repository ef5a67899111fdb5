import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Context } from "mocha";
import { stopOpenStack } from "../../../embedded/openstack";
import { findOpenStack, type OpenStackTools } from "../../../tools/toolchain";
import { skip } from "../../support/skip";

/** The programs, or a skip of the whole suite where they are missing. */
export async function openStackToolsOrSkip(context: Context): Promise<OpenStackTools> {
  const tools = await findOpenStack();
  const how = "node -r ts-node/register/transpile-only tools/main.ts ensure openstack";
  return tools ?? skip(context, `OpenStack's programs are not in the cache; to get them: ${how}`);
}

/** A data folder of one suite. */
export function newFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "eo-openstack-"));
}

/** Ends what runs in a data folder, and removes it. */
export async function removeFolder(dir: string): Promise<void> {
  await stopOpenStack({ dir, wipe: true }).catch(() => undefined);
  await rm(dir, { recursive: true, force: true });
}

/** The ids of all processes that work in a folder; Linux only. */
export async function processesIn(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    // A folder that has been removed is marked behind its name.
    if (`${cwd.replace(/ \(deleted\)$/, "")}/`.startsWith(`${folder}/`)) found.push(Number(pid));
  }
  return found;
}

/** The command line of a process. */
export async function commandLine(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}

/** The addresses, in hexadecimal with port, that processes listen on; Linux only. */
export async function listeners(pids: readonly number[]): Promise<string[]> {
  const sockets = new Set<string>();
  for (const pid of pids) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "");
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) sockets.add(inode);
    }
  }
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  return tables.flatMap((table) =>
    table.split("\n").flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      return state === "0A" && sockets.has(inode) ? [local] : [];
    }),
  );
}
