import { createHash } from "node:crypto";
import type { V1Ingress, V1IngressClass, V1Service } from "@kubernetes/client-node";

/** 192.0.2.0/24, set aside for documentation: an address of it can never be anybody's. */
const prefix = "192.0.2.";
const hosts = 254;
const instanceLabel = "app.kubernetes.io/instance";

/** What is known of all objects that have or want an address. */
export interface Addressed {
  readonly services: readonly V1Service[];
  readonly ingresses: readonly V1Ingress[];
  readonly classes: readonly V1IngressClass[];
  /** Addresses that were given and may not stand in the objects above yet. */
  readonly given: readonly string[];
}

/** False for a Service that asks for another load balancer than ours. */
export function isBalancedHere(service: V1Service): boolean {
  return service.spec?.loadBalancerClass === undefined;
}

/**
 * The address that a Service should have: one of our range for type LoadBalancer, none otherwise.
 * The same name gets the same address, unless another object has it already.
 */
export function serviceAddress(service: V1Service, all: Addressed): string | undefined {
  const { type, loadBalancerIP } = service.spec ?? {};
  if (type !== "LoadBalancer") return undefined;
  if (loadBalancerIP?.startsWith(prefix)) return loadBalancerIP;
  return addressOf(service) ?? freeAddress("service", service, all);
}

/**
 * The address that an Ingress should have: that of the load balancer of its class's controller, or
 * one of its own where the controller has none. An Ingress whose class does not exist has none, as
 * no controller would serve it.
 */
export function ingressAddress(ingress: V1Ingress, all: Addressed): string | undefined {
  const className =
    ingress.spec?.ingressClassName ??
    ingress.metadata?.annotations?.["kubernetes.io/ingress.class"];
  const ingressClass = all.classes.find(({ metadata }) => metadata?.name === className);
  if (!ingressClass) return undefined;
  const balancer = all.services.find((service) => isOfSameInstance(service, ingressClass));
  if (balancer) return addressOf(balancer);
  return addressOf(ingress) ?? freeAddress("ingress", ingress, all);
}

/** The first address that an object's status tells. */
export function addressOf(object: V1Service | V1Ingress): string | undefined {
  return object.status?.loadBalancer?.ingress?.[0]?.ip;
}

/** A chart labels its IngressClass and the Service of its controller with the same instance. */
function isOfSameInstance(service: V1Service, ingressClass: V1IngressClass): boolean {
  const instance = ingressClass.metadata?.labels?.[instanceLabel];
  return (
    instance !== undefined &&
    service.spec?.type === "LoadBalancer" &&
    service.metadata?.labels?.[instanceLabel] === instance
  );
}

function freeAddress(
  kind: string,
  { metadata }: V1Service | V1Ingress,
  { services, ingresses, given }: Addressed,
): string {
  const taken = new Set([...[...services, ...ingresses].map(addressOf), ...given]);
  const name = `${kind}/${metadata?.namespace}/${metadata?.name}`;
  const first = createHash("sha256").update(name).digest().readUInt32BE(0);
  for (let step = 0; step < hosts; step++) {
    const address = `${prefix}${1 + ((first + step) % hosts)}`;
    if (!taken.has(address)) return address;
  }
  throw new Error(`all ${hosts} addresses of ${prefix}0/24 are in use`);
}
