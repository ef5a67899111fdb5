import { readFile } from "node:fs/promises";
import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import type { Probe } from "./components";
import type { Pki } from "./pki";

const answerWithinMs = 2000;

/** A call of one health endpoint: what it answered, or why it did not. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** A function that asks a component once whether it is ready. */
export async function prober(probe: Probe, pki: Pki): Promise<() => Promise<Answer>> {
  const ca = await readFile(pki.ca);
  const identity =
    probe.as === undefined
      ? {}
      : { cert: await readFile(pki.certificate(probe.as)), key: await readFile(pki.key(probe.as)) };
  return () => ask(probe.url, { ca, ...identity });
}

interface Tls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly rejectUnauthorized?: boolean;
}

/** Asks a health endpoint once; anything but a 2xx within two seconds is a no. */
export function ask(url: string, tls: Tls = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const get = url.startsWith("https:") ? httpsGet : httpGet;
    const request = get(url, { ...tls, agent: false, timeout: answerWithinMs }, (response) => {
      const status = response.statusCode ?? 0;
      response.resume();
      resolve(status >= 200 && status < 300 ? { ok: true } : { ok: false, why: `HTTP ${status}` });
    });
    request.on("timeout", () => request.destroy(new Error("no answer within two seconds")));
    request.on("error", (error) => resolve({ ok: false, why: error.message }));
  });
}
