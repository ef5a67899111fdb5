import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import type { Server } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { NetworkingV1Api, StorageV1Api } from "@kubernetes/client-node";
import { Command } from "commander";
import { Addressing } from "./addressing";
import { AgentCluster } from "./cluster";
import { SimulatedDrivers } from "./driver";
import { egressProxy } from "./egress";
import { kubelet } from "./kubelet";
import { keyOf, Mirror } from "./mirror";
import { isProcessPod, ProcessPods } from "./pods";
import { Records } from "./records";
import { ensureDefaultClass, provision, reclaim } from "./volumes";
import { reason, WorkQueue } from "./workQueue";

/** The agent's command line; all files and ports come from the control plane's recipe. */
interface Options {
  readonly kubeconfig: string;
  readonly data: string;
  readonly logs: string;
  readonly healthPort: string;
  readonly egressPort: string;
  readonly kubeletPort: string;
  readonly tlsCa: string;
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly sparkOperator: string;
  readonly sparkHome: string;
}

const standInSparkHome = path.resolve(__dirname, "../../spark-submit");

/** How long pods that were ready under an earlier agent may hold up the start, in milliseconds. */
const comeBackWithinMs = 20_000;

async function run(options: Options): Promise<void> {
  await mkdir(options.data, { recursive: true, mode: 0o700 });
  const cluster = new AgentCluster(options.kubeconfig);
  const records = new Records(path.join(options.data, "processes.json"));
  await records.load();

  const pods = podParts(cluster, records, options);
  const network = networkParts(cluster);
  const storage = storageParts(cluster);
  const mirrors = [...pods.mirrors, ...network.mirrors, ...storage.mirrors];
  await Promise.all([ensureDefaultClass(cluster), ...mirrors.map((mirror) => mirror.start())]);
  await pods.processes.endOrphans(pods.mirror.all());

  const kubeletPort = Number(options.kubeletPort);
  const tls = { ca: options.tlsCa, cert: options.tlsCert, key: options.tlsKey };
  const proxy = await egressProxy({
    tls,
    services: () => network.services.all(),
    pods: () => pods.mirror.all(),
    readyPort: (pod, declared) => pods.processes.readyPort(keyOf(pod), declared),
    kubeletPort,
  });
  const logServer = await kubelet({
    tls,
    pod: (key) => pods.mirror.get(key),
    log: (pod, container) => (isProcessPod(pod) ? pods.processes.logOf(pod, container) : undefined),
  });
  await listen(proxy, Number(options.egressPort));
  await listen(logServer, kubeletPort);
  await until(() => pods.processes.areBack(), comeBackWithinMs);
  // Answers only once all of the above does.
  const health = createServer((_, response) => response.end("ok\n"));
  await listen(health, Number(options.healthPort));

  // The pods' processes go on, as a node's do when its kubelet ends: the next agent adopts them.
  process.once("SIGTERM", () => process.exit(0));
}

/** Process-backed pods, and the executors of simulated Spark drivers. */
function podParts(cluster: AgentCluster, records: Records, options: Options) {
  const current = (key: string) => mirror.get(key);
  const processes = new ProcessPods({
    cluster,
    records,
    folder: path.join(options.data, "pods"),
    logs: options.logs,
    tools: { "spark-operator": options.sparkOperator },
    sparkHome: options.sparkHome,
    current,
  });
  const drivers = new SimulatedDrivers({ cluster, current, pods: () => mirror.all() });
  const driverQueue = new WorkQueue("driver", (key) => drivers.reconcile(key));
  const mirror = new Mirror(cluster.config, {
    path: "/api/v1/pods",
    list: () => cluster.core.listPodForAllNamespaces(),
    onChange: (pod) => {
      processes.changed(pod, keyOf(pod));
      const driver = drivers.driverOf(pod);
      if (driver !== undefined) driverQueue.add(driver);
    },
  });
  return { processes, mirror, mirrors: [mirror] };
}

/** Addresses of Services and Ingresses. */
function networkParts(cluster: AgentCluster) {
  const networking = cluster.config.makeApiClient(NetworkingV1Api);
  const queue = new WorkQueue("addresses of", () => addressing.pass());
  const onChange = () => queue.add("all");
  const services = new Mirror(cluster.config, {
    path: "/api/v1/services",
    list: () => cluster.core.listServiceForAllNamespaces(),
    onChange,
  });
  const ingresses = new Mirror(cluster.config, {
    path: "/apis/networking.k8s.io/v1/ingresses",
    list: () => networking.listIngressForAllNamespaces(),
    onChange,
  });
  const classes = new Mirror(cluster.config, {
    path: "/apis/networking.k8s.io/v1/ingressclasses",
    list: () => networking.listIngressClass(),
    onChange,
  });
  const addressing = new Addressing({
    cluster,
    services: () => services.all(),
    ingresses: () => ingresses.all(),
    classes: () => classes.all(),
  });
  return { services, mirrors: [services, ingresses, classes] };
}

/** Volumes for claims. */
function storageParts(cluster: AgentCluster) {
  const storage = cluster.config.makeApiClient(StorageV1Api);
  const claimQueue = new WorkQueue("claim", async (key) => {
    const claim = claims.get(key);
    if (claim) await provision(cluster, claim, classes.get(claim.spec?.storageClassName ?? ""));
  });
  const volumeQueue = new WorkQueue("volume", async (key) => {
    const volume = volumes.get(key);
    if (volume) await reclaim(cluster, volume);
  });
  const classes = new Mirror(cluster.config, {
    path: "/apis/storage.k8s.io/v1/storageclasses",
    list: () => storage.listStorageClass(),
    onChange: () => claims.all().forEach((claim) => claimQueue.add(keyOf(claim))),
  });
  const claims = new Mirror(cluster.config, {
    path: "/api/v1/persistentvolumeclaims",
    list: () => cluster.core.listPersistentVolumeClaimForAllNamespaces(),
    onChange: (claim) => claimQueue.add(keyOf(claim)),
  });
  const volumes = new Mirror(cluster.config, {
    path: "/api/v1/persistentvolumes",
    list: () => cluster.core.listPersistentVolume(),
    onChange: (volume) => volumeQueue.add(keyOf(volume)),
  });
  return { mirrors: [classes, claims, volumes] };
}

async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds() && performance.now() < deadline) await sleep(100);
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

process.on("unhandledRejection", (error) => {
  console.error(`not handled: ${reason(error)}`);
});

new Command("agent")
  .requiredOption("--kubeconfig <file>")
  .requiredOption("--data <folder>")
  .requiredOption("--logs <folder>")
  .requiredOption("--health-port <port>")
  .requiredOption("--egress-port <port>")
  .requiredOption("--kubelet-port <port>")
  .requiredOption("--tls-ca <file>")
  .requiredOption("--tls-cert <file>")
  .requiredOption("--tls-key <file>")
  .requiredOption("--spark-operator <file>")
  .option("--spark-home <folder>", "a real Spark distribution", standInSparkHome)
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(reason(error));
    process.exit(1);
  });
