import { createHash, createHmac } from "node:crypto";
import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { mebibytes, millicores } from "../../base/units";
import type { OpenEoServiceArgs } from "./args";
import { serviceImages, type OpenEoServiceName, type ServiceImage } from "./images";

/** One of the services, as a web server that Kubernetes runs. */
export interface WebService {
  /** Name of its objects in the cluster. */
  readonly name: string;
  /** What its image is like. */
  readonly image: ServiceImage;
  /** What the user said of it. */
  readonly args: OpenEoServiceArgs;
  /** What it runs instead of the image's own command. */
  readonly command?: readonly string[];
  /** Plain environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment that a Secret holds, by variable. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
  /** A configuration file. */
  readonly file?: ConfigurationFile;
  /** How long the readiness probe waits for an answer, in seconds. */
  readonly probeTimeoutSeconds: number;
}

/** A file that a ConfigMap holds. */
export interface ConfigurationFile {
  /** Folder that it is mounted into, alone. */
  readonly folder: string;
  /** Its name. */
  readonly name: string;
  /** What is in it; no secret. */
  readonly content: pulumi.Input<string>;
}

/** What a pod is made from beside the service itself. */
export interface WebServiceParts {
  /** Name of the Secret of {@link WebService.secrets}. */
  readonly secret: pulumi.Input<string> | undefined;
  /** Name of the ConfigMap of {@link WebService.file}. */
  readonly configMap: pulumi.Input<string> | undefined;
  /** Name of the Secret with credentials of registries. */
  readonly pullSecret: pulumi.Input<string> | undefined;
  /** Changes whenever configuration or secrets do, so that pods start again. */
  readonly checksums: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Names of the services' objects in the cluster. */
export const serviceNames: Readonly<Record<OpenEoServiceName, string>> = {
  webEditor: "web-editor",
  aggregator: "aggregator",
  jobRegistry: "job-registry",
  workspaces: "workspaces",
};

/** What every service has: name, image and arguments; the rest is empty. */
export const webService = (service: OpenEoServiceName, args: OpenEoServiceArgs): WebService => ({
  name: serviceNames[service],
  image: serviceImages[service],
  args,
  environment: {},
  secrets: {},
  probeTimeoutSeconds: 5,
});

/** Labels that select the pods of a service. */
export const selectorOf = (instance: string, service: string): Record<string, string> => ({
  "app.kubernetes.io/name": service,
  "app.kubernetes.io/instance": instance,
});

/** Labels of all objects of a service. */
export const labelsOf = (instance: string, service: string): Record<string, string> => ({
  ...selectorOf(instance, service),
  "app.kubernetes.io/managed-by": "eoplatform",
});

/** A checksum of what is no secret, as hexadecimal digits. */
export const checksum = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * A checksum of secrets that tells nothing of them to who has no key: a plain one of a weak password
 * could be guessed back.
 */
export const keyedChecksum = (key: string, secrets: Readonly<Record<string, string>>): string =>
  createHmac("sha256", key).update(JSON.stringify(secrets)).digest("hex");

/** Number of pods. */
export const replicasOf = (args: OpenEoServiceArgs): number => args.replicas ?? 1;

/** The Deployment of a service. */
export function deploymentSpec(
  instance: string,
  service: WebService,
  parts: WebServiceParts,
): types.input.apps.v1.DeploymentSpec {
  const { name, args } = service;
  const labels = labelsOf(instance, name);
  const matchLabels = selectorOf(instance, name);
  const spread = {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  };
  return {
    replicas: replicasOf(args),
    selector: { matchLabels },
    // The old pod serves until the new one is ready.
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels, annotations: { ...parts.checksums } },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...(parts.pullSecret === undefined
          ? {}
          : { imagePullSecrets: [{ name: parts.pullSecret }] }),
        securityContext: podSecurity(service.image.user),
        ...(replicasOf(args) > 1 ? { topologySpreadConstraints: [spread] } : {}),
        containers: [container(service, parts)],
        volumes: volumes(service, parts),
      },
    },
  };
}

const podSecurity = (user: number): types.input.core.v1.PodSecurityContext => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  seccompProfile: { type: "RuntimeDefault" },
});

function container(service: WebService, parts: WebServiceParts): types.input.core.v1.Container {
  const { image, args, file, command } = service;
  const memory = mebibytes(args.memoryMib ?? image.memoryMib);
  return {
    name: service.name,
    image: `${args.image ?? image.repository}:${args.imageTag}`,
    ...(command === undefined ? {} : { command: [...command] }),
    env: [
      ...Object.entries(service.environment).map(([name, value]) => ({ name, value })),
      ...Object.keys(service.secrets).map((name) => ({
        name,
        valueFrom: { secretKeyRef: { name: parts.secret, key: name } },
      })),
    ],
    ports: [{ name: "http", containerPort: image.port, protocol: "TCP" }],
    ...probes(service),
    resources: {
      requests: { cpu: millicores(args.cpuMillicores ?? image.cpuMillicores), memory },
      limits: { memory },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: image.readOnlyRoot,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...(file ? [{ name: "configuration", mountPath: file.folder, readOnly: true }] : []),
    ],
  };
}

/**
 * A pod is ready when its service answers. It is started again only when it listens no more: what
 * answers slowly because Elasticsearch or another back-end does would not be mended by that.
 */
function probes({
  image,
  probeTimeoutSeconds,
}: WebService): Pick<
  types.input.core.v1.Container,
  "startupProbe" | "readinessProbe" | "livenessProbe"
> {
  const listens = { tcpSocket: { port: "http" } };
  return {
    startupProbe: { ...listens, periodSeconds: 5, failureThreshold: 36 },
    readinessProbe: {
      httpGet: { path: image.readyPath, port: "http" },
      timeoutSeconds: probeTimeoutSeconds,
      periodSeconds: Math.max(10, 2 * probeTimeoutSeconds),
      failureThreshold: 3,
    },
    livenessProbe: { ...listens, periodSeconds: 20, failureThreshold: 3 },
  };
}

const volumes = (
  { file }: WebService,
  { configMap }: WebServiceParts,
): types.input.core.v1.Volume[] => [
  { name: "tmp", emptyDir: {} },
  ...(file && configMap !== undefined
    ? [{ name: "configuration", configMap: { name: configMap } }]
    : []),
];
