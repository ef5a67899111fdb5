/** A chart, or what belongs to one, and the Kubernetes versions that it takes. */
export interface ChartRow {
  /** The chart's name. */
  readonly chart: string;
  /** The version that the row holds for. */
  readonly version: string;
  /** Oldest Kubernetes that the chart allows. */
  readonly minimum?: string;
  /** Newest Kubernetes that its maintainers tested. */
  readonly testedTo?: string;
  /** What else there is to know; lower case, no full stop. */
  readonly note?: string;
  readonly sources: readonly string[];
}

/** Charts on Kubernetes. */
export const chartRows: readonly ChartRow[] = [
  {
    chart: "traefik",
    version: "41.3.0",
    minimum: "1.25",
    sources: ["kubeVersion of the chart, github.com/traefik/traefik-helm-chart"],
  },
  {
    chart: "kube-prometheus-stack",
    version: "88.5.3",
    minimum: "1.25",
    sources: ["kubeVersion of the chart, github.com/prometheus-community/helm-charts"],
  },
  {
    chart: "prometheus",
    version: "29.27.0",
    minimum: "1.19",
    sources: ["kubeVersion of the chart, github.com/prometheus-community/helm-charts"],
  },
  {
    chart: "prometheus-blackbox-exporter",
    version: "11.17.2",
    minimum: "1.21",
    sources: ["kubeVersion of the chart, github.com/prometheus-community/helm-charts"],
  },
  {
    chart: "zookeeper",
    version: "13.8.8",
    minimum: "1.23",
    note: "needs Helm 3.8; its versioned images are no longer published",
    sources: ["github.com/bitnami/charts"],
  },
  {
    chart: "redis",
    version: "23.1.1",
    minimum: "1.23",
    note: "needs Helm 3.8; its versioned images are no longer published",
    sources: ["github.com/bitnami/charts"],
  },
  {
    chart: "cost-analyzer",
    version: "2.4.0",
    minimum: "1.22",
    testedTo: "1.31",
    sources: ["Kubecost's README, version matrix"],
  },
];

/** One Fink release. */
export interface FinkRow {
  readonly fink: string;
  readonly spark: string;
  /** Kubernetes that it ran on; left out where no version is on record. */
  readonly kubernetes?: string;
  /** Newest Kubernetes that it works on. */
  readonly maximum?: string;
  readonly image: string;
  readonly sources: readonly string[];
}

/** Fink on Spark and Kubernetes. */
export const finkRows: readonly FinkRow[] = [
  {
    fink: "0.7.0",
    spark: "2.4.4",
    kubernetes: "1.15",
    maximum: "1.15",
    image: "julienpeloton/fink:0.7.0_2.4.4",
    sources: ["Fink deployment notes", "github.com/astrolabsoftware/fink-k8s (deprecated)"],
  },
  {
    fink: "2.4",
    spark: "3.1.3",
    kubernetes: "1.18",
    image: "julienpeloton/finkk8sdev:2.4_3.1.3",
    sources: ["Fink deployment notes"],
  },
  {
    fink: "2.7",
    spark: "3.1.3",
    kubernetes: "1.25",
    image: "gitlab-registry.in2p3.fr/astrolabsoftware/fink/finkk8sdev:2.7_3.1.3",
    sources: ["github.com/astrolabsoftware/fink-k8s, conf.sh (1.25.1, minikube 1.27.0)"],
  },
  {
    fink: "3.1",
    spark: "3.4.1",
    image: "gitlab-registry.in2p3.fr/astrolabsoftware/fink/fink-broker:v3.1.2-rc1-26-g6b2404a",
    sources: ["github.com/astrolabsoftware/fink-broker, chart 0.1.0"],
  },
];

/** Cluster API version that each minor version of its OpenStack provider needs. */
export const capoRows: Readonly<Record<string, string>> = {
  "0.12": "1.9",
  "0.13": "1.11",
  "0.14": "1.12",
};

/** kops N installs Kubernetes N, N-1 and N-2; two more are deprecated. */
export const kopsRule = { supported: 2, deprecated: 4, sources: ["kops' release policy"] } as const;
