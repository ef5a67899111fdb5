import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { deployChart, type Values } from "../base/helmRelease";
import { isReleaseName, releaseNameRule } from "../base/names";
import { makeNamespace } from "../base/namespace";
import {
  Refusals,
  requireKubernetesVersion,
  requireNamespace,
  requireTimeout,
  requireWhole,
} from "../base/refusal";
import { tokens } from "../base/tokens";
import { warnOf } from "../base/warnings";
import { charts } from "../charts";
import { judgeChart, minimumKubernetes } from "../compatibility";
import { traefikValues } from "./values/traefik";
import { weigh } from "./verdicts";

/** How a Service is reached. */
export enum ServiceType {
  /** Through a load balancer of the cloud. */
  LoadBalancer = "LoadBalancer",
  /** Through a port of every node. */
  NodePort = "NodePort",
  /** From inside the cluster only. */
  ClusterIP = "ClusterIP",
}

/** What {@link Traefik} is made from. */
export interface TraefikArgs {
  /** Kubernetes version of the cluster, as `major.minor`, such as `1.36`; checked before anything is made. */
  kubernetesVersion: string;
  /** Namespace, which is made. Defaults to `traefik`. */
  namespace?: string;
  /** How Traefik is reached. Defaults to `LoadBalancer`. */
  serviceType?: ServiceType;
  /** Annotations of the Service, as clouds read them. Defaults to none. */
  serviceAnnotations?: Record<string, string>;
  /** Address of the load balancer, a floating IP of the project such as `IngressAddress` reserves; for OpenStack and `LoadBalancer` only. Defaults to one that goes with the Service. */
  loadBalancerAddress?: pulumi.Input<string>;
  /** Number of pods, at least 1. Defaults to 1. */
  replicas?: number;
  /** Whether Ingresses without a class are Traefik's. Defaults to `true`. */
  isDefaultClass?: boolean;
  /** Where charts are taken from instead: a folder, or an `http(s)://` or `oci://` address. Defaults to the public repository. */
  chartMirror?: string;
  /** How long Traefik may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
}

const defaults = {
  namespace: "traefik",
  serviceType: ServiceType.LoadBalancer,
  replicas: 1,
  isDefaultClass: true,
  timeoutSeconds: 300,
};

/**
 * Traefik, the way into the cluster, with its CRDs and an IngressClass. Needs Kubernetes 1.25.
 * The component's name is the name of the Helm release and of the IngressClass too.
 */
export class Traefik extends pulumi.ComponentResource {
  /** Oldest Kubernetes that its chart takes, as `major.minor`. */
  public static readonly minimumKubernetes: string = minimumKubernetes.traefik;

  /** Name of the IngressClass; whoever uses it comes after the release. */
  public readonly ingressClassName: pulumi.Output<string>;
  /** Namespace of Traefik. */
  public readonly namespace: pulumi.Output<string>;
  /** Address of its load balancer: what host names have to point to. Empty without one. */
  public readonly address: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: TraefikArgs, opts?: pulumi.ComponentResourceOptions) {
    const warnings = checked(name, args);
    super(tokens.Traefik, name, {}, opts);
    warnOf(name, warnings);

    const namespace = makeNamespace(
      `${name}-namespace`,
      args.namespace ?? defaults.namespace,
      "restricted",
      { parent: this },
    );
    const release = deployChart(
      name,
      {
        chart: charts.traefik,
        mirror: args.chartMirror,
        release: name,
        namespace: namespace.metadata.name,
        values: valuesOf(name, args),
        timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
      },
      this,
    );

    this.ingressClassName = release.name.apply(() => name);
    this.namespace = namespace.metadata.name;
    this.address = addressOf(name, release, this);
    this.registerOutputs({
      ingressClassName: this.ingressClassName,
      namespace: this.namespace,
      address: this.address,
    });
  }
}

function valuesOf(name: string, args: TraefikArgs): pulumi.Input<Values> {
  const values = (loadBalancerAddress?: string) =>
    traefikValues({
      ingressClassName: name,
      isDefaultClass: args.isDefaultClass ?? defaults.isDefaultClass,
      replicas: args.replicas ?? defaults.replicas,
      serviceType: args.serviceType ?? defaults.serviceType,
      serviceAnnotations: args.serviceAnnotations ?? {},
      loadBalancerAddress,
    });
  const { loadBalancerAddress: address } = args;
  return address === undefined ? values() : pulumi.output(address).apply(values);
}

/** The chart names the Service after the release; Helm has waited for its address. */
function addressOf(
  name: string,
  release: k8s.helm.v3.Release,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const id = pulumi.interpolate`${release.status.namespace}/${release.status.name}`;
  const service = k8s.core.v1.Service.get(`${name}-service`, id, { parent });
  return service.status.apply((status) => {
    // A provider leaves out what the API server left out, whatever its types say.
    const [first] = (status as typeof status | undefined)?.loadBalancer?.ingress ?? [];
    return first?.ip ?? first?.hostname ?? "";
  });
}

/**
 * @returns what there is to warn about
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
function checked(name: string, args: TraefikArgs): readonly string[] {
  const refusals = new Refusals(`Traefik ${name}`);
  refusals.require(isReleaseName(name), "name", `"${name}" names the release: ${releaseNameRule}`);
  requireNamespace(refusals, "namespace", args.namespace ?? defaults.namespace);
  requireWhole(refusals, "replicas", args.replicas, { least: 1 });
  refusals.require(
    args.loadBalancerAddress === undefined ||
      (args.serviceType ?? defaults.serviceType) === ServiceType.LoadBalancer,
    "loadBalancerAddress",
    "only a load balancer has one; leave it out, or take serviceType LoadBalancer",
  );
  requireTimeout(refusals, args.timeoutSeconds ?? defaults.timeoutSeconds);
  const { name: chart, version } = charts.traefik;
  const { kubernetesVersion: kubernetes } = args;
  const verdicts = requireKubernetesVersion(refusals, kubernetes)
    ? [
        {
          propertyPath: "kubernetesVersion",
          judgement: judgeChart({ chart, version, kubernetes }),
        },
      ]
    : [];
  const warnings = weigh(refusals, verdicts);
  refusals.throwIfAny();
  return warnings;
}
