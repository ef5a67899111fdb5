import type { IngressAddressArgs } from "../../components";
import type { OpenStackSettings, Settings } from "../../settings";

/** Whether users come in by a load balancer of the cloud. */
export const hasLoadBalancer = ({ traefik }: Settings): boolean =>
  traefik.enabled && traefik.serviceType === "LoadBalancer";

/** The reserved address of the way in. */
export const ingressAddressArgs = ({ name, network }: OpenStackSettings): IngressAddressArgs => ({
  clusterName: name,
  externalNetwork: network.externalNetwork,
});
