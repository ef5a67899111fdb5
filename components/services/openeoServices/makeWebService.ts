import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { ingressAnnotations, ingressSpec } from "./ingress";
import {
  checksum,
  deploymentSpec,
  keyedChecksum,
  labelsOf,
  replicasOf,
  selectorOf,
  type WebService,
} from "./webService";

/** Where services are made. */
export interface WebServicePlace {
  /** The component's name: what its objects belong to. */
  readonly instance: string;
  /** Namespace, which must be there. */
  readonly namespace: pulumi.Input<string>;
  /** Class of the Ingresses. */
  readonly ingressClassName: pulumi.Input<string>;
  /** Name of the Secret with credentials of registries. */
  readonly pullSecret?: pulumi.Input<string>;
  /** How long the pods may take to be ready, in seconds. */
  readonly timeoutSeconds: number;
}

/** Length of the key that checksums of secrets are made with. */
const keyLength = 40;

/**
 * Makes the objects of a service: Deployment, Service, and what it needs of configuration, secrets,
 * Ingress and disruption budget.
 *
 * @returns the Service
 */
export function makeWebService(
  service: WebService,
  place: WebServicePlace,
  parent: pulumi.Resource,
): k8s.core.v1.Service {
  const { instance, namespace } = place;
  const { name, args } = service;
  const own = { parent };
  const logical = (role: string) => `${instance}-${name}-${role}`;
  const metadata = { name, namespace, labels: labelsOf(instance, name) };
  const matchLabels = selectorOf(instance, name);

  const configuration = makeConfiguration(service, metadata, logical("configuration"), own);
  const secrets = makeSecrets(service, metadata, logical("secrets"), own);
  const spec = deploymentSpec(instance, service, {
    configMap: configuration?.name,
    secret: secrets?.name,
    pullSecret: place.pullSecret,
    checksums: { ...configuration?.annotations, ...secrets?.annotations },
  });
  const awaited = { ...own, customTimeouts: timeouts(place.timeoutSeconds) };
  new k8s.apps.v1.Deployment(logical("deployment"), { metadata, spec }, awaited);
  const made = new k8s.core.v1.Service(
    logical("service"),
    {
      metadata,
      spec: {
        type: "ClusterIP",
        selector: matchLabels,
        ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
      },
    },
    awaited,
  );
  if (replicasOf(args) > 1) {
    new k8s.policy.v1.PodDisruptionBudget(
      logical("budget"),
      // With one pod a budget would only stop a node from being drained.
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels } } },
      own,
    );
  }
  if (args.host !== undefined) {
    const annotations = ingressAnnotations(args);
    const ingress = ingressSpec(name, args.host, args, place.ingressClassName);
    new k8s.networking.v1.Ingress(
      logical("ingress"),
      { metadata: { ...metadata, annotations }, spec: ingress },
      own,
    );
  }
  return made;
}

/** An object that pods read, and annotations that change with what is in it. */
interface Source {
  readonly name: pulumi.Output<string>;
  readonly annotations: Readonly<Record<string, pulumi.Output<string>>>;
}

interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Record<string, string>;
}

function makeConfiguration(
  { file }: WebService,
  metadata: Metadata,
  logical: string,
  opts: pulumi.CustomResourceOptions,
): Source | undefined {
  if (file === undefined) return undefined;
  const configMap = new k8s.core.v1.ConfigMap(
    logical,
    { metadata, data: { [file.name]: file.content } },
    opts,
  );
  const digest = pulumi.output(file.content).apply(checksum);
  return { name: configMap.metadata.name, annotations: { "checksum/configuration": digest } };
}

function makeSecrets(
  { secrets }: WebService,
  metadata: Metadata,
  logical: string,
  opts: pulumi.CustomResourceOptions,
): Source | undefined {
  if (Object.keys(secrets).length === 0) return undefined;
  const stringData = pulumi.secret(secrets);
  const secret = new k8s.core.v1.Secret(logical, { metadata, stringData }, opts);
  const key = new random.RandomPassword(
    `${logical}-key`,
    { length: keyLength, special: false },
    opts,
  ).result;
  const digest = pulumi.all([key, stringData]).apply(([by, values]) => keyedChecksum(by, values));
  // Who sees it has no key: it is no secret, and the Deployment stays readable.
  const annotations = { "checksum/secrets": pulumi.unsecret(digest) };
  return { name: secret.metadata.name, annotations };
}

const timeouts = (seconds: number): pulumi.CustomTimeouts => ({
  create: `${seconds}s`,
  update: `${seconds}s`,
});
