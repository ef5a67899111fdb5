import { isRecord } from "../../settings/source";
import { imageUser } from "../../components/workloads/openeo/images";
import { mayBeCredential, told } from "./credentials";
import { elsewhere, to, unless, untranslated, dead, needless } from "./fates";
import { isEmpty, isOn, note, setting, weakly, type Fate } from "./part";
import { mebibytesOf, millicoresOf, textOf, wholeOf } from "./quantities";

type Role = "driver" | "executor";

const javaOptions =
  (role: Role): Fate =>
  (value, key) => {
    const options = textOf(value);
    if (options === undefined) return [];
    if (mayBeCredential(options)) {
      const message =
        "seems to hold a credential, which would lie open in the SparkApplication; set the other options yourself";
      return [note("untranslated", key, message)];
    }
    return [setting(`${role}.javaOptions`, options.replaceAll(/\s+/g, " "), key)];
  };

/** The chart says CPU in two ways, one of which has to be empty. */
const cores =
  (role: Role): Fate =>
  (value, key) => {
    const count = wholeOf(value);
    if (count === 0 || isEmpty(value)) return [];
    if (count === undefined) return [note("untranslated", key, "is no whole number of cores")];
    return [
      weakly(`${role}.cpuMillicores`, count * 1000, key),
      ...(role === "executor" ? [setting("executor.cores", count, key)] : []),
    ];
  };

const usualGroup: Fate = (value, key) => {
  const rest = Object.entries(isRecord(value) ? value : {}).filter(
    ([name, part]) => !(name === "fsGroup" && part === imageUser),
  );
  if (rest.length === 0) return [];
  const names = told(rest.map(([name]) => name));
  const message = `${names}: there is no setting for it; the pods' group is ${imageUser}, that of the image`;
  return [note("untranslated", key, message)];
};

const webPorts: Fate = (value, key) => {
  const ports: readonly unknown[] = Array.isArray(value) ? value : [];
  const others = ports.filter((port) => !(isRecord(port) && port["containerPort"] === 50001));
  return others.length === 0
    ? []
    : [note("untranslated", key, "the one port is that of the web application, 50001")];
};

const noSetting = (what: string) => untranslated(`there is no setting for ${what}`);

const both = (role: Role): Readonly<Record<string, Fate>> => ({
  cores: cores(role),
  coreRequest: to(`${role}.cpuMillicores`, millicoresOf, "amount of CPU"),
  coreLimit: to(`${role}.cpuLimitMillicores`, millicoresOf, "amount of CPU"),
  memory: to(`${role}.memoryMib`, mebibytesOf, "amount of memory"),
  memoryOverhead: to(`${role}.memoryOverheadMib`, mebibytesOf, "amount of memory"),
  javaOptions: javaOptions(role),
  env: elsewhere,
  extraEnv: elsewhere,
  podSecurityContext: usualGroup,
  affinity: noSetting("affinity; preemptible nodes are in openeo.batch.preemptible"),
  labels: noSetting("further labels of the pods"),
  lifecycle: noSetting("hooks of the containers"),
  volumeMounts: noSetting("further mounts; the files of openEO's own features are mounted"),
});

const serviceAccountMessage =
  "is no key of the chart here; the accounts stand under rbac, and are made here in any case";

const graceMessage = "there is no setting for it; pods have the 30 seconds of Kubernetes";

const prefixed = (role: Role, keys: Readonly<Record<string, Fate>>) =>
  Object.entries(keys).map(([key, fate]): [string, Fate] => [`${role}.${key}`, fate]);

/** What becomes of `driver` and `executor`. */
export const podKeys: Readonly<Record<string, Fate>> = Object.fromEntries([
  ...prefixed("driver", {
    ...both("driver"),
    ports: webPorts,
    priorityClassName: noSetting("priority classes"),
    terminationGracePeriodSeconds: unless(
      (value) => value === 30 || isEmpty(value),
      untranslated(graceMessage),
    ),
    serviceAccount: dead(serviceAccountMessage),
  }),
  ...prefixed("executor", {
    ...both("executor"),
    instances: to("executor.instances", wholeOf, "whole number"),
    terminationGracePeriodSeconds: dead("the chart gives executors the driver's instead"),
    priorityClassName: dead("the chart gives executors none"),
    ports: dead("the chart gives executors none"),
    serviceAccount: dead(serviceAccountMessage),
  }),
]);

/** What becomes of what the chart says of all pods. */
export const allPodKeys: Readonly<Record<string, Fate>> = {
  "global.extraEnv": elsewhere,
  volumes: noSetting(
    "further volumes; for Earth-observation data of the nodes there is openeo.batch.eodata",
  ),
  volumeMounts: noSetting("further mounts"),
  initContainers: noSetting("init containers"),
  hostNetwork: unless((value) => !isOn(value), noSetting("the node's network")),
  privileged: unless(
    (value) => !isOn(value),
    untranslated("privileged pods are not made; Pod Security refuses them in job namespaces"),
  ),
  priorityClassName: noSetting("priority classes"),
  imagePullPolicy: unless(
    (value) => value === "IfNotPresent",
    needless("an exact tag is pulled once; a new image is a new openeo.imageVersion"),
  ),
  imagePullSecrets: noSetting("credentials of the image's registry"),
};
