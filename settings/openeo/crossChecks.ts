import { charts } from "../../components/charts";
import { judgeOperatorSpark, judgeSpark } from "../../components/compatibility";
import { imageContent, imageReleases } from "../../components/workloads/openeo/images";
import { eventLogDefaults } from "../../components/services/objectStore/buckets";
import { defaultRegion } from "../../components/services/objectStore/s3a";
import { namesMeet } from "../../components/workloads/openeo/names";
import type { Check } from "../crossCheck";
import type { PlainSettings } from "../schema";
import { checkBatch } from "./batchChecks";
import { openEoInstances, type OpenEoInstance } from "./instances";

type OpenEo = PlainSettings["openeo"];

type Instance = OpenEoInstance<OpenEo>;

/** Looks at what openEO's settings mean together, and beside those of the rest. */
export function checkOpenEo(settings: PlainSettings, check: Check): void {
  const instances = openEoInstances(settings);
  for (const instance of instances) {
    checkNamespace(instance, settings, check);
    checkImage(instance, settings, check);
    checkCatalogs(instance, check);
    checkLogin(instance, check);
    checkBatch(instance, settings, check);
    checkRoute(instance, settings, check);
    checkStore(instance, settings, check);
    checkRegistry(instance, settings, check);
    checkSecrets(instance, check);
  }
  checkApart(instances, check);
  const mounting = instances.filter(
    ({ openeo }) => openeo.batch.fuse.enabled && openeo.s3 === undefined,
  );
  for (const { at } of mounting.slice(1)) {
    const place = [...at, "batch", "fuse", "enabled"];
    const message = "takes the one key of the CSI driver, and another openEO has it";
    check.refuse(place, message, check.remedies.set(place, false));
  }
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
    const message = `is required, as the content of image ${openeo.imageVersion} is not known (of ${Object.keys(imageReleases).join(", ")} it is); look into the image: /opt/venv/lib64 names Python's version`;
    for (const [key, example] of [
      ["sparkVersion", "3.5.3"],
      ["pythonVersion", "3.8"],
    ] as const) {
      const place = [...at, key];
      if (openeo[key] === undefined)
        check.refuse(place, message, check.remedies.set(place, example));
    }
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

function checkRoute(
  { name, at, openeo }: Instance,
  { traefik }: PlainSettings,
  { refuse, warn, remedies }: Check,
): void {
  if (traefik.enabled) return;
  const { kind, ingressClass } = openeo.route;
  if (kind === "IngressRoute") {
    warn(`${name} has an IngressRoute, and this stack deploys no Traefik that would read it`);
  } else if (ingressClass === undefined) {
    const place = [...at, "route", "ingressClass"];
    const message = "is required, as this stack deploys no Traefik: kubectl get ingressclass";
    refuse(place, message, remedies.set(place, "nginx"));
  }
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

/** The stack's own store has a region and buckets that nobody chooses, and a key for each openEO. */
function checkOwnStore(
  { at, openeo }: Instance,
  { refuse, remedies }: Pick<Check, "refuse" | "remedies">,
): void {
  const { inputData, batch } = openeo;
  if (inputData?.region !== undefined && inputData.region !== defaultRegion) {
    const place = [...at, "inputData", "region"];
    const message = `is another than that of the stack's object store (${defaultRegion}), and the image has one variable for both`;
    refuse(place, message, remedies.remove(place));
  }
  if (batch.eventLog.bucket !== eventLogDefaults.bucket) {
    const place = [...at, "batch", "eventLog", "bucket"];
    const message = "is chosen by the stack's object store; leave it out, or give openeo.s3";
    refuse(place, message, remedies.remove(place));
  }
}

function checkStore(
  { name, at, openeo }: Instance,
  { objectStore }: PlainSettings,
  { refuse, requireSecret, remedies }: Check,
): void {
  if (openeo.s3 !== undefined) {
    const why = `as ${at.join(".")}.s3 is set`;
    requireSecret("s3AccessKeyId", why);
    requireSecret("s3SecretAccessKey", why);
    return;
  }
  if (objectStore.enabled) {
    checkOwnStore({ at, openeo, name }, { refuse, remedies });
    return;
  }
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
  if (openeo.jobRegistry !== undefined) {
    requireSecret("openeoJobRegistryCredentials", `as ${key}.jobRegistry is set`);
  }
  if (openeo.secretEnv.length > 0) {
    requireSecret("openeoSecretEnv", `as ${key}.secretEnv names variables`);
  }
  if (openeo.zooKeeper?.username !== undefined) {
    requireSecret("openeoZooKeeperPassword", `as ${key}.zooKeeper.username is set`);
  }
}

/**
 * Two instances in a namespace would share the account of batch jobs. What the stack has one secret
 * for must be one place for all: the keys of one store would be sent to another.
 */
function checkApart(instances: readonly Instance[], { refuse, remedies }: Check): void {
  instances.forEach(({ name, at, openeo }, index) => {
    for (const other of instances.slice(0, index)) {
      if (other.openeo.namespace === openeo.namespace) {
        const message = `is that of ${other.name} too; each openEO has a namespace of its own`;
        refuse([...at, "namespace"], message, remedies.set([...at, "namespace"], name));
      }
      if (namesMeet(name, other.name)) {
        const message = `names an openEO whose objects would have the names of those of ${other.name}; take another name`;
        refuse(at, message, remedies.remove(at));
      }
      for (const part of shared) {
        const [own, theirs] = [part.of(openeo), part.of(other.openeo)];
        if (own === undefined || theirs === undefined || own === theirs) continue;
        const place = [...at, ...part.path];
        const message = `is another than that of ${other.name}, and the stack has one secret for both; take one stack each`;
        refuse(place, message, remedies.set(place, theirs));
      }
    }
  });
}

/** What has one secret in a stack, whoever uses it. */
const shared = [
  { path: ["s3", "endpoint"], of: ({ s3 }: OpenEo) => s3?.endpoint },
  { path: ["inputData", "endpoint"], of: ({ inputData }: OpenEo) => inputData?.endpoint },
  { path: ["jobRegistry", "api"], of: ({ jobRegistry }: OpenEo) => jobRegistry?.api },
  { path: ["zooKeeper", "username"], of: ({ zooKeeper }: OpenEo) => zooKeeper?.username },
] as const;

/** A Spark that somebody ran on that Kubernetes, else the newest that is not known to fail there. */
function sparkFor(kubernetes: string): string {
  const candidates = ["4.0.1", "3.5.3", "3.4.1", "3.2.0", "3.1.3", "2.4.5"];
  const able = (verdict: "tested" | "untested") =>
    candidates.find((spark) => judgeSpark({ spark, kubernetes }).verdict === verdict);
  return able("tested") ?? able("untested") ?? "3.5.3";
}
