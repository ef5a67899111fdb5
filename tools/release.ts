import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { chmod, copyFile } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar";
import { ToolchainError } from "./shop";
import type { Platform, ToolSpec } from "./table";

/** How long to wait for a first answer of a release host, in milliseconds. */
const firstAnswer = 3_000;
/** How long a download may stand still, in milliseconds. */
const standStill = 30_000;

/** A host that did not answer, or not with the file: another way is tried. */
export class Unreachable extends Error {}

const asked = new Map<string, Promise<boolean>>();

/**
 * True where the host of `url` answers at all. Each host is asked once in a run, so that a machine
 * without a way out waits for one answer, not for one a tool.
 */
export function isReachable(url: string): Promise<boolean> {
  const { origin } = new URL(url);
  const answer =
    asked.get(origin) ??
    fetch(origin, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(firstAnswer) })
      .then(() => true)
      .catch(() => false);
  asked.set(origin, answer);
  return answer;
}

/**
 * Downloads a tool's release into `folder` and verifies it; nothing of it is unpacked or run.
 *
 * @returns the downloaded file
 * @throws Unreachable where host or file cannot be had
 * @throws ToolchainError where the sum is another than the published one
 */
export async function download(
  { name, release }: ToolSpec,
  platform: Platform,
  folder: string,
): Promise<string> {
  const url = release?.url(platform);
  if (!release || url === undefined) throw new Unreachable(`${name} has no release`);
  const fileName = path.posix.basename(new URL(url).pathname);
  const wanted = publishedSum(await text(release.checksum(platform)), fileName);
  if (wanted === undefined) {
    throw new Unreachable(`${release.checksum(platform)} has no checksum of ${fileName}`);
  }
  const file = path.join(folder, fileName);
  const got = await save(url, file);
  if (got === wanted) return file;
  throw new ToolchainError(
    `${url} does not match its published checksum: sha256 ${got}, allowed is ${wanted}; ` +
      "nothing of it was kept. Try again, or set EO_TOOLS_DOWNLOAD=off to build the tool instead",
  );
}

/** Puts a tool, with the scripts that belong to it, from its downloaded release into a folder. */
export async function takeFrom(
  file: string,
  spec: ToolSpec,
  platform: Platform,
  folder: string,
): Promise<void> {
  const member = spec.release?.member?.(platform);
  const target = path.join(folder, spec.name);
  if (member === undefined) await copyFile(file, target);
  else await unpack(file, folder, member, spec.alongside ?? []);
  await chmod(target, 0o755);
}

/** Takes files out of the folder of an archive that `member` lies in. */
async function unpack(
  archive: string,
  folder: string,
  member: string,
  alongside: readonly string[],
): Promise<void> {
  const top = path.posix.dirname(member);
  const wanted = new Set([member, ...alongside.map((name) => `${top}/${name}`)]);
  const taken: string[] = [];
  await extract({
    file: archive,
    cwd: folder,
    strip: top.split("/").length,
    filter: (name, entry) => {
      const take = wanted.has(name) && "type" in entry && entry.type === "File";
      if (take) taken.push(name);
      return take;
    },
  });
  if (!taken.includes(member)) throw new Unreachable(`${archive} holds no ${member}`);
}

/**
 * The SHA-256 of a file in a published list: lines `sum  name` (or `sum *name`), or one bare sum.
 *
 * @returns undefined where the list has none, as a login page of a network has
 */
export function publishedSum(list: string, fileName: string): string | undefined {
  const lines = list.split("\n").map((line) => line.trim());
  const rows = lines.filter((line) => line !== "").map((line) => line.split(/\s+\*?/));
  const row = rows.find(([, name]) => name !== undefined && path.posix.basename(name) === fileName);
  const bare = rows.length === 1 && rows[0]?.length === 1 ? rows[0] : undefined;
  const [sum] = row ?? bare ?? [];
  return sum !== undefined && /^[0-9a-f]{64}$/i.test(sum) ? sum.toLowerCase() : undefined;
}

async function text(url: string): Promise<string> {
  const answer = await get(url, AbortSignal.timeout(standStill));
  return answer.text().catch((error: unknown) => Promise.reject(unreachable(url, error)));
}

/** Saves a URL and returns the SHA-256 of what came. */
async function save(url: string, file: string): Promise<string> {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(new Error("it stands still")), standStill);
  const sum = createHash("sha256");
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh();
      sum.update(chunk);
      done(undefined, chunk);
    },
  });
  try {
    const { body } = await get(url, idle.signal);
    if (!body) throw new Error("the answer is empty");
    await pipeline(Readable.fromWeb(body), watch, createWriteStream(file), {
      signal: idle.signal,
    });
    return sum.digest("hex");
  } catch (error) {
    throw unreachable(url, error);
  } finally {
    clearTimeout(timer);
  }
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(url, { signal }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (!answer.ok) throw new Unreachable(`${url} answers ${answer.status}`);
  return answer;
}

function unreachable(url: string, error: unknown): Unreachable {
  if (error instanceof Unreachable) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new Unreachable(`${url}: ${cause instanceof Error ? cause.message : String(cause)}`);
}
