import { needless } from "./fates";
import { isEmpty, note, valueAt, type Fate, type Part } from "./part";
import { holdsCredential } from "./credentials";

/** A text of the chart that becomes a file beside the stack's settings. */
interface FileKey {
  readonly name: string;
  readonly at: string;
  readonly isList?: true;
  /** Whether `{{ … }}` belongs to the file itself. */
  readonly hasBraces?: true;
}

const metrics: FileKey = { name: "prometheus.yaml", at: "metrics.configuration" };

const files: Readonly<Record<string, FileKey>> = {
  backendConfig: { name: "backendconfig.py", at: "backendConfig" },
  layerCatalog: { name: "layercatalog.json", at: "layerCatalogs", isList: true },
  log4j2: { name: "log4j2.xml", at: "log4j2" },
  batchJobLog4j2: { name: "batch_job_log4j2.xml", at: "batch.log4j2" },
  customBatchConfig: {
    name: "sparkapplication.yaml.j2",
    at: "batch.template",
    hasBraces: true,
  },
};

const fileFate =
  (file: FileKey): Fate =>
  (content, key, all) => {
    if (isEmpty(content)) return [];
    if (typeof content !== "string") {
      return [note("untranslated", key, `is no text; write ${file.name} yourself`)];
    }
    const { name, at, isList } = file;
    return [
      { part: "file", name, content, at: at.split("."), from: key, ...(isList ? { isList } : {}) },
      ...remarks(file, content, key, all),
    ];
  };

function remarks(file: FileKey, content: string, key: string, all: unknown): readonly Part[] {
  const parts: Part[] = [];
  if (valueAt(all, "existingConfigMaps") !== false) {
    const message =
      "the chart makes nothing of it unless existingConfigMaps is false; here it is read";
    parts.push(note("changed", key, message));
  }
  if (content.includes("{{")) {
    const message = file.hasBraces
      ? "the chart fills in {{ … }} before openEO does; here openEO alone does: take Helm's marks out of it"
      : "the chart fills in {{ … }}; here it is read as it stands";
    parts.push(note("changed", key, message));
  }
  if (holdsCredential(content)) {
    const message = `seems to have a credential in it: ${file.name} goes into a ConfigMap, and is no file to commit as it is`;
    parts.push(note("changed", key, message));
  }
  return parts;
}

/** The exporter reads its file only where there is an exporter. */
const prometheusConfig: Fate = (content, key, all) =>
  isEmpty(content) || !isEmpty(valueAt(all, "jmxExporterJar"))
    ? fileFate(metrics)(content, key, all)
    : [note("dead", key, "nothing reads it, as jmxExporterJar is not set")];

/** What becomes of `configMaps`: files beside the settings, and a secret. */
export const fileKeys: Readonly<Record<string, Fate>> = {
  ...Object.fromEntries(
    Object.entries(files).map(([key, file]) => [`configMaps.${key}`, fileFate(file)]),
  ),
  "configMaps.prometheusConfig": prometheusConfig,
  "configMaps.httpCredentials": (content, key) =>
    isEmpty(content)
      ? []
      : [
          { part: "secret", secret: "openeoHttpCredentials", from: key },
          note(
            "changed",
            key,
            "the chart keeps these credentials in a ConfigMap; here in a Secret",
          ),
        ],
  existingConfigMaps: (value, key) =>
    value === false
      ? []
      : needless(
          "ConfigMaps of your own are not mounted: their content is given as files, such as openeo.layerCatalogs",
        )(value, key, {}),
};
