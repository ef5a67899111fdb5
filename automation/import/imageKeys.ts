import {
  currentJars,
  imageContent,
  imageReleases,
  jmxExporterJar,
  sitePackages,
} from "../../components/workloads/openeo/images";
import { told } from "./credentials";
import { dead, to, untranslated, needless } from "./fates";
import { isEmpty, note, setting, valueAt, weakly, type Fate, type Part, type Values } from "./part";
import { textOf, wholeOf } from "./quantities";

const tagOf = (all: Values): string | undefined => {
  const tag = textOf(valueAt(all, "imageVersion"));
  return tag === "latest" ? undefined : tag;
};

const imageVersion: Fate = (value, key, all) => {
  const tag = textOf(value);
  if (tag === undefined) return [];
  if (tagOf(all) === undefined) {
    const known = Object.keys(imageReleases).join(", ");
    const message = `\`latest\` names no one image; set openeo.imageVersion to an exact tag (what is in it is known of ${known})`;
    return [note("untranslated", key, message)];
  }
  const old = imageContent({ imageVersion: tag })?.readsBackendConfig === false;
  const message =
    "this image reads no backendconfig.py, which says who may log in; take a newer one";
  return [setting("imageVersion", tag, key), ...(old ? [note("changed", key, message)] : [])];
};

/** What the chart says of an image is left out where the table of images knows better. */
function ofImage(
  name: "sparkVersion" | "pythonVersion",
  said: string,
  key: string,
  all: Values,
  isWeak = false,
): readonly Part[] {
  const tag = tagOf(all);
  const what = name === "sparkVersion" ? "Spark" : "Python";
  if (tag === undefined) {
    const message = `${what} ${said} is left out, as it goes with an exact tag; of an unknown one, set openeo.${name} too`;
    return [note("changed", key, message)];
  }
  const known = imageContent({ imageVersion: tag });
  if (known === undefined) {
    return [isWeak ? weakly(name, said, key) : setting(name, said, key)];
  }
  if (known[name] === said) return [];
  return [note("changed", key, `is left out: image ${tag} holds ${what} ${known[name]}`)];
}

const sparkVersion: Fate = (value, key, all) => {
  const said = textOf(value);
  return said === undefined ? [] : ofImage("sparkVersion", said, key, all);
};

/** The chart's minor version of Python is that of a path only; the main file tells better. */
const pythonMinorVersion: Fate = (value, key, all) => {
  const minor = wholeOf(value);
  const toldBetter = pythonOf(valueAt(all, "mainApplicationFile")) !== undefined;
  if (minor === undefined || toldBetter) return [];
  return ofImage("pythonVersion", `3.${minor}`, key, all, true);
};

const pythonOf = (file: unknown): string | undefined =>
  /\/python(3\.\d{1,2})\/site-packages\/openeogeotrellis\/deploy\/kube\.py$/.exec(
    textOf(file) ?? "",
  )?.[1];

const mainApplicationFile: Fate = (value, key, all) => {
  const file = textOf(value);
  if (file === undefined) return [];
  const python = pythonOf(file);
  const usual = python && `local://${sitePackages(python)}/openeogeotrellis/deploy/kube.py`;
  const other =
    file === usual
      ? []
      : [
          note(
            "untranslated",
            key,
            "there is no setting for another main file; it is the image's openeogeotrellis/deploy/kube.py",
          ),
        ];
  return [...(python ? ofImage("pythonVersion", python, key, all) : []), ...other];
};

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).filter((item) => typeof item === "string");

const jarDependencies: Fate = (value, key, all) => {
  const tag = tagOf(all);
  const known = tag === undefined ? undefined : imageContent({ imageVersion: tag });
  const jars: readonly string[] = known?.jars ?? currentJars;
  const others = listOf(value).filter((jar) => !jars.includes(jar));
  if (others.length === 0) return [];
  const message = `there is no setting for jars; those of the image are loaded (${jars.join(", ")}), not ${told(others)}`;
  return [note("untranslated", key, message)];
};

const ownCatalog = "/opt/layercatalog.json";

/** The image's own catalogue is one of the files, where nothing else says what the catalogue is. */
const fileDependencies: Fate = (value, key, all) => {
  const paths = listOf(value).map((file) => file.replace(/^local:\/\//, ""));
  const hasOther = !isEmpty(valueAt(all, "configMaps.layerCatalog"));
  const others = paths.filter((path) => path !== ownCatalog && path !== "/opt/log4j2.xml");
  return [
    ...(paths.includes(ownCatalog) && !hasOther
      ? [weakly("imageCatalogs", [ownCatalog], key)]
      : []),
    ...(others.length === 0
      ? []
      : [note("untranslated", key, `there is no setting for further files: ${told(others)}`)]),
  ];
};

const jmxJar: Fate = (value, key) => {
  const jar = textOf(value);
  if (jar === undefined) return [];
  const message = `there is no setting for another jar of the exporter; it is ${jmxExporterJar}`;
  return [
    setting("metrics.driver", true, key),
    setting("metrics.executors", true, key),
    ...(jar.replace(/^local:\/\//, "") === jmxExporterJar ? [] : [note("changed", key, message)]),
  ];
};

const jmxPort: Fate = (value, key, all) =>
  isEmpty(valueAt(all, "jmxExporterJar"))
    ? [note("dead", key, "the chart reads it only where jmxExporterJar is set")]
    : to("metrics.port", wholeOf, "port")(value, key, all);

const prometheusPath =
  "a path is no configuration: the CRD's `configuration` takes the content, its `configFile` a path; the chart reads neither here. The content is given as openeo.metrics.configuration, a file";

/** What becomes of the image, of what is in it, and of its metrics. */
export const imageKeys: Readonly<Record<string, Fate>> = {
  image: to("image", textOf, "text"),
  imageVersion,
  sparkVersion,
  mainApplicationFile,
  pythonVersion: () => [],
  pythonMinorVersion,
  jarDependencies,
  fileDependencies,
  type: dead("the chart always writes Python"),
  jmxExporterJar: jmxJar,
  jmxPort,
  "monitoring.prometheus.configuration": dead(prometheusPath),
  "monitoring.prometheus.configFile": needless(
    "the file of openeo.metrics.configuration is named by itself",
  ),
  "monitoring.prometheus.jmxExporterJar": dead("the chart reads the key jmxExporterJar instead"),
  "monitoring.prometheus.port": dead("the chart reads the key jmxPort instead"),
  "monitoring.exposeDriverMetrics": dead(
    "the chart always says true with jmxExporterJar; here: openeo.metrics.driver",
  ),
  "monitoring.exposeExecutorMetrics": dead(
    "the chart always says true with jmxExporterJar; here: openeo.metrics.executors",
  ),
  "monitoring.podMonitor.enabled": (value, key) =>
    value === true
      ? [
          note(
            "untranslated",
            key,
            "set openeo.metrics.podMonitorLabels, the labels by which your Prometheus selects; the chart's PodMonitor has none",
          ),
        ]
      : [],
  "monitoring.podMonitor.custom_relabelings": untranslated("there is no setting for relabelling"),
  "monitoring.podMonitor.matchLabels": needless("the PodMonitor selects this openEO's own pods"),
  "monitoring.podMonitor.matchExpressions": needless(
    "the PodMonitor selects this openEO's own pods",
  ),
};
