import type { Values } from "../../base/helmRelease";
import { mebibytes, millicores } from "../../base/units";

/** What the values of the Traefik chart are made from. */
export interface TraefikValues {
  /** Name of the IngressClass. */
  readonly ingressClassName: string;
  /** Whether Ingresses without a class are Traefik's. */
  readonly isDefaultClass: boolean;
  /** Number of pods. */
  readonly replicas: number;
  /** Type of the Service: `LoadBalancer`, `NodePort` or `ClusterIP`. */
  readonly serviceType: string;
  /** Annotations of the Service. */
  readonly serviceAnnotations: Readonly<Record<string, string>>;
  /** Floating IP of the load balancer; one of the cloud's choice where left out. */
  readonly loadBalancerAddress?: string;
}

/** The values of the Traefik chart, whose schema refuses keys that it does not know. */
export function traefikValues(args: TraefikValues): Values {
  return {
    deployment: { replicas: args.replicas },
    // With one pod a budget would only stop a node from being drained.
    podDisruptionBudget:
      args.replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    ingressClass: {
      enabled: true,
      isDefaultClass: args.isDefaultClass,
      name: args.ingressClassName,
    },
    service: serviceValues(args),
    providers: {
      // A route names Services and middlewares of its own namespace only.
      kubernetesCRD: { enabled: true, allowCrossNamespace: false },
      kubernetesIngress: { enabled: true },
    },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    resources: {
      requests: { cpu: millicores(100), memory: mebibytes(96) },
      limits: { memory: mebibytes(256) },
    },
  };
}

function serviceValues({
  serviceType,
  serviceAnnotations,
  loadBalancerAddress,
}: TraefikValues): Values {
  if (loadBalancerAddress === undefined) {
    return { annotations: { ...serviceAnnotations }, spec: { type: serviceType } };
  }
  return {
    annotations: {
      // The address is not the Service's to delete.
      "loadbalancer.openstack.org/keep-floatingip": "true",
      ...serviceAnnotations,
    },
    // Kubernetes calls it deprecated; OpenStack's cloud controller knows no other way.
    spec: { type: serviceType, loadBalancerIP: loadBalancerAddress },
  };
}
