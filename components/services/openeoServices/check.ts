import {
  dns1035Rule,
  isDns1035Label,
  isHostName,
  isReleaseName,
  releaseNameRule,
} from "../../base/names";
import { Refusals, requireNamespace, requireTimeout, requireWhole } from "../../base/refusal";
import type { OpenEoAggregatorArgs, OpenEoServiceArgs, OpenEoServicesArgs } from "./args";

/** What services are made from unless told otherwise. */
export const defaults = {
  namespace: "openeo-services",
  ingressClassName: "traefik",
  timeoutSeconds: 300,
};

/** An `http(s)://` address that holds no credentials and no query. */
const address = /^https?:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/;

/**
 * What the ids of back-ends look like: the aggregator takes a job's id apart at the first hyphen, and
 * has `agg` for itself.
 */
const backendId = /^(?!agg$)[A-Za-z0-9_]{1,32}$/;

/** `host:port`, several joined by commas. */
const zooKeeperHosts = /^[a-z0-9.-]+:\d{1,5}(,[a-z0-9.-]+:\d{1,5})*$/;

/** Kinds of storage that the workspaces API knows. */
const providers = ["s3", "gcs", "azure"];

/**
 * Looks at all arguments before anything is registered.
 *
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
export function checkOpenEoServices(name: string, args: OpenEoServicesArgs): void {
  const refusals = new Refusals(`OpenEoServices ${name}`);
  refusals.require(isReleaseName(name), "name", `"${name}" names the services: ${releaseNameRule}`);
  requireNamespace(refusals, "namespace", args.namespace ?? defaults.namespace);
  requireTimeout(refusals, args.timeoutSeconds ?? defaults.timeoutSeconds);
  const { webEditor, aggregator, jobRegistry, workspaces } = args;
  const services = { webEditor, aggregator, jobRegistry, workspaces };
  const given = Object.entries(services).flatMap(([key, service]) =>
    service === undefined ? [] : [[key, service] as const],
  );
  const none = "is missing, as are aggregator, jobRegistry and workspaces; give at least one";
  refusals.require(given.length > 0, "webEditor", none);
  for (const [key, service] of given) refuseService(refusals, key, service);
  refuseSharedHosts(refusals, given);
  if (aggregator) refuseAggregator(refusals, aggregator);
  if (typeof webEditor?.backendUrl === "string") {
    refuseAddress(refusals, "webEditor.backendUrl", webEditor.backendUrl);
  }
  if (jobRegistry) {
    const key = "jobRegistry.elasticsearchUrls";
    const urls = jobRegistry.elasticsearchUrls;
    refusals.require(urls.length > 0, key, "is empty; name at least one Elasticsearch");
    urls.forEach((url, index) => refuseAddress(refusals, `${key}[${index}]`, url));
    refuseAddress(refusals, "jobRegistry.oidcIssuer", jobRegistry.oidcIssuer);
  }
  if (workspaces) refuseWorkspaces(refusals, workspaces);
  refusals.throwIfAny();
}

function refuseAddress(refusals: Refusals, propertyPath: string, url: string): void {
  const rule = "must be an http(s):// address without credentials and query";
  refusals.require(address.test(url), propertyPath, rule);
}

function refuseService(refusals: Refusals, key: string, service: OpenEoServiceArgs): void {
  const { image, imageTag, host, tlsSecret, clusterIssuer } = service;
  const require = (holds: boolean, property: string, reason: string) =>
    refusals.require(holds, `${key}.${property}`, reason);
  require(image !== "", "image", "is empty; name the image without its tag");
  const tagged = `"${image ?? ""}" carries a tag; put it into imageTag`;
  require(!/:[^/]*$/.test(image ?? ""), "image", tagged);
  const isExact = imageTag !== "" && imageTag !== "latest";
  require(isExact, "imageTag", `"${imageTag}" names no one image; name an exact tag`);
  require(host === undefined || isHostName(host), "host", `"${host ?? ""}" is no host name`);
  for (const [property, value] of Object.entries({ tlsSecret, clusterIssuer })) {
    if (value === undefined) continue;
    require(isDns1035Label(value), property, `"${value}" is no name: ${dns1035Rule}`);
    require(host !== undefined, property, "is given without a host; name the host too");
  }
  requireWhole(refusals, `${key}.replicas`, service.replicas, { least: 1 });
  requireWhole(refusals, `${key}.cpuMillicores`, service.cpuMillicores, { least: 10 });
  requireWhole(refusals, `${key}.memoryMib`, service.memoryMib, { least: 32 });
}

/** Two Ingresses with one host would take each other's requests. */
function refuseSharedHosts(
  refusals: Refusals,
  services: readonly (readonly [string, OpenEoServiceArgs])[],
): void {
  const owners = new Map<string, string>();
  for (const [key, { host }] of services) {
    if (host === undefined) continue;
    const owner = owners.get(host);
    const reason = `"${host}" is the host of ${owner ?? ""} too; each service needs its own`;
    refusals.require(owner === undefined, `${key}.host`, reason);
    owners.set(host, owner ?? key);
  }
}

function refuseAggregator(refusals: Refusals, args: OpenEoAggregatorArgs): void {
  const { backends, oidcProviders = [], zooKeeper } = args;
  refusals.require(backends.length > 0, "aggregator.backends", "is empty; name at least one");
  refuseIds(refusals, "aggregator.backends", backends);
  backends.forEach(({ id, url }, index) => {
    const path = `aggregator.backends[${index}]`;
    const rule = `"${id}" is no id: at most 32 letters, digits and underscores, not agg`;
    refusals.require(backendId.test(id), `${path}.id`, rule);
    refuseAddress(refusals, `${path}.url`, url);
  });
  refuseIds(refusals, "aggregator.oidcProviders", oidcProviders);
  oidcProviders.forEach(({ issuer }, index) =>
    refuseAddress(refusals, `aggregator.oidcProviders[${index}].issuer`, issuer),
  );
  refusals.require(
    zooKeeper === undefined || zooKeeperHosts.test(zooKeeper),
    "aggregator.zooKeeper",
    `"${zooKeeper ?? ""}" must be host:port, several joined by commas`,
  );
  requireWhole(refusals, "aggregator.workers", args.workers, { least: 1 });
  requireWhole(refusals, "aggregator.cacheSeconds", args.cacheSeconds, { least: 1 });
}

function refuseIds(
  refusals: Refusals,
  path: string,
  list: readonly { readonly id: string }[],
): void {
  list.forEach(({ id }, index) => {
    const first = list.findIndex((other) => other.id === id);
    const reason = `"${id}" is the id of ${path}[${first}] too; each needs its own`;
    refusals.require(first === index, `${path}[${index}].id`, reason);
  });
}

function refuseWorkspaces(
  refusals: Refusals,
  args: NonNullable<OpenEoServicesArgs["workspaces"]>,
): void {
  refuseAddress(refusals, "workspaces.keycloakUrl", args.keycloakUrl);
  refuseAddress(refusals, "workspaces.elasticsearchUrl", args.elasticsearchUrl);
  const hasUser = args.elasticsearchUser !== undefined;
  refusals.require(
    hasUser === (args.elasticsearchPassword !== undefined),
    "workspaces.elasticsearchPassword",
    hasUser
      ? "is missing; give the password of elasticsearchUser, as a secret"
      : "is given without elasticsearchUser; name the user too",
  );
  requireWhole(refusals, "workspaces.quotaGib", args.quotaGib, { least: 1 });
  const kinds = args.providers ?? ["s3"];
  refusals.require(
    kinds.length > 0 && kinds.every((kind) => providers.includes(kind)),
    "workspaces.providers",
    `must be some of ${providers.join(", ")}, got ${kinds.join(", ") || "none"}`,
  );
}
