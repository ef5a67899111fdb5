import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { executorPod, wantedExecutors } from "../../spark-submit/executorPod";
import { parseProperties } from "../../spark-submit/properties";
import { readTemplate } from "../../spark-submit/template";
import type { AgentCluster } from "./cluster";
import { isConflict } from "./cluster";
import { keyOf } from "./mirror";

/** Where pods are looked up. */
export interface DriversArgs {
  readonly cluster: AgentCluster;
  readonly current: (key: string) => V1Pod | undefined;
  readonly pods: () => readonly V1Pod[];
}

const roleLabel = "spark-role";
const executorIdLabel = "spark-exec-id";

/**
 * Plays the one thing that simulated Spark drivers do to the cluster: they ask for executors. Each
 * does so with its own ServiceAccount, so the rights that a real driver needs are needed here too.
 */
export class SimulatedDrivers {
  private readonly clients = new Map<string, CoreV1Api>();
  /** The highest executor number that a driver has used; numbers are never used again. */
  private readonly used = new Map<string, number>();

  constructor(private readonly args: DriversArgs) {}

  /** The driver's key where a pod is a driver or one of its executors. */
  driverOf(pod: V1Pod): string | undefined {
    const role = pod.metadata?.labels?.[roleLabel];
    if (role === "driver") return keyOf(pod);
    if (role !== "executor") return undefined;
    const owner = pod.metadata?.ownerReferences?.find(({ kind }) => kind === "Pod");
    return owner && `${pod.metadata?.namespace}/${owner.name}`;
  }

  /** Makes the executors that a running driver lacks. */
  async reconcile(key: string): Promise<void> {
    const driver = this.args.current(key);
    if (driver?.status?.phase !== "Running" || driver.metadata?.deletionTimestamp) {
      if (!driver) this.forget(key);
      return;
    }
    const { uid = "", name = "", namespace = "" } = driver.metadata ?? {};
    const properties = await this.properties(driver);
    if (!properties) return;
    const template = await this.template(driver);
    const mine = this.args.pods().filter((pod) => isExecutorOf(pod, uid));
    const alive = mine.filter(({ status }) => !isOver(status?.phase));
    const ids = mine.map((pod) => Number(pod.metadata?.labels?.[executorIdLabel]));
    let last = Math.max(0, this.used.get(key) ?? 0, ...ids);
    const serviceAccount = driver.spec?.serviceAccountName ?? "default";
    for (let missing = wantedExecutors(properties) - alive.length; missing > 0; missing--) {
      last += 1;
      const body = executorPod({ driver, properties, id: last, template });
      const client =
        this.clients.get(uid) ??
        (await this.args.cluster.asPod({ name, namespace, uid, serviceAccount }));
      this.clients.set(uid, client);
      await client.createNamespacedPod({ namespace, body }).catch(ignoreExisting);
      this.used.set(key, last);
    }
  }

  /** What the submission has written for the driver: all settings of the application. */
  private async properties(driver: V1Pod): Promise<ReadonlyMap<string, string> | undefined> {
    const text = await this.mounted(driver, "spark-conf-volume-driver", "spark.properties");
    return text === undefined ? undefined : parseProperties(text);
  }

  private async template(driver: V1Pod): Promise<V1Pod | undefined> {
    const text = await this.mounted(driver, "pod-template-volume", "podspec-configmap-key");
    return text === undefined ? undefined : readTemplate(text);
  }

  /** One key of the ConfigMap that a volume of the driver holds. */
  private async mounted(driver: V1Pod, volumeName: string, key: string) {
    const volume = driver.spec?.volumes?.find(({ name }) => name === volumeName);
    const name = volume?.configMap?.name;
    if (name === undefined) return undefined;
    const namespace = driver.metadata?.namespace ?? "";
    const { data } = await this.args.cluster.core.readNamespacedConfigMap({ name, namespace });
    return data?.[key];
  }

  private forget(key: string): void {
    this.used.delete(key);
  }
}

function isExecutorOf(pod: V1Pod, driverUid: string): boolean {
  const owners = pod.metadata?.ownerReferences ?? [];
  return (
    pod.metadata?.labels?.[roleLabel] === "executor" && owners.some(({ uid }) => uid === driverUid)
  );
}

function isOver(phase: string | undefined): boolean {
  return phase === "Succeeded" || phase === "Failed";
}

function ignoreExisting(error: unknown): void {
  if (!isConflict(error)) throw error;
}
