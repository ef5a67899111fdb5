import type { V1Container, V1EnvVar, V1PodSpec } from "@kubernetes/client-node";
import { below } from "./properties";

type Properties = ReadonlyMap<string, string>;

/** A Spark pod's part in its application. */
export type Role = "driver" | "executor";

/** The container that Spark itself runs in, by the pod's role. */
export const containerName = {
  driver: "spark-kubernetes-driver",
  executor: "spark-kubernetes-executor",
} as const;

/** Stands where a real submission tells the version of its Spark. */
const version = "stand-in";
const localDir = "/var/data/spark-local-0";

/** Labels that every pod of an application has, with those that its settings ask for. */
export function labels(
  properties: Properties,
  role: Role,
  appId: string,
  appName: string,
): Record<string, string> {
  return {
    ...below(properties, `spark.kubernetes.${role}.label.`),
    "spark-app-name": labelValue(appName),
    "spark-app-selector": appId,
    "spark-role": role,
    "spark-version": version,
  };
}

/** Annotations that the settings ask for. */
export function annotations(properties: Properties, role: Role): Record<string, string> {
  return below(properties, `spark.kubernetes.${role}.annotation.`);
}

/** Environment that the settings ask for: plain, and from Secrets as `name:key`. */
export function environment(properties: Properties, role: Role): V1EnvVar[] {
  const plain = role === "driver" ? "spark.kubernetes.driverEnv." : "spark.executorEnv.";
  const secret = `spark.kubernetes.${role}.secretKeyRef.`;
  return [
    ...Object.entries(below(properties, plain)).map(([name, value]) => ({ name, value })),
    ...Object.entries(below(properties, secret)).map(([name, reference]) => {
      const [secretName = "", key = ""] = reference.split(":");
      return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
    }),
  ];
}

/** The image of a role; throws where none is set. */
export function image(properties: Properties, role: Role): string {
  const own = properties.get(`spark.kubernetes.${role}.container.image`);
  const found = own ?? properties.get("spark.kubernetes.container.image");
  if (found === undefined) throw new Error("spark.kubernetes.container.image is not set");
  return found;
}

/** What both kinds of pods have, around the container that is given. */
export function podSpec(properties: Properties, role: Role, container: V1Container): V1PodSpec {
  const secrets = Object.entries(below(properties, `spark.kubernetes.${role}.secrets.`));
  const pullSecrets = properties.get("spark.kubernetes.container.image.pullSecrets");
  const names = pullSecrets?.split(",").map((name) => ({ name: name.trim() }));
  const account =
    properties.get(`spark.kubernetes.authenticate.${role}.serviceAccountName`) ??
    properties.get("spark.kubernetes.authenticate.driver.serviceAccountName");
  return {
    restartPolicy: "Never",
    ...(account === undefined ? {} : { serviceAccountName: account }),
    nodeSelector: {
      ...below(properties, "spark.kubernetes.node.selector."),
      ...below(properties, `spark.kubernetes.${role}.node.selector.`),
    },
    ...(names === undefined ? {} : { imagePullSecrets: names }),
    containers: [
      {
        ...container,
        imagePullPolicy:
          properties.get("spark.kubernetes.container.image.pullPolicy") ?? "IfNotPresent",
        volumeMounts: [
          { name: "spark-local-dir-1", mountPath: localDir },
          ...secrets.map(([name, mountPath]) => ({ name: `${name}-volume`, mountPath })),
          ...(container.volumeMounts ?? []),
        ],
      },
    ],
    volumes: [
      { name: "spark-local-dir-1", emptyDir: {} },
      ...secrets.map(([secretName]) => ({
        name: `${secretName}-volume`,
        secret: { secretName },
      })),
    ],
  };
}

/** Where both kinds of pods keep what they spill. */
export const localDirVariable: V1EnvVar = { name: "SPARK_LOCAL_DIRS", value: localDir };

/** At most 63 characters, and none that a label value may not have. */
function labelValue(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, "");
}
