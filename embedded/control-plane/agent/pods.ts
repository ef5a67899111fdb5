import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import {
  PatchStrategy,
  setHeaderOptions,
  type V1Container,
  type V1Pod,
} from "@kubernetes/client-node";
import { writeFileWhole } from "../../processes/files";
import { realImageOf } from "../images";
import { kubeconfigText } from "../kubeconfig";
import { freePorts } from "../../processes/ports";
import { end } from "../../processes/process";
import { isConflict, isMissing, type AgentCluster } from "./cluster";
import { moveToThisMachine } from "./commandLine";
import { ContainerProcess, type Launch } from "./container";
import { containerEnvironment, expand } from "./environment";
import { podStatus } from "./podStatus";
import type { Records } from "./records";
import { WorkQueue } from "./workQueue";

/** What the agent's process-backed pods need of this machine. */
export interface PodsArgs {
  readonly cluster: AgentCluster;
  readonly records: Records;
  /** A folder of its own for each pod is made here. */
  readonly folder: string;
  readonly logs: string;
  /** The program of each image. */
  readonly tools: Readonly<Record<"spark-operator", string>>;
  /** Whose bin/spark-submit the operator calls. */
  readonly sparkHome: string;
  /** The pod as the API server has it now. */
  readonly current: (key: string) => V1Pod | undefined;
}

const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
const orphanGraceMs = 5_000;

/** The pods that run as processes of this machine. */
export class ProcessPods {
  private readonly running = new Map<string, { uid: string; processes: ContainerProcess[] }>();
  private readonly formerlyReady = new Set<string>();
  private readonly queue = new WorkQueue("pod", (key) => this.reconcile(key));

  constructor(private readonly args: PodsArgs) {}

  /** To be told of every pod that is there, has changed or has gone. */
  changed(pod: V1Pod, key: string): void {
    if (isProcessPod(pod)) this.queue.add(key);
  }

  /** Ends recorded processes whose pods are no more. */
  async endOrphans(pods: readonly V1Pod[]): Promise<void> {
    const there = new Set(pods.map(({ metadata }) => metadata?.uid));
    const orphans = this.args.records.all().filter(({ key }) => !there.has(key.split("/")[0]));
    for (const orphan of orphans) {
      await end(orphan, orphanGraceMs);
      this.args.records.remove(orphan.key);
    }
  }

  /** The loopback port of a ready pod, undefined where the pod is none of ours or not ready. */
  readyPort(key: string, declared: number | string): number | undefined {
    if (!this.isReady(key)) return undefined;
    const processes = this.running.get(key)?.processes ?? [];
    return processes.map((process) => process.port(declared)).find((port) => port !== undefined);
  }

  /** True while all containers of a pod run and answer their probes. */
  isReady(key: string): boolean {
    const processes = this.running.get(key)?.processes ?? [];
    return processes.length > 0 && processes.every(({ ready }) => ready);
  }

  /** True once all pods that were ready under an earlier agent are ready again. */
  areBack(): boolean {
    return [...this.formerlyReady].every((key) => this.isReady(key));
  }

  private async reconcile(key: string): Promise<void> {
    const pod = this.args.current(key);
    const known = this.running.get(key);
    if (known && known.uid !== pod?.metadata?.uid) await this.forget(key, orphanGraceMs);
    if (!pod || pod.spec?.nodeName === undefined) return;
    if (pod.metadata?.deletionTimestamp) return this.remove(key, pod);
    if (pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed") return;
    if (!this.running.has(key)) this.startPod(key, pod);
    await this.report(key, pod);
  }

  private startPod(key: string, pod: V1Pod): void {
    const uid = pod.metadata?.uid ?? "";
    const containers = (pod.spec?.containers ?? []).filter(({ image }) => realImageOf(image ?? ""));
    const processes = containers.map(
      (container) =>
        new ContainerProcess({
          key: `${uid}/${container.name}`,
          container,
          restartPolicy: pod.spec?.restartPolicy ?? "Always",
          log: this.logOf(pod, container.name),
          records: this.args.records,
          setting: this.args.sparkHome,
          restarts: restartsBefore(pod, container.name),
          prepare: () => this.prepare(key, container),
          onChange: () => this.queue.add(key),
        }),
    );
    this.running.set(key, { uid, processes });
    if (saysReady(pod)) this.formerlyReady.add(key);
  }

  /** Token, environment, folders and ports of one start of a container. */
  private async prepare(key: string, container: V1Container): Promise<Launch> {
    const pod = this.args.current(key);
    const image = realImageOf(container.image ?? "");
    if (!pod || !image) throw new Error(`pod ${key} is gone`);
    const { cluster, tools } = this.args;
    const folder = this.folderOf(pod);
    await mkdir(path.join(folder, "tmp"), { recursive: true, mode: 0o700 });
    await mkdir(path.join(this.args.logs, "pods"), { recursive: true, mode: 0o700 });
    const lookup = cluster.lookup(pod.metadata?.namespace ?? "");
    const own = await containerEnvironment(pod, container, lookup);
    const env = { ...this.surroundings(pod, folder), ...own };
    if (mountsAccount(container)) env["KUBECONFIG"] = await this.writeKubeconfig(pod, folder);
    // More than any program of the table listens on; the unused ones are free again already.
    const ports = await freePorts(8);
    const moved = moveToThisMachine(
      image,
      [...(container.command?.slice(1) ?? []), ...(container.args ?? [])].map((arg) =>
        expand(arg, env),
      ),
      folder,
      () => ports.pop() ?? 0,
    );
    const log = this.logOf(pod, container.name);
    const recipe = { command: tools[image.tool], args: moved.args, env, log, cwd: folder };
    return { recipe, ports: moved.ports };
  }

  private surroundings(pod: V1Pod, folder: string): Record<string, string> {
    const { host, port } = this.args.cluster.address;
    const javaHome = process.env["JAVA_HOME"];
    return {
      PATH: [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter),
      HOME: folder,
      TMPDIR: path.join(folder, "tmp"),
      HOSTNAME: pod.metadata?.name ?? "",
      KUBERNETES_SERVICE_HOST: host,
      KUBERNETES_SERVICE_PORT: port,
      SPARK_HOME: this.args.sparkHome,
      ...(javaHome === undefined ? {} : { JAVA_HOME: javaHome }),
    };
  }

  /** The pod's own account as a kubeconfig, in place of the files that a kubelet mounts. */
  private async writeKubeconfig(pod: V1Pod, folder: string): Promise<string> {
    const { cluster } = this.args;
    const { name = "", namespace = "", uid = "" } = pod.metadata ?? {};
    const serviceAccount = pod.spec?.serviceAccountName ?? "default";
    const token = await cluster.podToken({ name, namespace, uid, serviceAccount });
    const file = path.join(folder, "kubeconfig");
    const { url } = cluster.address;
    writeFileWhole(file, kubeconfigText(url, cluster.authority, { token }, namespace));
    return file;
  }

  private async report(key: string, pod: V1Pod): Promise<void> {
    const { name = "", namespace = "" } = pod.metadata ?? {};
    const status = podStatus(pod, this.running.get(key)?.processes ?? []);
    await this.args.cluster.core
      .patchNamespacedPodStatus(
        { name, namespace, body: { metadata: { uid: pod.metadata?.uid }, status } },
        setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
      )
      .catch(ignoreGone);
  }

  private async remove(key: string, pod: V1Pod): Promise<void> {
    const seconds = pod.metadata?.deletionGracePeriodSeconds ?? 30;
    await this.forget(key, Math.max(seconds, 1) * 1000);
    await rm(this.folderOf(pod), { recursive: true, force: true });
    const { name = "", namespace = "", uid } = pod.metadata ?? {};
    await this.args.cluster.core
      .deleteNamespacedPod({
        name,
        namespace,
        body: { gracePeriodSeconds: 0, preconditions: { uid } },
      })
      .catch(ignoreGone);
  }

  private async forget(key: string, graceMs: number): Promise<void> {
    const known = this.running.get(key);
    await Promise.all((known?.processes ?? []).map((process) => process.stop(graceMs)));
    this.running.delete(key);
    this.formerlyReady.delete(key);
    if (known) {
      const folder = path.join(this.args.folder, known.uid);
      await rm(folder, { recursive: true, force: true });
    }
  }

  private folderOf(pod: V1Pod): string {
    return path.join(this.args.folder, pod.metadata?.uid ?? "");
  }

  /** Where a container of a process-backed pod writes. */
  logOf(pod: V1Pod, container: string): string {
    const { name = "", namespace = "" } = pod.metadata ?? {};
    return path.join(this.args.logs, "pods", `${namespace}_${name}_${container}.log`);
  }
}

/** True where the agent has a real program for one of a pod's containers. */
export function isProcessPod(pod: V1Pod): boolean {
  return (pod.spec?.containers ?? []).some(({ image }) => realImageOf(image ?? "") !== undefined);
}

function saysReady(pod: V1Pod): boolean {
  const ready = pod.status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "True";
}

/** A container that ran under an agent which is no more is started again: one restart more. */
function restartsBefore(pod: V1Pod, container: string): number {
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  if (!status) return 0;
  return status.restartCount + (status.state?.running ? 1 : 0);
}

/** The API server mounts the account's token unless the pod or the account declines it. */
function mountsAccount(container: V1Container): boolean {
  return (container.volumeMounts ?? []).some(({ mountPath }) => mountPath === accountFolder);
}

function ignoreGone(error: unknown): void {
  if (!isMissing(error) && !isConflict(error)) throw error;
}
