import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  OpenEoRestartPolicy,
  OpenEoRouteKind,
  type ObjectStore,
  type OpenEoArgs,
  type OpenEoLoginArgs,
} from "../components";
import type { OpenEoInstance, OpenEoSettings, SecretKey, Settings } from "../settings";
import { batchArgs } from "./openeoBatch";
import { storeOf } from "./objectStore";
import type { Sources } from "./sources";

/** What other parts of the stack give to openEO. */
export interface Surroundings {
  /** The operator's webhook answers. */
  readonly operatorReady: pulumi.Input<string>;
  /** IngressClass of the stack's Traefik. */
  readonly ingressClassName?: pulumi.Input<string>;
  /** The stack's object store. */
  readonly store?: ObjectStore;
  /** URL of the stack's job registry. */
  readonly jobRegistryUrl?: pulumi.Input<string>;
}

/** Where users reach an openEO. */
export const openEoUrl = ({ host, route }: OpenEoSettings): string =>
  `${route.tlsSecret === undefined ? "http" : "https"}://${host}`;

/** The arguments that the settings of an instance come to. */
export function openEoArgs(
  instance: OpenEoInstance,
  settings: Settings,
  sources: Sources,
  surroundings: Surroundings,
): OpenEoArgs {
  const { openeo } = instance;
  const { sparkOperator, kubernetesVersion } = settings;
  const given = (key: SecretKey) =>
    settings.secrets.includes(key) ? sources.secret(key) : undefined;
  const fileOf = (file?: string) => (file === undefined ? undefined : sources.file(file));
  return {
    kubernetesVersion,
    operatorReady: surroundings.operatorReady,
    sparkOperatorVersion: sparkOperator.version,
    // An operator that is not of this stack works wherever its own stack says.
    jobNamespaces: sparkOperator.enabled ? [...sparkOperator.jobNamespaces] : [openeo.namespace],
    ...imageArgs(openeo),
    layerCatalogs: openeo.layerCatalogs.map((file) => ({
      name: path.basename(file),
      content: sources.file(file),
    })),
    imageCatalogs: [...openeo.imageCatalogs],
    s3: s3Args(instance, sources, surroundings.store),
    ...(openeo.inputData === undefined
      ? {}
      : {
          inputData: {
            ...openeo.inputData,
            accessKeyId: given("inputDataAccessKeyId"),
            secretAccessKey: given("inputDataSecretAccessKey"),
          },
        }),
    ...identityArgs(openeo, fileOf),
    route: routeArgs(openeo, surroundings.ingressClassName),
    log4j2: fileOf(openeo.log4j2),
    httpCredentials: given("openeoHttpCredentials"),
    ...connectionArgs(openeo, given, surroundings.jobRegistryUrl),
    ...podArgs(openeo),
    metrics: metricsArgs(openeo.metrics, fileOf),
    ...batchArgs(instance, fileOf),
    sparkConf: { ...openeo.sparkConf },
    extraEnv: { ...openeo.extraEnv },
    secretEnv: secretEnv(openeo.secretEnv, sources),
  };
}

const imageArgs = (openeo: OpenEoSettings) => {
  const { namespace, image, imageVersion, sparkVersion, pythonVersion } = openeo;
  return { namespace, image, imageVersion, sparkVersion, pythonVersion };
};

/** The store that the settings name, else the stack's own. */
export function s3Args(
  { name, openeo }: OpenEoInstance,
  sources: Sources,
  store: ObjectStore | undefined,
): OpenEoArgs["s3"] {
  if (openeo.s3 !== undefined) {
    return {
      ...openeo.s3,
      accessKeyId: sources.secret("s3AccessKeyId"),
      secretAccessKey: sources.secret("s3SecretAccessKey"),
    };
  }
  if (store === undefined) throw new Error("cannot happen: the settings were refused");
  return storeOf(name, store);
}

function identityArgs(openeo: OpenEoSettings, fileOf: (file?: string) => string | undefined) {
  const { backendConfig, title, description, login } = openeo;
  if (backendConfig !== undefined) return { backendConfig: fileOf(backendConfig) };
  return { title, description, login: loginArgs(login) };
}

const loginArgs = (login: OpenEoSettings["login"]): OpenEoLoginArgs => ({
  ...(login.basic ? { basicUser: login.basicUser } : {}),
  oidc: login.oidc.map(({ clients, scopes, ...provider }) => ({
    ...provider,
    scopes: [...scopes],
    clients: clients.map(({ id, grantTypes, redirectUrls }) => ({
      id,
      ...(grantTypes === undefined ? {} : { grantTypes: [...grantTypes] }),
      redirectUrls: [...redirectUrls],
    })),
  })),
});

function routeArgs(
  { host, route }: OpenEoSettings,
  ingressClassName?: pulumi.Input<string>,
): OpenEoArgs["route"] {
  const { kind, tlsSecret, clusterIssuer, sparkUiHost } = route;
  const className = route.ingressClass ?? ingressClassName;
  return {
    host,
    kind: OpenEoRouteKind[kind],
    ...(className === undefined ? {} : { ingressClassName: className }),
    ...(tlsSecret === undefined ? {} : { tls: { secretName: tlsSecret, clusterIssuer } }),
    sparkUiHost,
  };
}

function connectionArgs(
  { jobRegistry, zooKeeper }: OpenEoSettings,
  given: (key: SecretKey) => pulumi.Output<string> | undefined,
  ownRegistry?: pulumi.Input<string>,
): Pick<OpenEoArgs, "jobRegistry" | "zooKeeper"> {
  const api = jobRegistry?.api ?? ownRegistry;
  const clientCredentials = given("openeoJobRegistryCredentials");
  return {
    ...(jobRegistry === undefined || api === undefined
      ? {}
      : { jobRegistry: { ...jobRegistry, api, clientCredentials } }),
    ...(zooKeeper === undefined
      ? {}
      : {
          zooKeeper: {
            ...zooKeeper,
            nodes: [...zooKeeper.nodes],
            ...(zooKeeper.username === undefined
              ? {}
              : { password: given("openeoZooKeeperPassword") }),
          },
        }),
  };
}

const podArgs = ({ driver, executor, dynamicAllocation, restart, ...rest }: OpenEoSettings) => ({
  driver: { ...driver },
  executor: { ...executor },
  ...(dynamicAllocation === undefined ? {} : { dynamicAllocation: { ...dynamicAllocation } }),
  restart: { ...restart, policy: OpenEoRestartPolicy[restart.policy] },
  timeToLiveSeconds: rest.timeToLiveSeconds,
});

function metricsArgs(
  metrics: OpenEoSettings["metrics"],
  fileOf: (file?: string) => string | undefined,
): OpenEoArgs["metrics"] {
  if (metrics === undefined) return undefined;
  const { driver, executors, port, configuration, podMonitorLabels } = metrics;
  return {
    driver,
    executors,
    port,
    configuration: fileOf(configuration),
    ...(podMonitorLabels === undefined ? {} : { podMonitorLabels: { ...podMonitorLabels } }),
  };
}

/** The values of the named variables, out of the one secret that holds them all. */
function secretEnv(
  names: readonly string[],
  sources: Sources,
): Record<string, pulumi.Output<string>> {
  if (names.length === 0) return {};
  const all = sources.secret("openeoSecretEnv");
  return Object.fromEntries(names.map((name) => [name, all.apply((text) => valueOf(text, name))]));
}

/** No message of a parser: it would repeat what it read. */
function valueOf(text: string, name: string): string {
  const refusal = `openeoSecretEnv: must be a JSON object with a text for ${name}; mend it: pulumi config set --secret openeoSecretEnv < secret-env.json`;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    throw new pulumi.RunError(refusal);
  }
  const value: unknown =
    typeof values === "object" && values !== null ? Reflect.get(values, name) : undefined;
  if (typeof value !== "string") throw new pulumi.RunError(refusal);
  return value;
}
