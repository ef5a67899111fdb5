import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Store } from "./args";
import { accounts, accountsFile, rootAccount, rootKeys, s3Port } from "./pod";

type Metadata = k8s.types.input.meta.v1.ObjectMeta;

/** Metadata of an object of the store, given the object's name. */
export type MetadataOf = (object: string) => Metadata;

/** The keys of all accounts. */
export interface StoreKeys {
  /** The root account's secret access key. */
  readonly root: pulumi.Output<string>;
  /** Secret access keys of the clients, each under its access key id. */
  readonly clients: Readonly<Record<string, pulumi.Output<string>>>;
}

/** Secrets which the pod reads. */
export interface StoreSecrets {
  /** The root account's keys. */
  readonly root: k8s.core.v1.Secret;
  /** The clients' accounts. */
  readonly accounts: k8s.core.v1.Secret;
}

/** Labels of all objects of a store. */
export const labelsOf = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": "object-store",
  "app.kubernetes.io/managed-by": "eoplatform",
});

/** Labels by which the Service finds the pod. */
export const podLabels = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/component": "server",
});

/**
 * A claim may be bound as late as the pod that mounts it, the Service gets its endpoints with the
 * pod, and the Ingress its address from a controller. It is the pod that is waited for.
 */
const notAwaited = { "pulumi.com/skipAwait": "true" };

/** Generates the keys, which stay, encrypted, in the stack's state. */
export function makeKeys(
  name: string,
  clients: readonly string[],
  opts: pulumi.CustomResourceOptions,
): StoreKeys {
  const generated = (account: string) =>
    new random.RandomPassword(
      `${name}-${account}-secret-access-key`,
      { length: 40, special: false },
      opts,
    ).result;
  return {
    root: generated(rootAccount),
    clients: Object.fromEntries(clients.map((client) => [client, generated(client)])),
  };
}

/** Makes the Secrets. */
export function makeSecrets(
  name: string,
  metadata: MetadataOf,
  keys: StoreKeys,
  opts: pulumi.CustomResourceOptions,
): StoreSecrets {
  const secret = (role: string, data: Record<string, pulumi.Input<string>>) =>
    new k8s.core.v1.Secret(
      `${name}-${role}`,
      { metadata: metadata(`${name}-${role}`), stringData: data },
      opts,
    );
  return {
    root: secret("root", {
      [rootKeys.accessKeyId]: rootAccount,
      [rootKeys.secretAccessKey]: pulumi.secret(keys.root),
    }),
    accounts: secret("accounts", {
      [accountsFile]: pulumi.secret(pulumi.all(keys.clients).apply(accounts)),
    }),
  };
}

/** Claims the disk. */
export function makeClaim(
  name: string,
  metadata: MetadataOf,
  { sizeGib, storageClass }: Store,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumeClaim {
  return new k8s.core.v1.PersistentVolumeClaim(
    `${name}-data`,
    {
      metadata: { ...metadata(`${name}-data`), annotations: notAwaited },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${sizeGib}Gi` } },
        ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      },
    },
    opts,
  );
}

/** Makes the Service, under the store's own name. */
export function makeService(
  name: string,
  metadata: MetadataOf,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  return new k8s.core.v1.Service(
    `${name}-service`,
    {
      metadata: { ...metadata(name), annotations: notAwaited },
      spec: {
        type: "ClusterIP",
        selector: podLabels(name),
        ports: [{ name: "s3", port: s3Port, targetPort: "s3", protocol: "TCP" }],
      },
    },
    opts,
  );
}

/** Makes the way in from outside; of the whole S3 interface, as signed URLs may ask for any of it. */
export function makeIngress(
  name: string,
  metadata: MetadataOf,
  { tlsSecret, ingressClassName }: Store,
  host: string,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.Ingress {
  const backend = { service: { name, port: { name: "s3" } } };
  return new k8s.networking.v1.Ingress(
    `${name}-ingress`,
    {
      metadata: { ...metadata(name), annotations: notAwaited },
      spec: {
        ingressClassName,
        rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
        ...(tlsSecret === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      },
    },
    opts,
  );
}

/** Runs the server. One pod at most: two would write to one disk. */
export function makeServer(
  name: string,
  metadata: MetadataOf,
  spec: k8s.types.input.core.v1.PodSpec,
  serviceName: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.StatefulSet {
  const labels = { ...labelsOf(name), ...podLabels(name) };
  return new k8s.apps.v1.StatefulSet(
    `${name}-server`,
    {
      metadata: metadata(name),
      spec: {
        replicas: 1,
        serviceName,
        selector: { matchLabels: podLabels(name) },
        template: { metadata: { labels }, spec },
      },
    },
    opts,
  );
}
