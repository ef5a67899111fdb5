import { z } from "zod";
import { choice, flag, namespace, whole } from "./fields";
import type { Target } from "./target";

/** minikube gives no address to a LoadBalancer unless its tunnel runs. */
const serviceTypes = {
  local: "LoadBalancer",
  minikube: "NodePort",
  existing: "LoadBalancer",
  openstack: "LoadBalancer",
} as const satisfies Record<Target, string>;

/** A stack for users survives the loss of one node. */
const replicas = { local: 1, minikube: 1, existing: 1, openstack: 2 } as const satisfies Record<
  Target,
  number
>;

/** The section `traefik`, with the defaults of a target. */
export const traefikSchema = (target: Target) =>
  z.strictObject({
    enabled: flag("Whether Traefik is deployed.", true).default(true),
    namespace: namespace("Namespace of Traefik.", "traefik").default("traefik"),
    serviceType: choice(
      ["LoadBalancer", "NodePort", "ClusterIP"],
      "Type of Traefik's Service: how clients outside of the cluster reach it.",
      "LoadBalancer",
    ).default(serviceTypes[target]),
    replicas: whole("Number of pods.", 1, 20, 2).default(replicas[target]),
    isDefaultClass: flag("Whether Ingresses without a class are Traefik's.", true).default(true),
  });
