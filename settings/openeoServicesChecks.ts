import { serviceImages } from "../components/services/openeoServices/images";
import type { Check } from "./crossCheck";
import { openEoInstances } from "./openeo/instances";
import type { PlainSettings } from "./schema";
import { keyOf } from "./wording";

type Services = PlainSettings["openeoServices"];

/** Notes a problem of a setting below `openeoServices`, with a value that would mend it. */
type Mend = (path: readonly PropertyKey[], message: string, example: string) => void;

/** Looks at what the section `openeoServices` means beside the others. */
export function checkOpenEoServices(
  settings: PlainSettings,
  { secrets, refuse, requireSecret, warn, remedies }: Check,
): void {
  const { webEditor, aggregator, jobRegistry, workspaces } = settings.openeoServices;
  const mend: Mend = (path, message, example) => {
    const key = ["openeoServices", ...path];
    refuse(key, message, remedies.set(key, example));
  };
  checkPlaces(settings, mend);
  if (webEditor.enabled && webEditor.backendUrl === undefined && !settings.openeo.enabled) {
    const message = "is required, as this stack deploys no openEO that the editor could open with";
    mend(["webEditor", "backendUrl"], message, "https://openeo.example.org");
  }
  if (aggregator.enabled) checkBackends(aggregator.backends, mend);
  if (jobRegistry.enabled) {
    requireSecret("jobRegistryClientSecret", "as openeoServices.jobRegistry is enabled");
  }
  if (workspaces.enabled) {
    requireSecret("workspacesClientSecret", "as openeoServices.workspaces is enabled");
  }
  if (workspaces.enabled && workspaces.elasticsearchUser !== undefined) {
    const why = "as openeoServices.workspaces.elasticsearchUser is set";
    requireSecret("workspacesElasticsearchPassword", why);
  }
  const { repository, isPrivate } = serviceImages.jobRegistry;
  const isTheirs = isPrivate && jobRegistry.image === repository;
  if (jobRegistry.enabled && isTheirs && !secrets.includes("openeoServicesPullConfig")) {
    const remedy = remedies.setSecret("openeoServicesPullConfig", " < config.json");
    warn(
      `openeoServices.jobRegistry.image is in a private registry; if the nodes cannot log in there: ${remedy}`,
    );
  }
}

/** Namespace and hosts, which are nobody else's. */
function checkPlaces(settings: PlainSettings, mend: Mend): void {
  const { webEditor, aggregator, jobRegistry, workspaces, namespace } = settings.openeoServices;
  const services = Object.entries({ webEditor, aggregator, jobRegistry, workspaces });
  const enabled = services.filter(([, service]) => service.enabled);
  if (enabled.length > 0 && namespacesOf(settings).includes(namespace)) {
    const message = "is a namespace of another part too; each is made by one component";
    mend(["namespace"], message, "openeo-services");
  }
  const owners = new Map<string, string>();
  for (const { at, openeo } of openEoInstances(settings)) {
    owners.set(openeo.host, keyOf([...at, "host"]));
  }
  for (const [name, { host, tlsSecret, clusterIssuer }] of enabled) {
    const example = `${name.toLowerCase()}.example.org`;
    if (host === undefined) {
      const message = "is required with tlsSecret and clusterIssuer: a certificate is for a host";
      if (tlsSecret ?? clusterIssuer) mend([name, "host"], message, example);
      continue;
    }
    const owner = owners.get(host);
    if (owner !== undefined) {
      mend([name, "host"], `is ${owner} too; each has a host of its own`, example);
    }
    owners.set(host, owner ?? `openeoServices.${name}.host`);
  }
}

function checkBackends(backends: Services["aggregator"]["backends"], mend: Mend): void {
  const ids = backends.map(({ id }) => id);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    const message = `is the id of back-end ${ids.indexOf(id)} too; each has one of its own`;
    mend(["aggregator", "backends", index, "id"], message, "other");
  });
}

/** The namespaces that other parts of the stack make. */
const namespacesOf = ({
  sparkOperator,
  traefik,
  objectStore,
}: PlainSettings): readonly string[] => [
  ...(objectStore.enabled ? [objectStore.namespace] : []),
  ...(sparkOperator.enabled ? [sparkOperator.namespace, ...sparkOperator.jobNamespaces] : []),
  ...(traefik.enabled ? [traefik.namespace] : []),
];
