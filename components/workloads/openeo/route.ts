import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { webPort } from "./environment";
import { OpenEoRouteKind, type OpenEoRouteArgs, type OpenEoTlsArgs } from "./featureArgs";
import { labelsOf } from "./labels";

/**
 * Who answers behind a Service comes later and again and again: a deployment that waited for it
 * would hang on an image that is pulled slowly.
 */
export const notAwaited = { "pulumi.com/skipAwait": "true" };

/** Port of the Spark UI, at the Service which the operator makes for it. */
export const sparkUi = { port: 4040, service: (name: string) => `${name}-ui-svc` } as const;

/** Makes the way from outside to the web application, and to the Spark UI if it is asked for. */
export function makeRoutes(
  name: string,
  namespace: string,
  service: pulumi.Input<string>,
  route: OpenEoRouteArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const make = route.kind === OpenEoRouteKind.IngressRoute ? makeIngressRoute : makeIngress;
  const way = { namespace, app: name, route };
  make({ ...way, name, host: route.host, service, port: webPort }, opts);
  if (route.sparkUiHost === undefined) return;
  const ui = { host: route.sparkUiHost, service: sparkUi.service(name), port: sparkUi.port };
  make({ ...way, name: `${name}-driver-ui`, ...ui }, opts);
}

interface Way {
  /** The object's name. */
  readonly name: string;
  /** The instance's name. */
  readonly app: string;
  readonly namespace: string;
  readonly host: string;
  readonly service: pulumi.Input<string>;
  readonly port: number;
  readonly route: OpenEoRouteArgs;
}

function makeIngress(way: Way, opts: pulumi.CustomResourceOptions): void {
  const { name, namespace, host, service, port, route } = way;
  const { tls, ingressClassName = "traefik" } = route;
  const backend = { service: { name: service, port: { number: port } } };
  new k8s.networking.v1.Ingress(
    resourceName(way, "ingress"),
    {
      metadata: {
        name,
        namespace,
        labels: labelsOf(way.app),
        annotations: { ...notAwaited, ...issuer(tls) },
      },
      spec: {
        ingressClassName,
        rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
        ...(tls ? { tls: [{ hosts: [host], secretName: secretOf(tls, way) }] } : {}),
      },
    },
    opts,
  );
}

/** `traefik.io` is the group since Traefik 3, which no longer reads `traefik.containo.us`. */
function makeIngressRoute(way: Way, opts: pulumi.CustomResourceOptions): void {
  const { name, namespace, host, service, port, route } = way;
  new k8s.apiextensions.CustomResource(
    resourceName(way, "ingressroute"),
    {
      apiVersion: "traefik.io/v1alpha1",
      kind: "IngressRoute",
      metadata: { name, namespace, labels: labelsOf(way.app) },
      spec: {
        entryPoints: [route.tls ? "websecure" : "web"],
        routes: [{ kind: "Rule", match: `Host(\`${host}\`)`, services: [{ name: service, port }] }],
        ...(route.tls ? { tls: { secretName: secretOf(route.tls, way) } } : {}),
      },
    },
    opts,
  );
}

const resourceName = ({ app, name }: Way, kind: string): string =>
  name === app ? `${app}-${kind}` : `${name}-${kind}`;

/** The Spark UI has a host of its own, and so a certificate of its own. */
const secretOf = (tls: OpenEoTlsArgs, { name, app }: Way): string =>
  name === app ? tls.secretName : `${tls.secretName}-spark-ui`;

const issuer = (tls?: OpenEoTlsArgs): Record<string, string> =>
  tls?.clusterIssuer === undefined ? {} : { "cert-manager.io/cluster-issuer": tls.clusterIssuer };
