import { charts } from "../../charts";
import { judgeOperatorSpark, judgeSpark } from "../../compatibility";
import { isHostName } from "../../base/names";
import { Refusals, requireKubernetesVersion } from "../../base/refusal";
import { isWholeFrom } from "../../base/units";
import { weigh } from "../../services/verdicts";
import { refuseApplicationName, refuseCredentials, refuseSize } from "../spark";
import { metricsPort, sizeOf } from "./application";
import { S3Credentials, type OpenEoArgs } from "./args";

/**
 * Looks at all arguments before anything is registered.
 *
 * @returns what there is to warn about
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
export function checkOpenEo(name: string, args: OpenEoArgs): readonly string[] {
  const refusals = new Refusals(`OpenEo ${name}`);
  refuseApplicationName(refusals, name);
  refusals.require(
    args.jobNamespaces.includes(args.namespace),
    "namespace",
    `"${args.namespace}" is none of the operator's job namespaces (${args.jobNamespaces.join(", ")}); ` +
      "an application elsewhere is never started: add it to jobNamespaces",
  );
  refuseImage(refusals, args);
  refuseCatalog(refusals, args.layerCatalog);
  refuseStore(refusals, args.s3);
  if (args.host !== undefined) {
    refusals.require(isHostName(args.host), "host", `"${args.host}" is no host name`);
  }
  refuseSize(refusals, "driver", sizeOf(args.driver));
  refuseSize(refusals, "executor", sizeOf(args.executor));
  for (const key of ["instances", "cores"] as const) {
    const value = args.executor?.[key] ?? 1;
    refusals.require(
      isWholeFrom(1, value),
      `executor.${key}`,
      `must be a whole number, at least 1, got ${value}`,
    );
  }
  const port = metricsPort(args.metrics);
  refusals.require(
    isWholeFrom(1024, port) && port <= 49151,
    "metrics.port",
    `must be a whole number from 1024 to 49151, got ${port}`,
  );
  refuseCredentials(refusals, "sparkConf", args.sparkConf ?? {});
  refuseCredentials(refusals, "environment", args.environment ?? {});
  const { sparkVersion: spark, kubernetesVersion: kubernetes } = args;
  const operator = args.sparkOperatorVersion ?? charts.sparkOperator.version;
  const warnings = weigh(refusals, [
    ...(requireKubernetesVersion(refusals, kubernetes)
      ? [{ propertyPath: "sparkVersion", judgement: judgeSpark({ spark, kubernetes }) }]
      : []),
    { propertyPath: "sparkVersion", judgement: judgeOperatorSpark({ operator, spark }) },
  ]);
  refusals.throwIfAny();
  return warnings;
}

function refuseImage(refusals: Refusals, args: OpenEoArgs): void {
  refusals.require(args.image !== "", "image", "is empty; name the image without its tag");
  refusals.require(
    !/:[^/]*$/.test(args.image),
    "image",
    `"${args.image}" carries a tag; put it into imageVersion`,
  );
  refusals.require(
    args.imageVersion !== "" && args.imageVersion !== "latest",
    "imageVersion",
    `"${args.imageVersion}" names no one image; name an exact tag`,
  );
  const paths = [args.mainApplicationFile ?? "local://", ...(args.jars ?? [])];
  paths.forEach((path, index) =>
    refusals.require(
      path.startsWith("local://"),
      index === 0 ? "mainApplicationFile" : `jars[${index - 1}]`,
      `"${path}" is no local:// path; the image has to bring it`,
    ),
  );
}

function refuseCatalog(refusals: Refusals, catalog: string): void {
  let layers: unknown;
  try {
    layers = JSON.parse(catalog);
  } catch (error) {
    refusals.require(
      false,
      "layerCatalog",
      `is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
    return;
  }
  if (!Array.isArray(layers)) {
    refusals.require(false, "layerCatalog", "must be a JSON list of collections");
    return;
  }
  const nameless = layers.findIndex(
    (layer: unknown) =>
      typeof layer !== "object" ||
      layer === null ||
      !("id" in layer) ||
      typeof layer.id !== "string",
  );
  refusals.require(
    nameless === -1,
    "layerCatalog",
    `collection ${nameless} has no "id"; each collection needs one`,
  );
}

function refuseStore(refusals: Refusals, s3: OpenEoArgs["s3"]): void {
  const given = s3.credentials === S3Credentials.Given;
  for (const key of ["accessKeyId", "secretAccessKey"] as const) {
    refusals.require(
      given === (s3[key] !== undefined),
      `s3.${key}`,
      given
        ? "is missing; give it, as a secret, or let the credentials be generated"
        : "is given although the credentials are generated; leave it out, or say that they are given",
    );
  }
  if (typeof s3.endpoint === "string") {
    refusals.require(
      /^https?:\/\/[^/@]+(\/|$)/.test(s3.endpoint),
      "s3.endpoint",
      "must be an http(s):// address without credentials in it",
    );
  }
}
