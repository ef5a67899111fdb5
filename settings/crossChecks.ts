import { charts } from "../components/charts";
import {
  judgeChart,
  judgeImageTag,
  judgeOperator,
  kubernetesEndOfLife,
  namespacesKey,
} from "../components/compatibility";
import { checkOpenEoServices } from "./openeoServicesChecks";
import { Check } from "./crossCheck";
import { checkOpenEo } from "./openeo/crossChecks";
import { openEoInstances } from "./openeo/instances";
import { checkOpenStack, type Caller } from "./openstack/crossChecks";
import type { Problem } from "./problem";
import type { PlainSettings } from "./schema";
import type { SecretKey } from "./secrets";
import { keyOf, type Remedies } from "./wording";

/** What the settings mean together. */
export interface CrossChecked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Those of the warnings that no component gives too. */
  readonly ownWarnings: readonly string[];
}

/** Looks at settings that depend on each other. */
export function crossCheck(
  settings: PlainSettings,
  secrets: readonly SecretKey[],
  given: Readonly<Record<string, unknown>>,
  remedies: Remedies,
  { today, ...caller }: Caller & { readonly today?: string },
): CrossChecked {
  const check = new Check(secrets, remedies);
  checkAccess(settings, given, check);
  // What reading has put in the place of a section that was left out means nothing.
  if (given["openstack"] !== undefined) checkOpenStack(settings, check, caller);
  checkNamespaces(settings, check);
  checkVersions(settings, check);
  checkObjectStore(settings, check);
  checkOpenEo(settings, check);
  checkOpenEoServices(settings, check);
  checkHosts(settings, check);
  const ended = kubernetesEndOfLife(settings.kubernetesVersion);
  if (ended !== undefined && today !== undefined && ended.date <= today) {
    check.warn(`${ended.subject} has not been maintained since ${ended.date}`);
  }
  const { problems, shared, own } = check;
  return { problems, warnings: [...shared, ...own], ownWarnings: own };
}

function checkAccess(
  { target }: PlainSettings,
  given: Readonly<Record<string, unknown>>,
  { secrets, refuse, remedies }: Check,
): void {
  const places = ["kubeconfigFile", "kubeContext"].filter((key) => given[key] !== undefined);
  const hasSecret = secrets.includes("kubeconfig");
  if (target === "openstack") {
    for (const key of [...places, ...(hasSecret ? ["kubeconfig"] : [])]) {
      const message = "is of no use: the target openstack makes its cluster";
      refuse([key], message, remedies.remove([key]));
    }
  }
  if (hasSecret && given["kubeconfigFile"] !== undefined) {
    const message = "is set beside the secret kubeconfig; only one of them can hold";
    refuse(["kubeconfigFile"], message, remedies.remove(["kubeconfigFile"]));
  }
  if (target === "existing" && !hasSecret && places.length === 0) {
    const message =
      "is required, as the target is existing and neither kubeconfigFile nor the secret kubeconfig is set: whatever context is current may be the wrong cluster";
    refuse(["kubeContext"], message, remedies.set(["kubeContext"], "my-cluster"));
  }
}

function checkNamespaces(
  { sparkOperator, traefik }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  const { jobNamespaces } = sparkOperator;
  if (sparkOperator.enabled) {
    if (jobNamespaces.includes(sparkOperator.namespace)) {
      const message = "is one of sparkOperator.jobNamespaces; jobs stay out of the operator's own";
      const key = ["sparkOperator", "namespace"];
      refuse(key, message, remedies.set(key, "spark-operator"));
    }
    const takesOne = namespacesKey(sparkOperator.version) === "sparkJobNamespace";
    if (takesOne && jobNamespaces.length > 1) {
      const message = `names ${jobNamespaces.length} namespaces, and chart ${sparkOperator.version} takes one; take a newer sparkOperator.version`;
      const remedy = remedies.set(["sparkOperator", "version"], charts.sparkOperator.version);
      refuse(["sparkOperator", "jobNamespaces"], message, remedy);
    }
  }
  const taken = sparkOperator.enabled ? [sparkOperator.namespace, ...jobNamespaces] : [];
  if (traefik.enabled && taken.includes(traefik.namespace)) {
    const message = "is a namespace of sparkOperator too; each is made by one component";
    const key = ["traefik", "namespace"];
    refuse(key, message, remedies.set(key, "traefik"));
  }
}

function checkObjectStore(
  { objectStore, sparkOperator, traefik }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  const { enabled, namespace, host, tlsSecret } = objectStore;
  if (!enabled) return;
  const taken = [
    ...(sparkOperator.enabled ? [sparkOperator.namespace, ...sparkOperator.jobNamespaces] : []),
    ...(traefik.enabled ? [traefik.namespace] : []),
  ];
  if (taken.includes(namespace)) {
    const message = "is a namespace of another part too; each is made by one component";
    const remedy = remedies.set(["objectStore", "namespace"], "object-store");
    refuse(["objectStore", "namespace"], message, remedy);
  }
  if (tlsSecret !== undefined && host === undefined) {
    const message = "has no host that it is for";
    const remedy = remedies.set(["objectStore", "host"], "s3.example.org");
    refuse(["objectStore", "tlsSecret"], message, remedy);
  }
}

/** Every host name leads to one place. */
function checkHosts(settings: PlainSettings, { refuse, remedies }: Check): void {
  const { objectStore } = settings;
  const hosts = [
    ...openEoInstances(settings).flatMap(({ at, openeo }) => [
      { path: [...at, "host"], host: openeo.host },
      { path: [...at, "route", "sparkUiHost"], host: openeo.route.sparkUiHost },
    ]),
    { path: ["objectStore", "host"], host: objectStore.enabled ? objectStore.host : undefined },
  ];
  hosts.forEach(({ path, host }, index) => {
    const other = hosts.slice(0, index).find((one) => host !== undefined && one.host === host);
    if (other === undefined) return;
    const message = `is ${keyOf(other.path)} too; each has a host of its own`;
    refuse(path, message, remedies.set(path, "other.example.org"));
  });
}

function checkVersions(settings: PlainSettings, { judge }: Check): void {
  const { kubernetesVersion: kubernetes, sparkOperator, traefik } = settings;
  const cluster = ["kubernetesVersion"];
  if (sparkOperator.enabled) {
    const { version: operator, imageTag } = sparkOperator;
    judge(cluster, judgeOperator({ operator, kubernetes }), "1.35");
    if (imageTag !== undefined) {
      judge(["sparkOperator", "imageTag"], judgeImageTag({ operator, imageTag }), operator);
    }
  }
  if (traefik.enabled) {
    const { name: chart, version } = charts.traefik;
    judge(cluster, judgeChart({ chart, version, kubernetes }), "1.35");
  }
}
