import { ClusterCni, ClusterEngine } from "../openstack/engines";
import { ClusterIngress, type ClusterNetworkArgs } from "./args";

/**
 * A security group: every node's, beside it that of nodes with control plane or etcd and that of nodes
 * with workloads, and the bastion's.
 */
export type NetworkGroup = "node" | "control" | "worker" | "bastion";

/** Who may send: a group's members, or a range: `adminCidrs`, the nodes' subnet, everybody. */
export type NetworkPeer = NetworkGroup | "admins" | "subnet" | "world";

/** What decides whether a port is open. */
export interface PortChoice {
  /** What the cluster is made with. */
  readonly engine: ClusterEngine;
  /** Network of its pods. */
  readonly cni: ClusterCni;
  /** Where requests from the world come in. */
  readonly ingress: ClusterIngress;
  /** Whether a load balancer of the cloud stands before the Kubernetes API. */
  readonly apiLoadBalancer: boolean;
  /** Whether there is a bastion. */
  readonly hasBastion: boolean;
}

/** What a rule lets through. */
export interface Traffic {
  /** IP protocol; `4` is IP in IP, for which OpenStack's provider has no name. */
  readonly protocol: "tcp" | "udp" | "4";
  /** First and last port; none for a protocol without ports. */
  readonly ports?: readonly [number, number];
}

/** One row: who may reach what, and why. */
export interface PortRow {
  /** Names the rule in the state, with group and peer: changing it replaces the rule. */
  readonly key: string;
  /** Whose port it is. */
  readonly at: NetworkGroup;
  /** Who may reach it. */
  readonly from: NetworkPeer;
  /** What may be sent. */
  readonly traffic: Traffic;
  /** What listens there. */
  readonly what: string;
  /** Where it is said that it must be open. */
  readonly source: string;
  /** When it is open. Left out: always. */
  readonly when?: (choice: PortChoice) => boolean;
}

const rke2Docs = "docs.rke2.io, Requirements, inbound network rules";
const rkeDocs = "rke.docs.rancher.com, Requirements, ports";
const rkeCode = "github.com/rancher/rke at 40c5dd46";
const rkeTemplates = "github.com/rancher/kontainer-driver-metadata at 7c2ba528, calico_v3.28.1.go";
const ours = "this platform";

const rke = ({ engine }: PortChoice): boolean => engine === ClusterEngine.Rke;
const rke2 = ({ engine }: PortChoice): boolean => engine === ClusterEngine.Rke2;
const canal = ({ cni }: PortChoice): boolean => cni === ClusterCni.Canal;
const calico = ({ cni }: PortChoice): boolean => cni === ClusterCni.Calico;
const hasBastion = (choice: PortChoice): boolean => choice.hasBastion;
const hasLoadBalancer = ({ apiLoadBalancer }: PortChoice): boolean => apiLoadBalancer;
const worldToWorkers = ({ ingress }: PortChoice): boolean => ingress === ClusterIngress.Workers;
const both =
  (...all: ((choice: PortChoice) => boolean)[]) =>
  (choice: PortChoice): boolean =>
    all.every((holds) => holds(choice));

const tcp = (first: number, last = first): Traffic => ({ protocol: "tcp", ports: [first, last] });
const udp = (first: number, last = first): Traffic => ({ protocol: "udp", ports: [first, last] });
const ipInIp: Traffic = { protocol: "4" };

/**
 * Who may reach what. Everything else that comes in is refused; replies are let through, security
 * groups keep state. Left out on purpose: 10254 (no ingress of the engine is installed); 2381, 10249,
 * 10256, 10257, 10259 (read on the node itself or not at all); 51820 and 51821 (WireGuard is off).
 */
export const portTable: readonly PortRow[] = [
  {
    key: "ssh",
    at: "bastion",
    from: "admins",
    traffic: tcp(22),
    what: "SSH",
    source: ours,
    when: hasBastion,
  },
  {
    key: "ssh",
    at: "node",
    from: "bastion",
    traffic: tcp(22),
    what: "SSH",
    source: rkeDocs,
    when: hasBastion,
  },
  {
    key: "api",
    at: "control",
    from: "node",
    traffic: tcp(6443),
    what: "Kubernetes API",
    source: `${rke2Docs}; ${rkeDocs}`,
  },
  {
    key: "api",
    at: "control",
    from: "admins",
    traffic: tcp(6443),
    what: "Kubernetes API",
    source: ours,
  },
  {
    // RKE carries its requests to the API through the bastion too.
    key: "api",
    at: "control",
    from: "bastion",
    traffic: tcp(6443),
    what: "Kubernetes API",
    source: `${rkeCode}, cluster/cluster.go`,
    when: both(rke, hasBastion),
  },
  {
    key: "api",
    at: "control",
    from: "subnet",
    traffic: tcp(6443),
    what: "Kubernetes API behind a load balancer",
    source: ours,
    when: hasLoadBalancer,
  },
  {
    key: "supervisor",
    at: "control",
    from: "node",
    traffic: tcp(9345),
    what: "RKE 2's supervisor: nodes register",
    source: rke2Docs,
    when: rke2,
  },
  {
    key: "supervisor",
    at: "control",
    from: "subnet",
    traffic: tcp(9345),
    what: "RKE 2's supervisor behind a load balancer",
    source: ours,
    when: both(rke2, hasLoadBalancer),
  },
  {
    key: "etcd",
    at: "control",
    from: "control",
    traffic: tcp(2379, 2380),
    what: "etcd: members and the API server",
    source: `${rke2Docs}; ${rkeDocs}`,
  },
  {
    // RKE's page says control plane only; its metrics-server runs on any node.
    key: "kubelet",
    at: "node",
    from: "node",
    traffic: tcp(10250),
    what: "kubelet",
    source: `${rke2Docs}; ${rkeDocs}`,
  },
  {
    key: "vxlan",
    at: "node",
    from: "node",
    traffic: udp(8472),
    what: "pods' packets in VXLAN",
    source: `${rke2Docs}; ${rkeDocs}`,
    when: canal,
  },
  {
    key: "cni-health",
    at: "node",
    from: "node",
    traffic: tcp(9099),
    what: "the pod network's health",
    source: `${rke2Docs}; ${rkeDocs}`,
    when: (choice) => rke2(choice) || canal(choice),
  },
  {
    key: "bgp",
    at: "node",
    from: "node",
    traffic: tcp(179),
    what: "Calico's routes (BGP)",
    source: `${rke2Docs}; ${rkeTemplates}`,
    when: calico,
  },
  {
    // RKE's Calico has no VXLAN: CALICO_IPV4POOL_IPIP is "Always".
    key: "ipip",
    at: "node",
    from: "node",
    traffic: ipInIp,
    what: "pods' packets in IP in IP",
    source: rkeTemplates,
    when: both(calico, rke),
  },
  {
    key: "vxlan-calico",
    at: "node",
    from: "node",
    traffic: udp(4789),
    what: "pods' packets in VXLAN",
    source: rke2Docs,
    when: both(calico, rke2),
  },
  {
    key: "typha",
    at: "node",
    from: "node",
    traffic: tcp(5473),
    what: "Calico's Typha",
    source: rke2Docs,
    when: both(calico, rke2),
  },
  {
    key: "typha-health",
    at: "node",
    from: "node",
    traffic: tcp(9098),
    what: "the health of Calico's Typha",
    source: rke2Docs,
    when: both(calico, rke2),
  },
  {
    key: "node-ports",
    at: "node",
    from: "subnet",
    traffic: tcp(30000, 32767),
    what: "node ports, for load balancers",
    source: `${rke2Docs}; ${rkeDocs}`,
  },
  {
    key: "node-ports-udp",
    at: "node",
    from: "subnet",
    traffic: udp(30000, 32767),
    what: "node ports, for load balancers",
    source: rkeDocs,
    when: rke,
  },
  {
    key: "http",
    at: "worker",
    from: "world",
    traffic: tcp(80),
    what: "requests from the world",
    source: rkeDocs,
    when: worldToWorkers,
  },
  {
    key: "https",
    at: "worker",
    from: "world",
    traffic: tcp(443),
    what: "requests from the world",
    source: rkeDocs,
    when: worldToWorkers,
  },
];

/** What the arguments choose. */
export const choiceOf = (
  args: Pick<ClusterNetworkArgs, "engine" | "cni" | "ingress" | "apiLoadBalancer" | "bastion">,
): PortChoice => ({
  engine: args.engine,
  cni: args.cni,
  ingress: args.ingress ?? ClusterIngress.LoadBalancer,
  apiLoadBalancer: args.apiLoadBalancer ?? false,
  hasBastion: args.bastion !== undefined,
});

/** The rows that hold. */
export const openPorts = (choice: PortChoice): readonly PortRow[] =>
  portTable.filter(({ when }) => when === undefined || when(choice));
