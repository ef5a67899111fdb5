import { readFile } from "node:fs/promises";
import type { ServerOptions } from "node:https";

/** The certificates of the agent's listeners, files in PEM. */
export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Options of a server that lets in only callers with a certificate of this control plane. */
export async function mutualTls({ ca, cert, key }: TlsFiles): Promise<ServerOptions> {
  const [authority, certificate, privateKey] = await Promise.all(
    [ca, cert, key].map((file) => readFile(file)),
  );
  return {
    ca: authority,
    cert: certificate,
    key: privateKey,
    requestCert: true,
    rejectUnauthorized: true,
  };
}
