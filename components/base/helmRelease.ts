import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ChartContent } from "./chartArchive";
import { chartLocation, currentChartReader } from "./chartSource";
import { withoutProse } from "./withoutProse";
import type { Chart } from "../charts";

/**
 * A JSON value: all that a chart's values are made of. No null: to take a chart's default away with it
 * needs a plugin from 4.30.0 on, and older ones pass it over without a word.
 */
export type Value = string | number | boolean | Value[] | { [key: string]: Value };

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
  /** The values; no credential may be among them. */
  readonly values: pulumi.Input<Values>;
  /** How long everything may take to be ready, in seconds. */
  readonly timeoutSeconds: number;
  /** What else must be there before the release. */
  readonly dependsOn?: pulumi.Resource[];
}

/** A chart that could not be read, told once and in its own words. */
class UnreadableChart extends pulumi.ResourceError {
  constructor(message: string, component: pulumi.Resource) {
    super(message, component, true);
    // The SDK puts the name of every input that the error passes through before the message, and
    // shows the stack where it knows no better: both stay as they are here.
    for (const property of ["message", "stack"]) {
      Object.defineProperty(this, property, { get: () => message, set: () => undefined });
    }
  }
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
  const content = currentChartReader()(chart, mirror).catch((error: unknown) => {
    throw new UnreadableChart(error instanceof Error ? error.message : String(error), parent);
  });
  // An output walks through its whole value, and a CRD is large: each is made one of its own.
  const found = <T>(pick: (content: ChartContent | undefined) => T) =>
    pulumi.output(content.then(pick));
  const crds = chart.crds.map(
    (crd) =>
      new k8s.apiextensions.CustomResource(
        `${name}-${crd}`,
        {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          metadata: found((archive) => ({ ...archive?.crds[crd]?.metadata, name: crd })),
          spec: found((archive) => withoutProse(archive?.crds[crd]?.spec ?? {})),
        },
        { parent },
      ),
  );
  const { repositoryOpts } = chartLocation(chart, mirror);
  return new k8s.helm.v3.Release(
    `${name}-release`,
    {
      name: deployment.release,
      namespace: deployment.namespace,
      chart: found((archive) => chartLocation(chart, mirror, archive?.path).chart),
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
