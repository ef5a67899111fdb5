import { charts } from "../../components/charts";
import { judgeOperatorSpark, judgeSpark } from "../../components/compatibility";
import { imageContent, imageReleases } from "../../components/workloads/openeo/images";
import { checkBatchSettings } from "./batchChecks";
import type { Check } from "../crossCheck";
import type { PlainSettings } from "../schema";

type OpenEo = PlainSettings["openeo"];

/** An openEO of a stack: its name, where its settings stand, and the settings. */
export interface Instance {
  readonly name: string;
  readonly at: readonly string[];
  readonly openeo: OpenEo;
}

/** The openEO instances that are deployed. */
export const enabledInstances = (settings: PlainSettings): readonly Instance[] =>
  [
    { name: "openeo", at: ["openeo"], openeo: settings.openeo },
    ...Object.entries(settings.openeoInstances).map(([name, openeo]) => ({
      name,
      at: ["openeoInstances", name],
      openeo,
    })),
  ].filter(({ openeo }) => openeo.enabled);

/** Looks at what openEO's settings mean together, and beside those of the rest. */
export function checkOpenEo(settings: PlainSettings, check: Check): void {
  const instances = enabledInstances(settings);
  for (const instance of instances) {
    checkNamespace(instance, settings, check);
    checkImage(instance, settings, check);
    checkCatalogs(instance, check);
    checkLogin(instance, check);
    const operator = settings.sparkOperator.enabled ? settings.sparkOperator : undefined;
    checkBatchSettings(instance.at, instance.openeo.batch, operator, check);
    checkStore(instance, settings, check);
    checkRegistry(instance, settings, check);
    checkSecrets(instance, check);
  }
  checkApart(instances, check);
  if (instances.length > 0 && !settings.sparkOperator.enabled) {
    check.warn("openeo needs a spark-operator, and this stack deploys none");
  }
}

function checkNamespace(
  { at, openeo }: Instance,
  { sparkOperator }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  const { jobNamespaces } = sparkOperator;
  if (!sparkOperator.enabled || jobNamespaces.includes(openeo.namespace)) return;
  const message = `is none of sparkOperator.jobNamespaces (${jobNamespaces.join(", ")}); the operator never sees an application there`;
  const place = ["sparkOperator", "jobNamespaces", jobNamespaces.length];
  refuse([...at, "namespace"], message, remedies.set(place, openeo.namespace));
}

function checkImage({ at, openeo }: Instance, settings: PlainSettings, check: Check): void {
  const { kubernetesVersion: kubernetes, sparkOperator } = settings;
  const content = imageContent(openeo);
  if (content === undefined) {
    const missing = openeo.sparkVersion === undefined ? "sparkVersion" : "pythonVersion";
    const example = missing === "sparkVersion" ? "3.5.3" : "3.8";
    const message = `is required, as the content of image ${openeo.imageVersion} is not known (of ${Object.keys(imageReleases).join(", ")} it is)`;
    check.refuse([...at, missing], message, check.remedies.set([...at, missing], example));
    return;
  }
  const { sparkVersion: spark, readsBackendConfig } = content;
  const version = [...at, "sparkVersion"];
  check.judge(version, judgeSpark({ spark, kubernetes }), sparkFor(kubernetes));
  if (sparkOperator.enabled) {
    const operator = sparkOperator.version;
    const key = ["sparkOperator", "version"];
    check.judge(key, judgeOperatorSpark({ operator, spark }), charts.sparkOperator.version);
  }
  if (readsBackendConfig) return;
  const message = `reads no backendconfig.py, which says who may log in; take a newer image`;
  check.refuse(
    [...at, "imageVersion"],
    message,
    check.remedies.set([...at, "imageVersion"], "20250325-2415"),
  );
}

function checkCatalogs({ at, openeo }: Instance, { refuse, remedies }: Check): void {
  if (openeo.layerCatalogs.length + openeo.imageCatalogs.length > 0) return;
  const message = "is empty, and so is imageCatalogs; an openEO without collections serves nothing";
  const remedy = remedies.set([...at, "layerCatalogs", 0], "catalogues/example.json");
  refuse([...at, "layerCatalogs"], message, remedy);
}

function checkLogin({ name, at, openeo }: Instance, { refuse, warn, remedies }: Check): void {
  const { login, backendConfig, title, description } = openeo;
  if (backendConfig !== undefined) {
    if (title === undefined && description === undefined && login.oidc.length === 0) return;
    const message =
      "is set beside title, description or login.oidc, which are parts of it; only one of them can hold";
    refuse([...at, "backendConfig"], message, remedies.remove([...at, "backendConfig"]));
    return;
  }
  login.oidc.forEach(({ id }, index) => {
    if (login.oidc.findIndex((other) => other.id === id) === index) return;
    const place = [...at, "login", "oidc", index, "id"];
    refuse(place, "is the id of another provider too", remedies.set(place, `${id}-2`));
  });
  if (!login.basic && login.oidc.length === 0) {
    warn(`nobody can log in to ${name}, as login.basic is false and login.oidc is empty`);
  }
}

function checkStore(
  { at, openeo }: Instance,
  { objectStore }: PlainSettings,
  { refuse, requireSecret, remedies }: Check,
): void {
  if (openeo.s3 !== undefined) {
    const why = `as ${at.join(".")}.s3 is set`;
    requireSecret("s3AccessKeyId", why);
    requireSecret("s3SecretAccessKey", why);
    return;
  }
  if (objectStore.enabled) return;
  const place = [...at, "s3", "endpoint"];
  const own = remedies.set(["objectStore", "enabled"], true);
  const message = `is required, as this stack deploys no object store of its own (it would: ${own})`;
  refuse(place, message, remedies.set(place, "https://s3.waw3-1.cloudferro.com"));
}

function checkRegistry(
  { at, openeo }: Instance,
  { openeoServices }: PlainSettings,
  { refuse, remedies }: Check,
): void {
  const { jobRegistry } = openeo;
  if (jobRegistry === undefined || jobRegistry.api !== undefined) return;
  if (openeoServices.jobRegistry.enabled) return;
  const place = [...at, "jobRegistry", "api"];
  const message = "is required, as this stack deploys no job registry of its own";
  refuse(place, message, remedies.set(place, "https://jobregistry.example.org"));
}

function checkSecrets({ at, openeo }: Instance, { requireSecret }: Check): void {
  const key = at.join(".");
  if (openeo.secretEnv.length > 0) {
    requireSecret("openeoSecretEnv", `as ${key}.secretEnv names variables`);
  }
  if (openeo.zooKeeper?.username !== undefined) {
    requireSecret("openeoZooKeeperPassword", `as ${key}.zooKeeper.username is set`);
  }
}

/** Two instances in a namespace would share the account of batch jobs, two at a host the way in. */
function checkApart(instances: readonly Instance[], { refuse, remedies }: Check): void {
  instances.forEach(({ name, at, openeo }, index) => {
    for (const other of instances.slice(0, index)) {
      if (other.openeo.namespace === openeo.namespace) {
        const message = `is that of ${other.name} too; each openEO has a namespace of its own`;
        refuse([...at, "namespace"], message, remedies.set([...at, "namespace"], name));
      }
      if (other.openeo.host === openeo.host) {
        const message = `is that of ${other.name} too; each openEO has a host of its own`;
        refuse([...at, "host"], message, remedies.set([...at, "host"], `${name}.example.org`));
      }
    }
  });
}

/** A Spark that somebody ran on that Kubernetes, else the newest that is not known to fail there. */
function sparkFor(kubernetes: string): string {
  const candidates = ["4.0.1", "3.5.3", "3.4.1", "3.2.0", "3.1.3", "2.4.5"];
  const able = (verdict: "tested" | "untested") =>
    candidates.find((spark) => judgeSpark({ spark, kubernetes }).verdict === verdict);
  return able("tested") ?? able("untested") ?? "3.5.3";
}
