import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { mebibytes, millicores } from "../../base/units";
import { bucketScript, type OwnedBucket } from "./bucketScript";

type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;

/** Port of the S3 interface: the server's own default. */
export const s3Port = 7070;

/** The only path that is answered without a signature; no bucket's name is that short. */
export const healthPath = "/_/health";

/** Keys in the Secret of the root account. */
export const rootKeys = {
  accessKeyId: "access-key-id",
  secretAccessKey: "secret-access-key",
} as const;

/** The root account's access key id; no client may be called so. */
export const rootAccount = "root";

/** The file that the server reads its accounts from; the name is the server's. */
export const accountsFile = "users.json";

/** Unprivileged user and group: the image names none, and its own chart takes this one. */
const user = 1000;
const dataFolder = "/data";
const accountsFolder = "/etc/versitygw";
/** Reached from inside the pod only: who may make accounts and buckets is the pod itself. */
const adminAddress = "127.0.0.1:7071";

/** What the store's pod is made from. */
export interface StorePod {
  /** The image with its tag. */
  readonly image: string;
  /** Region that requests have to be signed for. */
  readonly region: string;
  /** The buckets. */
  readonly buckets: readonly OwnedBucket[];
  /** Memory limit, in MiB. */
  readonly memoryMib: number;
  /** Name of the claim on the disk. */
  readonly claim: Input<string>;
  /** Name of the Secret with the root account's keys. */
  readonly rootSecret: Input<string>;
  /** Name of the Secret with the accounts' file. */
  readonly accountsSecret: Input<string>;
}

/** The accounts' file: each client with its key, allowed to use buckets and not to make any. */
export function accounts(secretAccessKeys: Readonly<Record<string, string>>): string {
  const entries = Object.entries(secretAccessKeys).map(([access, secret]) => [
    access,
    { access, secret, role: "user" },
  ]);
  return JSON.stringify({ accessAccounts: Object.fromEntries(entries) as object });
}

/** The store's pod: it keeps to the Pod Security level `restricted`. */
export function storePod(pod: StorePod): PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [storeContainer(pod)],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: pod.claim } },
      { name: "accounts", secret: { secretName: pod.accountsSecret, defaultMode: 0o440 } },
    ],
  };
}

/** The server: what it is started with, and how it is seen to be alive. */
export function storeContainer(pod: StorePod): Container {
  const probe = { httpGet: { path: healthPath, port: "s3" }, timeoutSeconds: 5 };
  return {
    name: "versitygw",
    image: pod.image,
    args: ["posix", dataFolder],
    env: environment(pod),
    ports: [{ name: "s3", containerPort: s3Port, protocol: "TCP" }],
    // The container counts as started once the buckets are there.
    lifecycle: {
      postStart: {
        exec: { command: ["/bin/sh", "-c", bucketScript(pod.buckets, dataFolder)] },
      },
    },
    readinessProbe: { ...probe, periodSeconds: 5 },
    livenessProbe: { ...probe, periodSeconds: 20, failureThreshold: 6 },
    resources: {
      requests: { cpu: millicores(100), memory: mebibytes(Math.min(128, pod.memoryMib)) },
      limits: { memory: mebibytes(pod.memoryMib) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      // A new disk has a lost+found in its root, which would be taken for a bucket.
      { name: "data", mountPath: dataFolder, subPath: "buckets" },
      { name: "accounts", mountPath: accountsFolder, readOnly: true },
    ],
    terminationMessagePolicy: "FallbackToLogsOnError",
  };
}

function environment(pod: StorePod): types.input.core.v1.EnvVar[] {
  const plain = {
    VGW_PORT: `:${s3Port}`,
    VGW_ADMIN_PORT: adminAddress,
    VGW_REGION: pod.region,
    VGW_HEALTH: healthPath,
    VGW_IAM_DIR: accountsFolder,
    // openEO's default bucket has capitals.
    VGW_DISABLE_STRICT_BUCKET_NAMES: "true",
    VGW_KEEP_ALIVE: "true",
    VGW_QUIET: "true",
    // Go lets its heap grow to twice what is in use, limit or not, unless it is told.
    GOMEMLIMIT: `${Math.floor(pod.memoryMib * 0.8)}MiB`,
    ADMIN_ENDPOINT_URL: `http://${adminAddress}`,
    ADMIN_REGION: pod.region,
    BUCKETS_LOG: "/proc/1/fd/1",
  };
  const secret = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: pod.rootSecret, key } },
  });
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    secret("ROOT_ACCESS_KEY_ID", rootKeys.accessKeyId),
    secret("ROOT_SECRET_ACCESS_KEY", rootKeys.secretAccessKey),
  ];
}
