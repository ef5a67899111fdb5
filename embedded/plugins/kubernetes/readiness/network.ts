import { objectAt, objectsAt, stringAt, type JsonObject } from "../../protocol/properties";
import { ready, waiting, type Judge, type Surroundings } from "./readiness";

// A Service that selects no pod at all is not waited for longer than this.
const noPodsMs = 10_000;

export const service: Judge = async (live, around) => {
  const type = stringAt(live, "spec", "type") ?? "ClusterIP";
  if (
    type === "LoadBalancer" &&
    objectsAt(live, "status", "loadBalancer", "ingress").length === 0
  ) {
    return waiting("the load balancer has no address yet; does the cluster give addresses?");
  }
  const selector = objectAt(live, "spec", "selector");
  const headless = stringAt(live, "spec", "clusterIP") === "None";
  if (type === "ExternalName" || headless || Object.keys(selector).length === 0) return ready;
  const found = await endpoints(live, stringAt(live, "metadata", "name") ?? "", around);
  if (found.ready > 0) return ready;
  if (found.pending === 0 && around.waitedMs > noPodsMs) return ready;
  return waiting(
    found.pending > 0
      ? `${found.pending} selected pods are not ready`
      : "it selects no pod; does spec.selector fit the pods' labels?",
  );
};

async function endpoints(live: JsonObject, name: string, around: Surroundings) {
  const namespace = stringAt(live, "metadata", "namespace");
  const slices = await around.list(
    { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace },
    { labels: `kubernetes.io/service-name=${name}` },
  );
  const all = slices.flatMap((slice) => objectsAt(slice, "endpoints"));
  const isReady = all.filter((one) => objectAt(one, "conditions")["ready"] !== false).length;
  return { ready: isReady, pending: all.length - isReady };
}

export const ingress: Judge = async (live, around) => {
  const namespace = stringAt(live, "metadata", "namespace");
  for (const name of backends(live)) {
    const target = await around.get({ apiVersion: "v1", kind: "Service", namespace, name });
    if (!target) return waiting(`no Service ${name}, which one of its paths leads to`);
    if (stringAt(target, "spec", "type") === "ExternalName") continue;
    const found = await endpoints(target, name, around);
    if (found.ready + found.pending === 0 && around.waitedMs <= noPodsMs) {
      return waiting(`Service ${name} has no endpoints yet`);
    }
  }
  const addresses = objectsAt(live, "status", "loadBalancer", "ingress");
  if (addresses.length === 0)
    return waiting("it has no address yet; does an ingress controller serve its class?");
  return ready;
};

function backends(live: JsonObject): Set<string> {
  const paths = objectsAt(live, "spec", "rules").flatMap((rule) =>
    objectsAt(rule, "http", "paths"),
  );
  const named = [
    ...paths.map((path) => objectAt(path, "backend")),
    objectAt(live, "spec", "defaultBackend"),
  ];
  return new Set(named.flatMap((backend) => stringAt(backend, "service", "name") ?? []));
}
