import type { V1ConfigMap, V1OwnerReference, V1Pod, V1Service } from "@kubernetes/client-node";
import {
  annotations,
  containerName,
  environment,
  image,
  labels,
  localDirVariable,
  podSpec,
} from "./pod";
import { below, propertiesText } from "./properties";
import { resources } from "./resources";
import type { Submission } from "./submitArguments";
import { readTemplate, upon } from "./template";

const confFolder = "/opt/spark/conf";
const confVolume = "spark-conf-volume-driver";
/** Where the driver finds the template of its executors. */
const template = {
  volume: "pod-template-volume",
  folder: "/opt/spark/pod-template",
  key: "podspec-configmap-key",
  file: "pod-spec-template.yml",
} as const;
const ports = { driver: 7078, blockManager: 7079, ui: 4040 } as const;

/** What one submission makes in the cluster. */
export interface Submitted {
  readonly namespace: string;
  readonly pod: V1Pod;
  /** Owned by the pod; made after it, when its uid is known. */
  readonly dependents: (owner: V1OwnerReference) => {
    readonly service: V1Service;
    readonly configMaps: readonly V1ConfigMap[];
  };
}

/** The texts of the pod templates that a submission names. */
export interface Templates {
  readonly driver?: string;
  readonly executor?: string;
}

/**
 * The objects that spark-submit makes for an application in cluster mode.
 *
 * @param unique hexadecimal digits that no other submission has, 32 of them
 */
export function submitted(
  submission: Submission,
  unique: string,
  templates: Templates = {},
): Submitted {
  const { name } = submission;
  const appId = `spark-${unique}`;
  const prefix = `${resourceName(name)}-${unique.slice(0, 16)}`;
  const driverName = submission.properties.get("spark.kubernetes.driver.pod.name");
  const podName = driverName ?? `${prefix}-driver`;
  const namespace = submission.properties.get("spark.kubernetes.namespace") ?? "default";
  const serviceName = `${prefix}-driver-svc`;
  const properties = new Map([
    ...submission.properties,
    ["spark.app.id", appId],
    ["spark.app.name", name],
    ["spark.driver.host", `${serviceName}.${namespace}.svc`],
    ["spark.driver.port", String(ports.driver)],
    ["spark.driver.blockManager.port", String(ports.blockManager)],
    ["spark.kubernetes.driver.pod.name", podName],
    ...runtimeSettings(submission),
    ...(templates.executor === undefined ? [] : [executorTemplateSetting]),
  ]);
  const configMapName = `spark-drv-${unique.slice(16)}-conf-map`;
  const templateMapName =
    templates.executor === undefined ? undefined : `${prefix}-driver-podspec-conf-map`;
  const names = { podName, namespace, appId, configMapName, templateMapName };
  const built = driverPod(submission, properties, names);
  const pod =
    templates.driver === undefined
      ? built
      : upon(readTemplate(templates.driver), built, templateContainer(properties));
  return {
    namespace,
    pod,
    dependents: (owner) => ({
      service: driverService(properties, built, serviceName, owner),
      configMaps: [
        configMap(configMapName, namespace, owner, {
          "spark.properties": propertiesText(properties),
          "spark.kubernetes.namespace": namespace,
        }),
        ...(templateMapName === undefined
          ? []
          : [
              configMap(templateMapName, namespace, owner, {
                [template.key]: templates.executor ?? "",
              }),
            ]),
      ],
    }),
  };
}

const executorTemplateSetting = [
  "spark.kubernetes.executor.podTemplateFile",
  `${template.folder}/${template.file}`,
] as const;

function templateContainer(properties: ReadonlyMap<string, string>): string | undefined {
  return properties.get("spark.kubernetes.driver.podTemplateContainerName");
}

/** What Spark adds for applications that are not of the JVM: more memory beside it. */
function runtimeSettings({ resource, properties }: Submission): [string, string][] {
  if (!isPython(resource)) return [["spark.kubernetes.resource.type", "java"]];
  const factor = properties.get("spark.kubernetes.memoryOverheadFactor") ?? "0.4";
  return [
    ["spark.kubernetes.resource.type", "python"],
    ["spark.kubernetes.memoryOverheadFactor", factor],
  ];
}

function isPython(resource: string): boolean {
  return resource.endsWith(".py");
}

function configMap(
  name: string,
  namespace: string,
  owner: V1OwnerReference,
  data: Record<string, string>,
): V1ConfigMap {
  return { metadata: { name, namespace, ownerReferences: [owner] }, immutable: true, data };
}

interface Names {
  readonly podName: string;
  readonly namespace: string;
  readonly appId: string;
  readonly configMapName: string;
  readonly templateMapName: string | undefined;
}

function driverPod(
  submission: Submission,
  properties: ReadonlyMap<string, string>,
  { podName, namespace, appId, configMapName, templateMapName }: Names,
): V1Pod {
  const spec = podSpec(properties, "driver", {
    name: containerName.driver,
    image: image(properties, "driver"),
    args: driverArgs(submission),
    env: [
      { name: "SPARK_USER", value: "root" },
      { name: "SPARK_APPLICATION_ID", value: appId },
      {
        name: "SPARK_DRIVER_BIND_ADDRESS",
        valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "status.podIP" } },
      },
      localDirVariable,
      { name: "SPARK_CONF_DIR", value: confFolder },
      ...environment(properties, "driver"),
    ],
    ports: [
      { name: "driver-rpc-port", containerPort: ports.driver, protocol: "TCP" },
      { name: "blockmanager", containerPort: ports.blockManager, protocol: "TCP" },
      { name: "spark-ui", containerPort: ports.ui, protocol: "TCP" },
    ],
    resources: resources(properties, "driver"),
    volumeMounts: [
      ...(templateMapName === undefined
        ? []
        : [{ name: template.volume, mountPath: template.folder }]),
      { name: confVolume, mountPath: confFolder },
    ],
  });
  const keys = ["spark.properties", "spark.kubernetes.namespace"];
  const items = keys.map((key) => ({ key, path: key, mode: 420 }));
  return {
    metadata: {
      name: podName,
      namespace,
      labels: labels(properties, "driver", appId, submission.name),
      annotations: annotations(properties, "driver"),
    },
    spec: {
      ...spec,
      volumes: [
        ...(spec.volumes ?? []),
        ...(templateMapName === undefined ? [] : [templateVolume(templateMapName)]),
        { name: confVolume, configMap: { name: configMapName, items } },
      ],
    },
  };
}

function templateVolume(name: string) {
  const items = [{ key: template.key, path: template.file }];
  return { name: template.volume, configMap: { name, items } };
}

function driverArgs({ mainClass, resource, args }: Submission): string[] {
  const properties = ["driver", "--properties-file", `${confFolder}/spark.properties`];
  const runner = isPython(resource) ? "org.apache.spark.deploy.PythonRunner" : mainClass;
  return [...properties, ...(runner === undefined ? [] : ["--class", runner]), resource, ...args];
}

function driverService(
  properties: ReadonlyMap<string, string>,
  driver: V1Pod,
  name: string,
  owner: V1OwnerReference,
): V1Service {
  const selector = { ...driver.metadata?.labels };
  return {
    metadata: {
      name,
      namespace: driver.metadata?.namespace,
      ownerReferences: [owner],
      annotations: below(properties, "spark.kubernetes.driver.service.annotation."),
      labels: {
        ...below(properties, "spark.kubernetes.driver.service.label."),
        "spark-app-selector": selector["spark-app-selector"] ?? "",
      },
    },
    spec: {
      clusterIP: "None",
      selector,
      ports: [
        { name: "driver-rpc-port", port: ports.driver, targetPort: ports.driver },
        { name: "blockmanager", port: ports.blockManager, targetPort: ports.blockManager },
        { name: "spark-ui", port: ports.ui, targetPort: ports.ui },
      ],
    },
  };
}

/** The part of Services' and executors' names that comes from the application's name. */
function resourceName(appName: string): string {
  const plain = appName.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
  return plain.replaceAll(/-+/g, "-").replace(/^-/, "").slice(0, 40);
}
