// The certificate library finds its algorithms through decorators, which need this first.
import "reflect-metadata";
import { X509CertificateGenerator } from "@peculiar/x509";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const validDays = 3650;

/** Who a certificate stands for. Kubernetes reads the organisation as the user's group. */
interface Subject {
  readonly commonName: string;
  readonly organisation?: string;
}

/** Every certificate of the control plane, all signed by one authority of its own. */
const certificates = {
  /** Serves all listeners, and is etcd's own client and peer. */
  server: { commonName: "eo-platform control plane" },
  "etcd-client": { commonName: "kube-apiserver" },
  "kubelet-client": { commonName: "kube-apiserver-kubelet-client" },
  admin: { commonName: "admin", organisation: "system:masters" },
  "kube-controller-manager": { commonName: "system:kube-controller-manager" },
  "kube-scheduler": { commonName: "system:kube-scheduler" },
  kwok: { commonName: "kwok", organisation: "system:masters" },
  agent: { commonName: "eo-platform agent", organisation: "system:masters" },
} as const satisfies Record<string, Subject>;

/** A certificate of the control plane. */
export type CertificateName = keyof typeof certificates;

/** Names and addresses under which the API server may be called. */
const serverNames: readonly x509.JsonGeneralName[] = [
  { type: "dns", value: "localhost" },
  { type: "dns", value: "kubernetes" },
  { type: "dns", value: "kubernetes.default" },
  { type: "dns", value: "kubernetes.default.svc" },
  { type: "dns", value: "kubernetes.default.svc.cluster.local" },
  { type: "ip", value: "127.0.0.1" },
];

/** The files of a control plane's certificates. */
export interface Pki {
  readonly ca: string;
  /** Signs the tokens of ServiceAccounts. */
  readonly serviceAccountKey: string;
  /** Proves them. */
  readonly serviceAccountPublicKey: string;
  readonly certificate: (name: CertificateName) => string;
  readonly key: (name: CertificateName) => string;
}

/** Where the certificates are. */
export function pkiFiles(folder: string): Pki {
  const at = (name: string) => path.join(folder, name);
  return {
    ca: at("ca.crt"),
    serviceAccountKey: at("service-accounts.key"),
    serviceAccountPublicKey: at("service-accounts.pub"),
    certificate: (name) => at(`${name}.crt`),
    key: (name) => at(`${name}.key`),
  };
}

/**
 * Makes the certificates once: an authority, all leaves, the ServiceAccount key. Private keys have
 * mode 0600; the authority's own key is thrown away, nothing is signed later.
 */
export async function ensurePki(folder: string): Promise<Pki> {
  const files = pkiFiles(folder);
  const complete = path.join(folder, "complete");
  if (existsSync(complete)) return files;
  // Some of them without the others are of no use.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await makeAuthority();
  await writeFile(files.ca, authority.certificate.toString("pem"));
  for (const [name, subject] of Object.entries(certificates)) {
    const { certificate, key } = await makeLeaf(authority, subject);
    await writeFile(path.join(folder, `${name}.crt`), certificate);
    await writeFile(path.join(folder, `${name}.key`), key, { mode: 0o600 });
  }
  const { privateKey, publicKey } = await newKeys();
  await writeFile(files.serviceAccountKey, await pem(privateKey), { mode: 0o600 });
  const spki = await webcrypto.subtle.exportKey("spki", publicKey);
  await writeFile(files.serviceAccountPublicKey, x509.PemConverter.encode(spki, "PUBLIC KEY"));
  await writeFile(complete, "");
  return files;
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

async function makeAuthority(): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ["eo-platform local authority"] }],
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
    ],
  });
  return { certificate, keys };
}

async function makeLeaf(authority: Authority, subject: Subject) {
  const keys = await newKeys();
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const certificate = await X509CertificateGenerator.create({
    subject: [
      { CN: [subject.commonName] },
      ...(subject.organisation === undefined ? [] : [{ O: [subject.organisation] }]),
    ],
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([clientAuth, serverAuth]),
      new x509.SubjectAlternativeNameExtension([...serverNames]),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await pem(keys.privateKey) };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

function validity() {
  const now = Date.now();
  const day = 24 * 60 * 60 * 1000;
  // A day back, for a clock that is set right after the certificates were made.
  return { notBefore: new Date(now - day), notAfter: new Date(now + validDays * day) };
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
