import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { OpenEoServiceArgs } from "./args";

/** The Secret with a service's certificate; `undefined` where its Ingress speaks HTTP. */
export function tlsSecretOf(service: string, args: OpenEoServiceArgs): string | undefined {
  if (args.tlsSecret !== undefined) return args.tlsSecret;
  return args.clusterIssuer === undefined ? undefined : `${service}-tls`;
}

/** Where a service is reached: at its host, else inside the cluster only. */
export function urlOf(service: string, namespace: string, args: OpenEoServiceArgs): string {
  if (args.host === undefined) return internalUrlOf(service, namespace);
  return `${tlsSecretOf(service, args) === undefined ? "http" : "https"}://${args.host}`;
}

/** Where a service is reached inside the cluster. */
export const internalUrlOf = (service: string, namespace: string): string =>
  `http://${service}.${namespace}.svc`;

/** Annotations of a service's Ingress. */
export const ingressAnnotations = (args: OpenEoServiceArgs): Record<string, string> => ({
  // An address comes from the ingress controller, which may have none to give.
  "pulumi.com/skipAwait": "true",
  ...(args.clusterIssuer === undefined
    ? {}
    : { "cert-manager.io/cluster-issuer": args.clusterIssuer }),
});

/** The Ingress of a service. */
export function ingressSpec(
  service: string,
  host: string,
  args: OpenEoServiceArgs,
  ingressClassName: pulumi.Input<string>,
): types.input.networking.v1.IngressSpec {
  const backend = { service: { name: service, port: { name: "http" } } };
  const secretName = tlsSecretOf(service, args);
  return {
    ingressClassName,
    ...(secretName === undefined ? {} : { tls: [{ hosts: [host], secretName }] }),
    rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
  };
}
