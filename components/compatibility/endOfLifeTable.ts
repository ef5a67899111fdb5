/** The day that something is no longer maintained from. */
export interface EndOfLife {
  /** What ends: `Kubernetes 1.31`. */
  readonly subject: string;
  /** The day, as `YYYY-MM-DD`. */
  readonly date: string;
  readonly source: string;
}

const kubernetesSource = "github.com/kubernetes/website, data/releases/eol.yaml at 0637786b3e0a";

/** Newer versions are left out until the project itself lists them as ended. */
const kubernetes: Readonly<Record<string, string>> = {
  "1.15": "2020-05-06",
  "1.16": "2020-09-02",
  "1.17": "2021-01-13",
  "1.18": "2021-06-18",
  "1.19": "2021-10-28",
  "1.20": "2022-02-28",
  "1.21": "2022-06-28",
  "1.22": "2022-12-08",
  "1.23": "2023-02-28",
  "1.24": "2023-07-28",
  "1.25": "2023-10-28",
  "1.26": "2024-02-28",
  "1.27": "2024-07-16",
  "1.28": "2024-10-22",
  "1.29": "2025-02-28",
  "1.30": "2025-07-15",
  "1.31": "2025-11-11",
};

/** Everything whose end of life is on record. */
export const endOfLifeRows: readonly EndOfLife[] = [
  ...Object.entries(kubernetes).map(([version, date]) => ({
    subject: `Kubernetes ${version}`,
    date,
    source: kubernetesSource,
  })),
  {
    subject: "RKE 1",
    date: "2025-07-31",
    source: "github.com/rancher/rke, end-of-life notice (issue 3781)",
  },
];
