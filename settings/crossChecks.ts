import { charts } from "../components/charts";
import {
  judgeChart,
  judgeImageTag,
  judgeOperator,
  judgeOperatorSpark,
  judgeSpark,
  kubernetesEndOfLife,
  namespacesKey,
  type Judgement,
} from "../components/compatibility";
import { checkOpenEoServices } from "./openeoServicesChecks";
import type { Problem } from "./problem";
import type { PlainSettings } from "./schema";
import { secretSettings, type SecretKey } from "./secrets";
import type { Remedies } from "./wording";

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
  today?: string,
): CrossChecked {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const ownWarnings: string[] = [];
  const refuse = (key: string, message: string, remedy: string) =>
    problems.push({ key, message, remedy, kind: "wrong" });
  const requireSecret = (key: SecretKey, why: string) => {
    if (secrets.includes(key)) return;
    const remedy = remedies.setSecret(key, secretSettings[key].input);
    problems.push({ key, message: `is required, ${why}`, remedy, kind: "missing-secret" });
  };
  checkAccess(settings, secrets, given, { refuse, requireSecret }, remedies);
  checkNamespaces(settings, refuse, remedies);
  ownWarnings.push(...checkOpenEoServices(settings, secrets, { refuse, requireSecret }, remedies));
  checkObjectStore(settings, refuse, remedies);
  for (const { key, judgement, example } of judgements(settings)) {
    if (judgement.verdict === "tested") continue;
    const text = `${judgement.reason}${judgement.remedy ? `; ${judgement.remedy}` : ""}`;
    if (judgement.verdict === "untested") warnings.push(text);
    else refuse(keyText(key), text, remedies.set(key, example));
  }
  const ended = kubernetesEndOfLife(settings.kubernetesVersion);
  if (ended !== undefined && today !== undefined && ended.date <= today) {
    ownWarnings.push(`${ended.subject} has not been maintained since ${ended.date}`);
  }
  if (settings.openeo.enabled && !settings.sparkOperator.enabled) {
    ownWarnings.push("openeo needs a spark-operator, and this stack deploys none");
  }
  return { problems, warnings: [...warnings, ...ownWarnings], ownWarnings };
}

/** Takes what is wrong. */
export interface Refuser {
  readonly refuse: (key: string, message: string, remedy: string) => void;
  readonly requireSecret: (key: SecretKey, why: string) => void;
}

function checkAccess(
  settings: PlainSettings,
  secrets: readonly SecretKey[],
  given: Readonly<Record<string, unknown>>,
  { refuse, requireSecret }: Refuser,
  remedies: Remedies,
): void {
  const { target, openeo } = settings;
  if (target === "creodias") requireSecret("kubeconfig", "as the target is creodias");
  const places = ["kubeconfigFile", "kubeContext"].filter((key) => given[key] !== undefined);
  const hasSecret = secrets.includes("kubeconfig");
  if (hasSecret && given["kubeconfigFile"] !== undefined) {
    const message = "is set beside the secret kubeconfig; only one of them can hold";
    refuse("kubeconfigFile", message, remedies.remove(["kubeconfigFile"]));
  }
  if (target === "existing" && !hasSecret && places.length === 0) {
    const message =
      "is required, as the target is existing and neither kubeconfigFile nor the secret kubeconfig is set: whatever context is current may be the wrong cluster";
    refuse("kubeContext", message, remedies.set(["kubeContext"], "my-cluster"));
  }
  if (openeo.enabled && openeo.s3.credentials === "config") {
    const why = "as openeo.s3.credentials is config";
    requireSecret("s3AccessKeyId", why);
    requireSecret("s3SecretAccessKey", why);
  }
}

function checkNamespaces(
  { sparkOperator, traefik, openeo }: PlainSettings,
  refuse: Refuser["refuse"],
  remedies: Remedies,
): void {
  const { jobNamespaces } = sparkOperator;
  if (sparkOperator.enabled) {
    if (jobNamespaces.includes(sparkOperator.namespace)) {
      const message = "is one of sparkOperator.jobNamespaces; jobs stay out of the operator's own";
      const key = ["sparkOperator", "namespace"];
      refuse(keyText(key), message, remedies.set(key, "spark-operator"));
    }
    const takesOne = namespacesKey(sparkOperator.version) === "sparkJobNamespace";
    if (takesOne && jobNamespaces.length > 1) {
      const message = `names ${jobNamespaces.length} namespaces, and chart ${sparkOperator.version} takes one; take a newer sparkOperator.version`;
      const remedy = remedies.set(["sparkOperator", "version"], charts.sparkOperator.version);
      refuse("sparkOperator.jobNamespaces", message, remedy);
    }
    if (openeo.enabled && !jobNamespaces.includes(openeo.namespace)) {
      const message = `is none of sparkOperator.jobNamespaces (${jobNamespaces.join(", ")}); the operator never sees an application there`;
      const remedy = remedies.set(
        ["sparkOperator", "jobNamespaces", jobNamespaces.length],
        openeo.namespace,
      );
      refuse("openeo.namespace", message, remedy);
    }
  }
  const taken = sparkOperator.enabled ? [sparkOperator.namespace, ...jobNamespaces] : [];
  if (traefik.enabled && taken.includes(traefik.namespace)) {
    const message = "is a namespace of sparkOperator too; each is made by one component";
    refuse("traefik.namespace", message, remedies.set(["traefik", "namespace"], "traefik"));
  }
}

function checkObjectStore(
  { objectStore, sparkOperator, traefik }: PlainSettings,
  refuse: Refuser["refuse"],
  remedies: Remedies,
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
    refuse("objectStore.namespace", message, remedy);
  }
  if (tlsSecret !== undefined && host === undefined) {
    const message = "has no host that it is for";
    const remedy = remedies.set(["objectStore", "host"], "s3.example.org");
    refuse("objectStore.tlsSecret", message, remedy);
  }
}

interface Judged {
  /** The setting to change. */
  readonly key: readonly string[];
  readonly judgement: Judgement;
  /** A value that would do, for the command that mends it. */
  readonly example: string;
}

function judgements(settings: PlainSettings): readonly Judged[] {
  const { kubernetesVersion: kubernetes, sparkOperator, traefik, openeo } = settings;
  const operator = sparkOperator.version;
  const { imageTag } = sparkOperator;
  const { sparkVersion: spark } = openeo;
  const judged: Judged[] = [];
  if (openeo.enabled) {
    const key = ["openeo", "sparkVersion"];
    judged.push({
      key,
      judgement: judgeSpark({ spark, kubernetes }),
      example: sparkFor(kubernetes),
    });
  }
  if (openeo.enabled && sparkOperator.enabled) {
    const key = ["sparkOperator", "version"];
    const example = charts.sparkOperator.version;
    judged.push({ key, judgement: judgeOperatorSpark({ operator, spark }), example });
  }
  if (sparkOperator.enabled) {
    const key = ["kubernetesVersion"];
    judged.push({ key, judgement: judgeOperator({ operator, kubernetes }), example: "1.35" });
  }
  if (sparkOperator.enabled && imageTag !== undefined) {
    const key = ["sparkOperator", "imageTag"];
    judged.push({ key, judgement: judgeImageTag({ operator, imageTag }), example: operator });
  }
  if (traefik.enabled) {
    const { name: chart, version } = charts.traefik;
    const key = ["kubernetesVersion"];
    judged.push({ key, judgement: judgeChart({ chart, version, kubernetes }), example: "1.35" });
  }
  return judged;
}

/** A Spark that somebody ran on that Kubernetes, else the newest that is not known to fail there. */
function sparkFor(kubernetes: string): string {
  const candidates = ["4.0.1", "3.5.3", "3.4.1", "3.2.0", "3.1.3", "2.4.5"];
  const able = (verdict: Judgement["verdict"]) =>
    candidates.find((spark) => judgeSpark({ spark, kubernetes }).verdict === verdict);
  return able("tested") ?? able("untested") ?? "3.5.3";
}

const keyText = (key: readonly string[]): string => key.join(".");
