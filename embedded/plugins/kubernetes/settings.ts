import { at, isObject, isUnknown, type Json, type JsonObject } from "../protocol/properties";

/** The provider's configuration; the names are those of the official plugin. */
export interface Settings {
  /** Path or content; default: KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
  /** Namespace of objects that name none. Default: the context's, else `default`. */
  readonly namespace: string | undefined;
  /** Take fields that somebody else manages. Default: false. */
  readonly enablePatchForce: boolean;
  /** Change ConfigMaps in place instead of replacing them. Default: false. */
  readonly enableConfigMapMutable: boolean;
  /** Change Secrets in place instead of replacing them. Default: false. */
  readonly enableSecretMutable: boolean;
  /** Forget objects of a cluster that cannot be reached. Default: false. */
  readonly deleteUnreachable: boolean;
  /** Leave objects of a cluster that cannot be reached as they are. Default: false. */
  readonly skipUpdateUnreachable: boolean;
  /** Take over objects that are there already. Default: false. */
  readonly upsertExistingObjects: boolean;
  /** Say nothing of deprecated API versions. Default: false. */
  readonly suppressDeprecationWarnings: boolean;
  /** The kubeconfig or context is not known before the update. */
  readonly unknown: boolean;
}

/** Reads the provider's arguments; booleans come as JSON in strings, or from the environment. */
export function parseSettings(args: JsonObject): Settings {
  const text = (key: string) => {
    const value = args[key];
    return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
  };
  const flag = (key: string, variable: string) =>
    isTrue(args[key] ?? process.env[`PULUMI_K8S_${variable}`]);
  return {
    kubeconfig: text("kubeconfig"),
    context: text("context"),
    cluster: text("cluster"),
    namespace: text("namespace"),
    enablePatchForce: flag("enablePatchForce", "ENABLE_PATCH_FORCE"),
    enableConfigMapMutable: flag("enableConfigMapMutable", "ENABLE_CONFIGMAP_MUTABLE"),
    enableSecretMutable: flag("enableSecretMutable", "ENABLE_SECRET_MUTABLE"),
    deleteUnreachable: flag("deleteUnreachable", "DELETE_UNREACHABLE"),
    skipUpdateUnreachable: flag("skipUpdateUnreachable", "SKIP_UPDATE_UNREACHABLE"),
    upsertExistingObjects: flag("upsertExistingObjects", "UPSERT_EXISTING_OBJECTS"),
    suppressDeprecationWarnings: flag(
      "suppressDeprecationWarnings",
      "SUPPRESS_DEPRECATION_WARNINGS",
    ),
    unknown: ["kubeconfig", "context", "cluster"].some((key) => isUnknown(args[key])),
  };
}

/** Arguments of the official plugin that this stand-in has no part for; each is refused. */
export function refusedSettings(args: JsonObject): string[] {
  const problems: string[] = [];
  if (set(args["renderYamlToDirectory"])) {
    problems.push("renderYamlToDirectory: this stand-in renders no files; use the official plugin");
  }
  if (args["enableServerSideApply"] !== undefined && !isTrue(args["enableServerSideApply"])) {
    problems.push(
      "enableServerSideApply: this stand-in applies on the server side only; remove it",
    );
  }
  const driver = at(parsed(args["helmReleaseSettings"]), "driver");
  if (set(driver) && driver !== "secret" && driver !== "secrets") {
    problems.push(
      `helmReleaseSettings.driver: this stand-in keeps releases in Secrets only; remove it`,
    );
  }
  return problems;
}

function isTrue(value: Json | undefined): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

function set(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false;
}

function parsed(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  if (typeof value !== "string" || value === "") return {};
  try {
    const inner: unknown = JSON.parse(value);
    return isObject(inner) ? inner : {};
  } catch {
    return {};
  }
}
