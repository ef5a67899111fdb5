import {
  CoordinationV1Api,
  CoreV1Api,
  KubeConfig,
  VersionApi,
  type V1Node,
  ApiException,
} from "@kubernetes/client-node";

/** How many simulated nodes there are, and how large each is. */
export interface NodeShape {
  /** Number of nodes; 0 where somebody else makes them. Default: 4. */
  readonly count?: number;
  /** CPUs of each, as a Kubernetes quantity. Default: `8`. */
  readonly cpu?: string;
  /** Memory of each, as a Kubernetes quantity. Default: `32Gi`. */
  readonly memory?: string;
}

const defaults: Required<NodeShape> = { count: 4, cpu: "8", memory: "32Gi" };
/** Set on every node of ours: which nodes may be removed when fewer are asked for. */
const simulatedLabel = "eo-platform.local/simulated";

/** The cluster's nodes and the namespaces' accounts, as the start of a control plane needs them. */
export class Cluster {
  private readonly core: CoreV1Api;
  private readonly version: VersionApi;
  private readonly coordination: CoordinationV1Api;

  constructor(kubeconfig: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.core = config.makeApiClient(CoreV1Api);
    this.version = config.makeApiClient(VersionApi);
    this.coordination = config.makeApiClient(CoordinationV1Api);
  }

  /**
   * Makes the nodes as described: adds, resizes, and removes those of ours that are too many.
   * Without a shape, existing nodes stay as they are.
   */
  async ensureNodes(shape: NodeShape | undefined): Promise<void> {
    const { items } = await this.core.listNode({ labelSelector: simulatedLabel });
    if (shape === undefined && items.length > 0) return;
    const { count = defaults.count, cpu = defaults.cpu, memory = defaults.memory } = shape ?? {};
    const wanted = { count, cpu, memory };
    const { gitVersion } = await this.version.getCode();
    const nodes = Array.from({ length: wanted.count }, (_, i) => nodeObject(i, wanted, gitVersion));
    await Promise.all(nodes.map((node) => this.putNode(node, items)));
    const names = new Set(nodes.map((node) => node.metadata?.name));
    const surplus = items.flatMap(({ metadata }) => metadata?.name ?? []);
    await Promise.all(
      surplus
        .filter((name) => !names.has(name))
        .map((name) => this.core.deleteNode({ name }).catch(ignoreMissing)),
    );
  }

  /** Frees the nodes from a kwok that is no more: a new one would wait until their leases run out. */
  async releaseNodes(): Promise<void> {
    await this.coordination.deleteCollectionNamespacedLease({ namespace: "kube-node-lease" });
  }

  /** Why the cluster cannot be used yet; undefined once it can. */
  async notReadyYet({ count }: NodeShape = {}): Promise<string | undefined> {
    const { items } = await this.core.listNode();
    const waiting = items.filter((node) => !isReady(node)).map((node) => node.metadata?.name);
    if (items.length === 0 && count !== 0) return "there is no node";
    if (waiting.length > 0) return `not ready: ${waiting.join(", ")}`;
    const account = { namespace: "default", name: "default" };
    try {
      await this.core.readNamespacedServiceAccount(account);
      return undefined;
    } catch (error) {
      ignoreMissing(error);
      return "namespace default has no ServiceAccount yet";
    }
  }

  private async putNode(node: V1Node, existing: readonly V1Node[]): Promise<void> {
    const name = node.metadata?.name ?? "";
    const former = existing.find(({ metadata }) => metadata?.name === name);
    if (!former) {
      await this.core.createNode({ body: node });
      return;
    }
    const { capacity, allocatable } = node.status ?? {};
    if (sameSize(former.status?.capacity, capacity)) return;
    const body = { ...former, status: { ...former.status, capacity, allocatable } };
    await this.core.replaceNodeStatus({ name, body });
  }
}

function nodeObject(index: number, shape: Required<NodeShape>, kubeletVersion: string): V1Node {
  const name = `node-${index + 1}`;
  const size = { cpu: shape.cpu, memory: shape.memory, pods: "110", "ephemeral-storage": "100Gi" };
  return {
    metadata: {
      name,
      labels: {
        [simulatedLabel]: "true",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "node-role.kubernetes.io/worker": "",
        "topology.kubernetes.io/region": "local",
        "topology.kubernetes.io/zone": `local-${(index % 2) + 1}`,
      },
    },
    status: {
      capacity: size,
      allocatable: size,
      addresses: [
        { type: "InternalIP", address: nodeAddress(index) },
        { type: "Hostname", address: name },
      ],
      nodeInfo: {
        architecture: "amd64",
        operatingSystem: "linux",
        kubeletVersion,
        kubeProxyVersion: "",
        containerRuntimeVersion: "simulated://kwok",
        kernelVersion: "simulated",
        osImage: "simulated",
        bootID: "",
        machineID: "",
        systemUUID: "",
      },
    },
  };
}

/** The address of a node: of the range for documentation, so that it can be nobody's. */
export function nodeAddress(index: number): string {
  return `198.51.100.${(index % 254) + 1}`;
}

function isReady(node: V1Node): boolean {
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "True";
}

function sameSize(a: Record<string, string> = {}, b: Record<string, string> = {}): boolean {
  return a["cpu"] === b["cpu"] && a["memory"] === b["memory"];
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiException && error.code === 404)) throw error;
}
