import { readFile } from "node:fs/promises";
import { stringify } from "yaml";
import { writeFileWhole } from "../processes/files";
import type { CertificateName, Pki } from "./pki";

/** How a kubeconfig's user proves who it is. */
export type Credentials = { token: string } | { certificate: string; key: string };

/**
 * The text of a kubeconfig with one context; everything is inside, it refers to no other file.
 *
 * @param server the API server's URL
 * @param ca certificate of its authority, PEM
 * @param namespace used where a command names none; default: `default`
 */
export function kubeconfigText(
  server: string,
  ca: string,
  credentials: Credentials,
  namespace = "default",
): string {
  const name = "eo-platform-local";
  const user =
    "token" in credentials
      ? { token: credentials.token }
      : {
          "client-certificate-data": base64(credentials.certificate),
          "client-key-data": base64(credentials.key),
        };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": base64(ca) } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    "current-context": name,
  });
}

/** Writes the kubeconfig of one of our certificates, readable by its owner only. */
export async function writeKubeconfig(
  file: string,
  server: string,
  pki: Pki,
  name: CertificateName,
): Promise<void> {
  const [ca, certificate, key] = await Promise.all(
    [pki.ca, pki.certificate(name), pki.key(name)].map((path) => readFile(path, "utf8")),
  );
  if (ca === undefined || certificate === undefined || key === undefined) return;
  writeFileWhole(file, kubeconfigText(server, ca, { certificate, key }));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
