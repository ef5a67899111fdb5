/** The DNS server of the cluster. */
export interface ClusterDns {
  nodeSelector?: Record<string, string>;
  nodelocal?: ClusterDnsNodelocal;
  /** `coredns`, `kube-dns`, or `none`. */
  provider?: string;
  reverseCidrs?: string[];
  upstreamNameservers?: string[];
}

/** A DNS cache on each node. */
export interface ClusterDnsNodelocal {
  ipAddress?: string;
  nodeSelector?: Record<string, string>;
}

/** The ingress controller that RKE brings. */
export interface ClusterIngress {
  defaultBackend?: boolean;
  dnsPolicy?: string;
  extraArgs?: Record<string, string>;
  httpPort?: number;
  httpsPort?: number;
  /** `hostPort`, `hostNetwork` or `none`. */
  networkMode?: string;
  nodeSelector?: Record<string, string>;
  options?: Record<string, string>;
  /** `nginx`, or `none` for none. */
  provider?: string;
}

/** The metrics server that RKE brings. */
export interface ClusterMonitoring {
  nodeSelector?: Record<string, string>;
  options?: Record<string, string>;
  /** `metrics-server`, or `none` for none. */
  provider?: string;
}

/** Settings of Cisco ACI. */
export interface ClusterNetworkAciNetworkProvider {
  aep: string;
  apicHosts: string[];
  apicUserCrt: string;
  apicUserKey: string;
  apicUserName: string;
  encapType: string;
  externDynamic: string;
  externStatic: string;
  infraVlan: string;
  kubeApiVlan: string;
  l3out: string;
  l3outExternalNetworks: string[];
  mcastRangeEnd: string;
  mcastRangeStart: string;
  nodeSubnet: string;
  nodeSvcSubnet: string;
  serviceVlan: string;
  systemId: string;
  token: string;
  vrfName: string;
  vrfTenant: string;
  snatPortRangeEnd?: string;
  snatPortRangeStart?: string;
  snatPortsPerNode?: string;
}

/** The network of pods. */
export interface ClusterNetwork {
  aciNetworkProvider?: ClusterNetworkAciNetworkProvider;
  calicoNetworkProvider?: ClusterNetworkCalicoNetworkProvider;
  canalNetworkProvider?: ClusterNetworkCanalNetworkProvider;
  flannelNetworkProvider?: ClusterNetworkFlannelNetworkProvider;
  /** Bytes; 0 leaves it to the plugin. */
  mtu?: number;
  options?: Record<string, string>;
  /** `canal`, `calico`, `flannel`, `weave`, `aci` or `none`. */
  plugin?: string;
  weaveNetworkProvider?: ClusterNetworkWeaveNetworkProvider;
}

/** Settings of Calico. */
export interface ClusterNetworkCalicoNetworkProvider {
  cloudProvider?: string;
}

/** Settings of Canal. */
export interface ClusterNetworkCanalNetworkProvider {
  iface?: string;
}

/** Settings of Weave. */
export interface ClusterNetworkWeaveNetworkProvider {
  password: string;
}

// The same under a former or another name.
export type ClusterNetworkFlannelNetworkProvider = ClusterNetworkCanalNetworkProvider;
