import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chartLocation, currentChartReader } from "./chartSource";
import type { Chart } from "../charts";

/** A JSON value: all that a chart's values are made of. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** A chart's values. */
export interface Values {
  [key: string]: Value;
}

/** What {@link deployChart} installs. */
export interface ChartDeployment {
  /** The chart in its exact version. */
  readonly chart: Chart;
  /** Where charts are taken from instead of their public repositories. */
  readonly mirror?: string;
  /** Name of the release. */
  readonly release: string;
  /** Namespace of the release, which must be there. */
  readonly namespace: pulumi.Input<string>;
  /** The values. */
  readonly values: Values;
  /** How long everything may take to be ready, in seconds. */
  readonly timeoutSeconds: number;
  /** What else must be there before the release. */
  readonly dependsOn?: pulumi.Resource[];
}

/** How many revisions Helm keeps for a rollback. */
const maxHistory = 5;

/**
 * Installs a chart: its CRDs first, which the program owns, then a release that leaves them alone
 * and is ready when its pods are. A release that fails is rolled back.
 *
 * @param name prefix of the resources' names in the program
 * @param parent the component that owns them
 * @throws pulumi.ResourceError, later, when the chart cannot be read
 */
export function deployChart(
  name: string,
  deployment: ChartDeployment,
  parent: pulumi.Resource,
): k8s.helm.v3.Release {
  const { chart, mirror } = deployment;
  const read = currentChartReader();
  // The read starts here, in the caller's context, and is awaited by the engine's plan alone.
  const content = pulumi.output(
    read(chart, mirror).catch((error: unknown) => {
      throw new pulumi.ResourceError(
        error instanceof Error ? error.message : String(error),
        parent,
        true,
      );
    }),
  );
  const crds = chart.crds.map((crd) => {
    const manifest = content.apply((found) => found?.crds.get(crd));
    return new k8s.apiextensions.CustomResource(
      `${name}-${crd}`,
      {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: manifest.apply((found) => ({ ...found?.metadata, name: crd })),
        spec: manifest.apply((found) => found?.spec ?? {}),
      },
      { parent },
    );
  });
  const location = content.apply((found) => chartLocation(chart, mirror, found?.path));
  const { repositoryOpts } = chartLocation(chart, mirror);
  return new k8s.helm.v3.Release(
    `${name}-release`,
    {
      name: deployment.release,
      namespace: deployment.namespace,
      chart: location.chart,
      version: chart.version,
      ...(repositoryOpts ? { repositoryOpts } : {}),
      values: deployment.values,
      timeout: deployment.timeoutSeconds,
      atomic: true,
      cleanupOnFail: true,
      createNamespace: false,
      skipCrds: true,
      maxHistory,
    },
    { parent, dependsOn: [...crds, ...(deployment.dependsOn ?? [])] },
  );
}
