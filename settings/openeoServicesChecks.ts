import { serviceImages } from "../components/services/openeoServices/images";
import type { Refuser } from "./crossChecks";
import type { PlainSettings } from "./schema";
import type { SecretKey } from "./secrets";
import { keyOf, type Remedies } from "./wording";

/** What the section `openeoServices` means beside the others. Returns what there is to warn about. */
export function checkOpenEoServices(
  settings: PlainSettings,
  secrets: readonly SecretKey[],
  { refuse, requireSecret }: Refuser,
  remedies: Remedies,
): readonly string[] {
  const { webEditor, aggregator, jobRegistry, workspaces, namespace } = settings.openeoServices;
  const services = { webEditor, aggregator, jobRegistry, workspaces };
  const enabled = Object.entries(services).filter(([, service]) => service.enabled);
  if (enabled.length === 0) return [];
  const place = (...key: string[]) => ["openeoServices", ...key];
  const mend = (key: readonly string[], message: string, example: string) =>
    refuse(keyOf(key), message, remedies.set(key, example));

  if (namespacesOf(settings).includes(namespace)) {
    const message = "is a namespace of another part too; each is made by one component";
    mend(place("namespace"), message, "openeo-services");
  }
  const hosts = new Map<string, string>();
  if (settings.openeo.enabled) hosts.set(settings.openeo.host, "openeo.host");
  for (const [name, { host }] of enabled) {
    if (host === undefined) continue;
    const key = place(name, "host");
    const owner = hosts.get(host);
    if (owner !== undefined) {
      const message = `is ${owner} too; each has a host of its own`;
      mend(key, message, `${name.toLowerCase()}.example.org`);
    }
    hosts.set(host, owner ?? keyOf(key));
  }
  if (webEditor.enabled && webEditor.backendUrl === undefined && !settings.openeo.enabled) {
    const message = "is required, as this stack deploys no openEO that the editor could open with";
    mend(place("webEditor", "backendUrl"), message, "https://openeo.example.org");
  }
  if (jobRegistry.enabled) {
    requireSecret("jobRegistryClientSecret", "as openeoServices.jobRegistry is enabled");
  }
  if (workspaces.enabled) {
    requireSecret("workspacesClientSecret", "as openeoServices.workspaces is enabled");
    if (workspaces.elasticsearchUser !== undefined) {
      const why = "as openeoServices.workspaces.elasticsearchUser is set";
      requireSecret("workspacesElasticsearchPassword", why);
    }
  }
  const { repository, isPrivate } = serviceImages.jobRegistry;
  const isAnonymous = !secrets.includes("openeoServicesPullConfig");
  return jobRegistry.enabled && isPrivate && jobRegistry.image === repository && isAnonymous
    ? [
        `openeoServices.jobRegistry.image is in a private registry; if the nodes cannot log in there: ${remedies.setSecret("openeoServicesPullConfig", " < config.json")}`,
      ]
    : [];
}

/** The namespaces that other parts of the stack make. */
const namespacesOf = ({ sparkOperator, traefik }: PlainSettings): readonly string[] => [
  ...(sparkOperator.enabled ? [sparkOperator.namespace, ...sparkOperator.jobNamespaces] : []),
  ...(traefik.enabled ? [traefik.namespace] : []),
];
