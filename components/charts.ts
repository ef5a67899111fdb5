import lock from "./charts.lock.json";
import { cloudProviderRows } from "./compatibility/cloudProviderTable";

/** Proof that an archive is the one that was seen before. */
export interface ChartDigest {
  /** SHA-256 of the packed chart (`<name>-<version>.tgz`), 64 hexadecimal digits. */
  readonly sha256: string;
  /** Where the bytes came from: a URL or a path. */
  readonly source: string;
  /** The day on which the digest was computed, as `YYYY-MM-DD`. */
  readonly date: string;
}

/** One chart in one exact version. */
export interface Chart {
  /** The chart's name in its repository. */
  readonly name: string;
  /** URL of its public repository; a chart mirror takes its place. */
  readonly repository: string;
  /** The exact version. */
  readonly version: string;
  /** Digest of the packed chart, from `charts.lock.json`; left out where no bytes were ever seen. */
  readonly digest?: ChartDigest;
  /** Names of the CustomResourceDefinitions which the program takes from this chart and owns. */
  readonly crds: readonly string[];
}

/** The charts that the components deploy. */
export type ChartName = "sparkOperator" | "traefik";

/** What `charts.lock.json` holds; written by `./eo lock`. */
export interface ChartLock {
  /** The digests, each under `<name>-<version>`. */
  readonly charts: Readonly<Record<string, ChartDigest>>;
}

const chartLock: ChartLock = lock;

const sparkOperatorCrds = [
  "scheduledsparkapplications.sparkoperator.k8s.io",
  "sparkapplications.sparkoperator.k8s.io",
];

/** SparkConnect came with spark-operator 2.3.0. */
const sparkConnectCrd = "sparkconnects.sparkoperator.k8s.io";

/** The chart also holds those of `hub.traefik.io`, a product that is not used here. */
const traefikCrds = [
  "ingressroutes.traefik.io",
  "ingressroutetcps.traefik.io",
  "ingressrouteudps.traefik.io",
  "middlewares.traefik.io",
  "middlewaretcps.traefik.io",
  "serverstransports.traefik.io",
  "serverstransporttcps.traefik.io",
  "tlsoptions.traefik.io",
  "tlsstores.traefik.io",
  "traefikservices.traefik.io",
];

const withDigest = (chart: Omit<Chart, "digest">): Chart => {
  const digest = chartLock.charts[`${chart.name}-${chart.version}`];
  return Object.freeze(digest ? { ...chart, digest } : chart);
};

/**
 * The spark-operator chart in a given version: same repository, its own CRDs and digest.
 *
 * @param version an exact version, such as `2.5.2`
 */
export const sparkOperatorChart = (version: string): Chart => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const hasSparkConnect = major > 2 || (major === 2 && minor >= 3);
  return withDigest({
    name: "spark-operator",
    repository: "https://kubeflow.github.io/spark-operator",
    version,
    crds: hasSparkConnect ? [...sparkOperatorCrds, sparkConnectCrd] : sparkOperatorCrds,
  });
};

/** A chart of cloud-provider-openstack; its minor version is Kubernetes' own. */
const cloudProviderChart = (name: string) => (version: string) =>
  withDigest({
    name,
    repository: "https://kubernetes.github.io/cloud-provider-openstack",
    version,
    crds: [],
  });

/** The chart of OpenStack's cloud controller manager in a version of `cloudProviderRows`. */
export const cloudControllerChart = cloudProviderChart("openstack-cloud-controller-manager");

/** The chart of the Cinder CSI driver in a version of `cloudProviderRows`. */
export const cinderCsiChart = cloudProviderChart("openstack-cinder-csi");

/** Charts with one version for all stacks, each with the version that they get unless told otherwise. */
export const charts: Readonly<Record<ChartName, Chart>> = Object.freeze({
  sparkOperator: sparkOperatorChart("2.5.2"),
  traefik: withDigest({
    name: "traefik",
    repository: "https://traefik.github.io/charts",
    version: "41.3.0",
    crds: traefikCrds,
  }),
});

/** Every chart that may be deployed: those, and the ones that Kubernetes' version decides about. */
export const allCharts: readonly Chart[] = Object.freeze([
  ...Object.values(charts),
  ...cloudProviderRows.flatMap(({ cloudController, cinderCsi }) => [
    cloudControllerChart(cloudController),
    cinderCsiChart(cinderCsi),
  ]),
]);

/** The charts whose bytes nobody has vouched for: those without a digest in `charts.lock.json`. */
export const unverifiedCharts = (): readonly Chart[] =>
  allCharts.filter((chart) => chart.digest === undefined);
