/** What an openEO image holds. */
export interface ImageRelease {
  /** Spark's version. */
  readonly sparkVersion: string;
  /** Python's version, as `major.minor`. */
  readonly pythonVersion: string;
  /** Jars that the driver and the executors load, as `local://` paths. */
  readonly jars: readonly string[];
  /** Whether it reads a `backendconfig.py`. */
  readonly readsBackendConfig: boolean;
  /** Where this was read. */
  readonly source: string;
}

const jar = (name: string): string => `local:///opt/${name}-static.jar`;

/** The jars of images since 2025-06, when the dependencies moved into a jar of their own. */
export const currentJars = [
  jar("geotrellis-extensions"),
  jar("geotrellis-dependencies"),
  jar("openeo-logging"),
] as const;

/**
 * The image releases whose content is known, by tag. Tags are the day of the build and its number;
 * what an image of that day holds was read in the history of its Dockerfiles.
 */
export const imageReleases: Readonly<Record<string, ImageRelease>> = {
  "20220325-46": {
    sparkVersion: "3.2.0",
    pythonVersion: "3.8",
    jars: [
      "local:///opt/geotrellis-extensions-2.3.0_2.12-SNAPSHOT.jar",
      "local:///opt/geotrellis-backend-assembly-0.4.6-openeo_2.12.jar",
    ],
    readsBackendConfig: false,
    source:
      "Open-EO/openeo-geotrellis-kubernetes, examples/geotrellis-batch-sparkoperator.yaml at a7c2df0",
  },
  "20230110-331": {
    sparkVersion: "3.2.0",
    pythonVersion: "3.8",
    jars: [jar("geotrellis-extensions"), jar("geotrellis-backend-assembly"), jar("openeo-logging")],
    // GpsBackendConfig came with geopyspark-driver cb6db279, 2023-04-19.
    readsBackendConfig: false,
    source:
      "Open-EO/openeo-geotrellis-kubernetes, examples/job-tracker.yaml at a7c2df0 and docker/AlmaLinux at 1ebb8f5",
  },
  "20250325-2415": {
    sparkVersion: "3.5.3",
    pythonVersion: "3.8",
    jars: [jar("geotrellis-extensions"), jar("openeo-logging")],
    readsBackendConfig: true,
    source:
      "Open-EO/openeo-geotrellis-kubernetes, docker/AlmaLinux at e081ec8 (2025-03-25) and 5e97613 (Spark 3.5.3)",
  },
};

/** What is known of an image, or was said of one that is not known. */
export type ImageContent = Omit<ImageRelease, "source">;

/** What is said of an image beside its tag. */
export type ImageSaid = { readonly imageVersion: string } & Partial<
  Pick<ImageRelease, "sparkVersion" | "pythonVersion" | "jars">
>;

/**
 * What an image holds: what was said of it, else what the table knows of its tag.
 *
 * @returns `undefined` where the tag is unknown and Spark's or Python's version was not said
 */
export function imageContent(said: ImageSaid): ImageContent | undefined {
  const known = releaseOf(said.imageVersion);
  const sparkVersion = said.sparkVersion ?? known?.sparkVersion;
  const pythonVersion = said.pythonVersion ?? known?.pythonVersion;
  if (sparkVersion === undefined || pythonVersion === undefined) return undefined;
  return {
    sparkVersion,
    pythonVersion,
    jars: said.jars ?? known?.jars ?? currentJars,
    readsBackendConfig: known?.readsBackendConfig ?? true,
  };
}

/** The release of a tag, or that which an image was built on: its tag goes on after a hyphen. */
const releaseOf = (tag: string): ImageRelease | undefined =>
  Object.entries(imageReleases).find(
    ([known]) => tag === known || tag.startsWith(`${known}-`),
  )?.[1];

/** The JMX exporter's jar, the same in all of the releases. */
export const jmxExporterJar = "/opt/jmx_prometheus_javaagent-0.13.0.jar";

/** The folder of openEO's Python packages in an image. */
export const sitePackages = (pythonVersion: string): string =>
  `/opt/openeo/lib64/python${pythonVersion}/site-packages`;

/** The images' user, and its group. Source: `Dockerfile.creo` of openeo-geotrellis-kubernetes. */
export const imageUser = 18585;

/** The first day of images that have something. Source: the named commits of openeo-geopyspark-driver. */
const firstDays = {
  /**
   * 8ada8c19: without a job registry the web application keeps jobs in its memory, and asks for their
   * states itself. Until 2026-04-22 (8a54268c) it kept them in ZooKeeper too.
   */
  jobsInMemory: "2025-07-01",
  /** 3c223014: it logs in to ZooKeeper; older ones would go without, and not say so. */
  zooKeeperLogin: "2026-04-21",
  /** 8da75c14: openeo-lite. */
  lite: "2026-04-24",
} as const;

/**
 * Since when images have something that this one has not.
 *
 * @param tag of the image; of one that begins with no day the best is thought
 * @returns the day, such as `2026-04-24`; `undefined` where the image has it
 */
export function lacksUntil(tag: string, what: keyof typeof firstDays): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})\b/.exec(tag) ?? [];
  if (year === undefined) return undefined;
  return `${year}-${month}-${day}` < firstDays[what] ? firstDays[what] : undefined;
}
