import { at, stringAt, type JsonObject } from "../../protocol/properties";
import { ApiError } from "../api";
import type { Settings } from "../settings";
import { isSecretObject } from "./shape";

// The server's ways to say that only another object can have this value.
const immutable =
  /immutable|may not (be )?(change|update)|not be changed|cannot change|forbidden: updates? to|updates to .* are forbidden|is invalid: .*may not change fields/i;

/** Does the server say that the object cannot be changed in place? */
export function saysImmutable(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || error.status !== 422) return false;
  const { causes, message } = error;
  return causes.length > 0
    ? causes.some((cause) => immutable.test(cause.message))
    : immutable.test(message);
}

/** The fields that the server names as immutable. */
export function immutableFields(error: ApiError): string[] {
  return error.causes
    .filter(({ message }) => immutable.test(message))
    .map(({ field }) => field || "spec");
}

const identity = ["metadata.name", "metadata.namespace", "apiVersion", "kind"];
const selector = ["spec.selector"];

/**
 * What the server will not change, for the previews in which it cannot be asked: a value is not
 * known yet, or it cannot be reached.
 */
const knownImmutable: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/Deployment": selector,
  "apps/v1/DaemonSet": selector,
  "apps/v1/ReplicaSet": selector,
  "apps/v1/StatefulSet": [
    ...selector,
    "spec.serviceName",
    "spec.podManagementPolicy",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1/Job": [...selector, "spec.template", "spec.completions", "spec.completionMode"],
  "v1/PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
    "spec.volumeMode",
  ],
  "v1/Service": ["spec.clusterIP", "spec.clusterIPs"],
  "v1/Secret": ["type"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "storage.k8s.io/v1/StorageClass": [
    "provisioner",
    "parameters",
    "reclaimPolicy",
    "volumeBindingMode",
  ],
  "apiextensions.k8s.io/v1/CustomResourceDefinition": [
    "spec.group",
    "spec.scope",
    "spec.names.plural",
  ],
};

/** Properties whose change makes another object, without asking the server. */
export function replacing(object: JsonObject, settings: Settings): readonly string[] {
  const key = `${stringAt(object, "apiVersion") ?? ""}/${stringAt(object, "kind") ?? ""}`;
  const fields = [...identity, ...(knownImmutable[key] ?? []), ...contentFields(object, settings)];
  // A Pod's spec is its identity, but for few fields: the server says which when it is asked.
  return key === "v1/Pod" ? [...fields, "spec"] : fields;
}

/**
 * ConfigMaps and Secrets are replaced when their content changes, as by the official plugin: a
 * made-up name changes with them, and so do the pods that use it.
 */
export function contentFields(object: JsonObject, settings: Settings): readonly string[] {
  const fixed = object["immutable"] === true;
  if (isSecretObject(object)) {
    return fixed || !settings.enableSecretMutable ? ["data", "stringData", "type"] : [];
  }
  if (object["apiVersion"] === "v1" && object["kind"] === "ConfigMap") {
    return fixed || !settings.enableConfigMapMutable ? ["data", "binaryData"] : [];
  }
  return [];
}

/** Is a path one of the properties, or inside of one? */
export function isUnder(path: string, properties: readonly string[]): boolean {
  return properties.some(
    (property) =>
      path === property || (path.startsWith(property) && /^[.[]/.test(path.slice(property.length))),
  );
}

/** Do both name the same object? */
export function sameIdentity(before: JsonObject, after: JsonObject): boolean {
  return ["name", "namespace"].every(
    (key) => at(before, "metadata", key) === at(after, "metadata", key),
  );
}
