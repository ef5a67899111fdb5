import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { makeAccount } from "../../../base/access";
import { requireWhole, type Refusals } from "../../../base/refusal";
import type { EnvironmentSource } from "../../spark";
import { webPort } from "../environment";
import { lacksUntil } from "../images";
import type { OpenEoLiteArgs } from "./args";
import { metadataOf, type OpenEoContext } from "./context";
import { pythonPodSpec, refusePodSize } from "./pod";

const defaults = {
  replicas: 1,
  cpuMillicores: 250,
  memoryMib: 2048,
} satisfies Required<OpenEoLiteArgs>;

/** The arguments with the defaults in place of what was left out. */
const filledIn = (args: OpenEoLiteArgs): Required<OpenEoLiteArgs> => ({
  replicas: args.replicas ?? defaults.replicas,
  cpuMillicores: args.cpuMillicores ?? defaults.cpuMillicores,
  memoryMib: args.memoryMib ?? defaults.memoryMib,
});

/** The name of openeo-lite's objects, of its Service too. */
const nameOf = (instance: string): string => `${instance}-lite`;

/** What the program cannot start without. Source: `kube_webapp_lite.py`, `get_elastic_job_registry`. */
const needed = ["OPENEO_EJR_API", "OPENEO_EJR_OIDC_CLIENT_CREDENTIALS", "ZOOKEEPERNODES"];

/**
 * Refuses sizes that nothing runs in, and what openeo-lite would not start with.
 *
 * @param imageVersion the image's tag
 * @param environment of the web application, which openeo-lite shares
 */
export function checkLite(
  refusals: Refusals,
  args: OpenEoLiteArgs,
  imageVersion: string,
  environment: Readonly<Record<string, unknown>>,
  path = "lite",
): void {
  const given = filledIn(args);
  requireWhole(refusals, `${path}.replicas`, given.replicas, { least: 1 });
  refusePodSize(refusals, path, given);
  const missing = needed.filter((name) => !(name in environment));
  refusals.require(
    missing.length === 0,
    path,
    `openeo-lite does not start without ${missing.join(", ")} in the environment: it takes a job registry and ZooKeeper`,
  );
  const first = lacksUntil(imageVersion, "lite");
  refusals.require(
    first === undefined,
    path,
    `image ${imageVersion} has no openeo-lite; take one of ${first} or newer`,
  );
}

/**
 * openeo-lite: a Deployment and its Service, which answers what needs no Spark. It gets no rights:
 * whatever starts, cancels or deletes jobs belongs to the web application.
 *
 * @returns the Service, on the port of the web application
 */
export function makeLite(
  context: OpenEoContext,
  args: OpenEoLiteArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  const { replicas, cpuMillicores, memoryMib } = filledIn(args);
  const name = nameOf(context.name);
  const metadata = metadataOf(context, name);
  const selector = { "app.kubernetes.io/name": name };
  const { account } = makeAccount(name, metadata, [], opts);
  const program = {
    name: "lite",
    account: account.metadata.name,
    run: ["/opt/openeo/bin/openeo_kube_lite.py"],
    environment: liteEnvironment(context.environment),
    cpuMillicores,
    memoryMib,
  };
  new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    {
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: { ...context.labels, ...selector },
            annotations: { ...context.checksums },
          },
          spec: pythonPodSpec(context, program, {
            ports: [{ name: "http", containerPort: webPort, protocol: "TCP" }],
            ...probes,
          }),
        },
      },
    },
    opts,
  );
  if (replicas > 1) {
    new k8s.policy.v1.PodDisruptionBudget(
      `${name}-budget`,
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: selector } } },
      opts,
    );
  }
  const ports = [{ name: "http", port: webPort, targetPort: webPort, protocol: "TCP" }];
  return new k8s.core.v1.Service(
    `${name}-service`,
    { metadata, spec: { type: "ClusterIP", selector, ports } },
    opts,
  );
}

/** The web application's, its port too, without the address that is Spark's. */
const liteEnvironment = (
  environment: OpenEoContext["environment"],
): Record<string, EnvironmentSource> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => name !== "SPARK_LOCAL_IP"));

/**
 * Without `mode` the path would start Spark, which openeo-lite is there to do without.
 * Source: `health_check` of openeo-geopyspark-driver.
 */
const httpGet = { path: "/openeo/1.2/health?mode=basic", port: "http" };
const probes = {
  // Python reads its libraries and the layer catalogue before it listens.
  startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 60 },
  readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5 },
  livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
};
