import { z } from "zod";
import { longestName } from "../../components/workloads/openeo/names";
import { imageReleases } from "../../components/workloads/openeo/images";
import {
  contentFile,
  dns1035,
  flag,
  hostName,
  imageRepository,
  imageTag,
  namespace,
  texts,
  version,
} from "../fields";
import type { Target } from "../target";
import { batchSchema, jobTrackerSchema, liteSchema } from "./batch";
import { connections, loginOf, route, stores } from "./features";
import { podsOf } from "./pods";

const line = (description: string, example: string) =>
  z
    .string()
    .regex(/^\S[^\n]*$/)
    .meta({ description, allowed: "a text on one line", examples: [example] });

const known = Object.keys(imageReleases).join(", ");

const image = {
  image: imageRepository(
    "Image of openEO's driver and executors, without tag.",
    "registry.example.org/openeo-geotrellis-kube",
  ).default("vito-docker.artifactory.vgt.vito.be/openeo-geotrellis-kube"),
  imageVersion: imageTag(
    `Tag of the image; an exact one. What is in it is known of ${known}.`,
    "20250325-2415",
  ).refine((tag) => tag !== "latest", {
    error: "`latest` names no one image; name an exact tag",
  }),
  sparkVersion: version(
    "Spark version in the image. Left out: that of a known tag; required of others.",
    "major.minor.patch",
    "3.5.3",
  ).optional(),
  pythonVersion: z
    .string()
    .regex(/^3\.\d{1,2}$/)
    .meta({
      description:
        "Python version in the image. Left out: that of a known tag; required of others.",
      allowed: 'major.minor, quoted in YAML: "3.8"',
      examples: ["3.8"],
    })
    .optional(),
};

const catalogs = {
  layerCatalogs: z
    .array(contentFile("JSON file of the layer catalogue.", "catalogues/example.json"))
    .meta({
      description:
        "JSON files of the layer catalogue: the collections that openEO offers; up to about 1 MiB each.",
      allowed: "a list of paths",
      examples: [["catalogues/example.json"]],
    })
    .default([]),
  imageCatalogs: z
    .array(z.string().regex(/^\/[^,\s]+$/))
    .meta({
      description: "Files of the layer catalogue that the image brings: `./eo openeo image build`.",
      allowed: "a list of absolute paths",
      examples: [["/opt/layercatalog.json"]],
    })
    .default([]),
};

const files = {
  backendConfig: contentFile(
    "A `backendconfig.py` of your own, instead of the one that is made of `title`, `description` and `login`.",
    "backendconfig.py",
  ).optional(),
  log4j2: contentFile("A `log4j2.xml` for the web application.", "log4j2.xml").optional(),
};

const more = {
  sparkConf: texts(
    /^spark\.\S+$/,
    "Further Spark configuration; none of it a credential.",
    "an object of texts, whose names start with spark.",
    { "spark.driver.maxResultSize": "2g" },
  ).default({}),
  extraEnv: texts(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    "Further environment of driver and executors; none of it a credential. Secret ones are named in `secretEnv`.",
    "an object of texts, whose names are letters, digits and _",
    { OPENEO_S1BACKSCATTER_ELEV_GEOID: "/opt/geoid.tif" },
  ).default({}),
  secretEnv: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/))
    .meta({
      description:
        "Names of further environment of the driver that is secret. The values are in the secret `openeoSecretEnv`.",
      allowed: "a list of names: letters, digits and _",
      examples: [["OPENEO_ETL_OIDC_CLIENT_CREDENTIALS"]],
    })
    .default([]),
};

/** The section `openeo`, with the defaults of a target. */
export const openeoSchema = (target: Target) =>
  z.strictObject({
    enabled: flag("Whether openEO is deployed.", true).default(true),
    namespace: namespace(
      "Namespace of openEO: one of `sparkOperator.jobNamespaces`.",
      "spark-jobs",
    ).default("spark-jobs"),
    ...image,
    host: hostName("Host name that openEO is reached at.", "openeo.example.org"),
    route,
    title: line("What users see as the name of this openEO.", "Example openEO").optional(),
    description: line("What users see as its description.", "openEO of the example").optional(),
    ...catalogs,
    ...stores,
    login: loginOf(target),
    ...connections,
    ...files,
    ...podsOf(target),
    batch: batchSchema(target),
    jobTracker: jobTrackerSchema(target),
    lite: liteSchema(),
    ...more,
  });

/** Further openEO instances, one a team: by name, each a section like `openeo`. */
export const instancesSchema = (target: Target) =>
  z
    .record(
      z
        .string()
        .regex(dns1035)
        .max(longestName)
        .refine((name) => name !== "openeo"),
      openeoSchema(target),
    )
    .meta({
      description:
        "Further openEO instances, by name: each a section like `openeo`, with a namespace and a host of its own.",
      allowed: `an object; its names are at most ${longestName} lower-case letters, digits and hyphens, starting with a letter, other than openeo`,
      examples: [{}],
    })
    .default({});
