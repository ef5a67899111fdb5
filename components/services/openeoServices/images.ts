/** One of the services beside openEO. */
export type OpenEoServiceName = "webEditor" | "aggregator" | "jobRegistry" | "workspaces";

/** The image of a service, and what has to be known to run it. */
export interface ServiceImage {
  /** The image without its tag. */
  readonly repository: string;
  /** The tag that upstream's chart names; left out where that is none, or a moving one. */
  readonly tag?: string;
  /** A tag as upstream forms them, for messages; whether the registry has it, nobody looked up. */
  readonly exampleTag: string;
  /** Whether the registry wants credentials. */
  readonly isPrivate: boolean;
  /** Port that the process listens on, as we start it. */
  readonly port: number;
  /** Path that answers when the service can serve. */
  readonly readyPath: string;
  /** Numeric user and group that the process runs as. */
  readonly user: number;
  /** Whether the process does without writing outside of `/tmp`. */
  readonly readOnlyRoot: boolean;
  /** CPU that is reserved, in thousandths of a core; ours, where upstream's chart names none. */
  readonly cpuMillicores: number;
  /** Memory that is reserved and may be used, in MiB; ours, where upstream's chart names none. */
  readonly memoryMib: number;
  /** Where the facts come from. */
  readonly sources: readonly string[];
}

const charts =
  "https://github.com/Open-EO/openeo-geotrellis-kubernetes/tree/a7c2df0/kubernetes/charts";

/** The images of the services. */
export const serviceImages: Readonly<Record<OpenEoServiceName, ServiceImage>> = {
  webEditor: {
    // Its workflow pushes the names of git tags. The chart has nginx with a tag that nginx never had.
    repository: "mundialis/openeo-web-editor",
    exampleTag: "v0.15.1",
    isPrivate: false,
    // The image's own configuration takes port 80, which needs root; ours takes this one.
    port: 8080,
    readyPath: "/healthz",
    user: 101,
    readOnlyRoot: true,
    cpuMillicores: 50,
    memoryMib: 64,
    sources: [
      "https://github.com/Open-EO/openeo-web-editor/blob/c00dbb5/.github/workflows/docker.yml",
      "https://github.com/Open-EO/openeo-web-editor/blob/c00dbb5/Dockerfile",
    ],
  },
  aggregator: {
    repository: "vito-docker.artifactory.vgt.vito.be/openeo-aggregator",
    exampleTag: "0.49.0",
    isPrivate: false,
    port: 8080,
    readyPath: "/openeo/1.2",
    user: 1000,
    readOnlyRoot: false,
    cpuMillicores: 250,
    memoryMib: 1024,
    sources: [
      "https://github.com/Open-EO/openeo-aggregator/blob/9af4fdb/docs/pages/usage.md",
      "https://github.com/Open-EO/openeo-aggregator/blob/9af4fdb/docker/Dockerfile",
      `${charts}/openeo-aggregator`,
    ],
  },
  jobRegistry: {
    repository: "vito-docker-private.artifactory.vgt.vito.be/openeo-job-registry-elastic-api",
    tag: "1.31.0",
    exampleTag: "1.31.0",
    isPrivate: true,
    port: 3000,
    readyPath: "/health",
    user: 1000,
    readOnlyRoot: false,
    cpuMillicores: 100,
    memoryMib: 256,
    sources: [
      `${charts}/openeo-job-registry-api`,
      "https://github.com/Open-EO/openeo-job-registry-elastic-api/blob/fd4f1c7/Dockerfile",
    ],
  },
  workspaces: {
    // The chart's own tag is `latest`.
    repository: "vito-docker.artifactory.vgt.vito.be/workspace-service-openeo",
    exampleTag: "0.0.1",
    isPrivate: false,
    port: 8000,
    readyPath: "/health",
    user: 1000,
    readOnlyRoot: false,
    cpuMillicores: 250,
    memoryMib: 512,
    sources: [
      `${charts}/openeo-workspace-service`,
      "https://github.com/Open-EO/openeo-workspace-service/blob/41b6f61/main.py",
    ],
  },
};
