import { isHostName } from "../../base/names";
import type { Refusals } from "../../base/refusal";
import type { OpenEoArgs } from "./args";
import { batchEnvironment } from "./batch/batch";
import { driverEnvironment, replaceable } from "./environment";
import { OpenEoRouteKind, type OpenEoLoginArgs } from "./featureArgs";
import { imageContent, lacksUntil } from "./images";
import { secretVariables } from "./secretVariables";

/** Refuses features that contradict themselves, each other, or the image. */
export function refuseFeatures(refusals: Refusals, args: OpenEoArgs): void {
  refuseStores(refusals, args);
  refuseLogin(refusals, args);
  refuseRoute(refusals, args.route);
  refuseZooKeeper(refusals, args);
  refuseExtraEnvironment(refusals, args);
  refusals.require(
    args.jobRegistry === undefined || args.jobRegistry.backendId !== "",
    "jobRegistry.backendId",
    "is empty; it is the name that this instance's jobs are kept under",
  );
}

function refuseStores(refusals: Refusals, { s3, inputData }: OpenEoArgs): void {
  const stores = { s3: s3.endpoint, inputData: inputData?.endpoint };
  for (const [key, endpoint] of Object.entries(stores)) {
    refusals.require(
      typeof endpoint !== "string" || /^https?:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/.test(endpoint),
      `${key}.endpoint`,
      "must be an http(s):// address without credentials in it",
    );
  }
  const regions = [s3.region, inputData?.region].filter((region) => typeof region === "string");
  refusals.require(
    new Set(regions).size < 2,
    "inputData.region",
    "is another than that of s3, and the image has one variable for both; leave it out",
  );
  refusals.require(
    (inputData?.accessKeyId === undefined) === (inputData?.secretAccessKey === undefined),
    inputData?.accessKeyId === undefined ? "inputData.accessKeyId" : "inputData.secretAccessKey",
    "is missing; give both keys, or neither: then those of s3 are taken",
  );
}

function refuseLogin(refusals: Refusals, args: OpenEoArgs): void {
  const { login = {}, backendConfig } = args;
  const asked = Object.values(login).some((part) => part !== undefined);
  const saidTwice = asked || args.title !== undefined || args.description !== undefined;
  refusals.require(
    backendConfig === undefined || !saidTwice,
    "backendConfig",
    "is given beside title, description or login, which are parts of it; leave those out",
  );
  if (imageContent(args)?.readsBackendConfig === false) {
    refusals.require(
      !asked && backendConfig === undefined,
      backendConfig === undefined ? "login" : "backendConfig",
      `image ${args.imageVersion} reads no backendconfig.py; take a newer one`,
    );
  }
  refusals.require(
    login.basicUser === undefined || /^[A-Za-z0-9._-]{1,64}$/.test(login.basicUser),
    "login.basicUser",
    "must be at most 64 letters, digits, dots, hyphens and underscores",
  );
  refuseProviders(refusals, login);
}

function refuseProviders(refusals: Refusals, { oidc = [] }: OpenEoLoginArgs): void {
  oidc.forEach(({ id, issuer }, index) => {
    const path = `login.oidc[${index}]`;
    refusals.require(
      /^[A-Za-z0-9_-]{1,64}$/.test(id),
      `${path}.id`,
      `"${id}" must be at most 64 letters, digits, hyphens and underscores`,
    );
    refusals.require(
      oidc.findIndex((other) => other.id === id) === index,
      `${path}.id`,
      `"${id}" is the id of another provider too`,
    );
    refusals.require(
      /^https:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/.test(issuer),
      `${path}.issuer`,
      `"${issuer}" must be an https:// address: tokens are checked against it`,
    );
  });
}

function refuseRoute(refusals: Refusals, route: OpenEoArgs["route"]): void {
  if (route === undefined) return;
  const { host, sparkUiHost, tls, kind } = route;
  refusals.require(isHostName(host), "route.host", `"${host}" is no host name`);
  if (sparkUiHost !== undefined) {
    refusals.require(
      isHostName(sparkUiHost) && sparkUiHost !== host,
      "route.sparkUiHost",
      `"${sparkUiHost}" must be a host name other than route.host`,
    );
  }
  refusals.require(
    kind !== OpenEoRouteKind.IngressRoute || tls?.clusterIssuer === undefined,
    "route.tls.clusterIssuer",
    "is read at an Ingress only; take kind Ingress, or make the Certificate yourself",
  );
}

function refuseZooKeeper(refusals: Refusals, { zooKeeper, imageVersion }: OpenEoArgs): void {
  if (zooKeeper === undefined) return;
  const { nodes, batchJobsPath = "/openeo/jobs", username, password } = zooKeeper;
  refusals.require(nodes.length > 0, "zooKeeper.nodes", "is empty; name at least one host:port");
  nodes.forEach((node, index) =>
    refusals.require(
      typeof node !== "string" || /^[A-Za-z0-9.-]+:\d{1,5}$/.test(node),
      `zooKeeper.nodes[${index}]`,
      "must be host:port, such as zookeeper.zookeeper:2181",
    ),
  );
  refusals.require(
    /^(\/[A-Za-z0-9._-]+)+$/.test(batchJobsPath),
    "zooKeeper.batchJobsPath",
    `"${batchJobsPath}" must be an absolute path, such as /openeo/jobs`,
  );
  refusals.require(
    (username === undefined) === (password === undefined),
    username === undefined ? "zooKeeper.username" : "zooKeeper.password",
    "is missing; give both, or neither",
  );
  const first = lacksUntil(imageVersion, "zooKeeperLogin");
  refusals.require(
    username === undefined || first === undefined,
    "zooKeeper.username",
    `image ${imageVersion} logs in to no ZooKeeper; take one of ${first} or newer`,
  );
}

/** A variable that two parts set has the value of whichever comes last: nobody means that. */
function refuseExtraEnvironment(refusals: Refusals, args: OpenEoArgs): void {
  const { extraEnv = {}, secretEnv = {}, ...rest } = args;
  const parts = { pythonVersion: "3.8", catalogs: [], hasBackendConfig: true };
  const taken = new Set([
    ...Object.keys(driverEnvironment(rest, parts)),
    ...Object.keys(secretVariables(rest)),
    ...Object.keys(batchEnvironment(args.batch ?? {})),
    "SIGNED_URL_SECRET",
    "OPENEO_BASIC_AUTH_USER",
    "OPENEO_BASIC_AUTH_PASSWORD",
  ]);
  const all = { extraEnv, secretEnv };
  for (const [path, variables] of Object.entries(all)) {
    for (const name of Object.keys(variables)) {
      const twice = path === "extraEnv" && Object.hasOwn(secretEnv, name);
      refusals.require(
        /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
        `${path}.${name}`,
        "is no name of an environment variable: letters, digits and _",
      );
      refusals.require(
        !twice && (!taken.has(name) || replaceable.includes(name)),
        `${path}.${name}`,
        `is set ${twice ? "by secretEnv" : "by OpenEo itself, from what else is given"} already; leave it out here`,
      );
    }
  }
}
