/** Images in place of those that RKE knows for the Kubernetes version. */
export interface ClusterSystemImages {
  aciCniDeployContainer?: string;
  aciControllerContainer?: string;
  aciHostContainer?: string;
  aciMcastContainer?: string;
  aciOpflexContainer?: string;
  aciOvsContainer?: string;
  alpine?: string;
  calicoCni?: string;
  calicoControllers?: string;
  calicoCtl?: string;
  calicoFlexVol?: string;
  calicoNode?: string;
  canalCni?: string;
  canalFlannel?: string;
  canalFlexVol?: string;
  canalNode?: string;
  certDownloader?: string;
  coredns?: string;
  corednsAutoscaler?: string;
  dnsmasq?: string;
  etcd?: string;
  flannel?: string;
  flannelCni?: string;
  ingress?: string;
  ingressBackend?: string;
  kubeDns?: string;
  kubeDnsAutoscaler?: string;
  kubeDnsSidecar?: string;
  kubernetes?: string;
  kubernetesServicesSidecar?: string;
  metricsServer?: string;
  nginxProxy?: string;
  nodelocal?: string;
  podInfraContainer?: string;
  weaveCni?: string;
  weaveNode?: string;
  windowsPodInfraContainer?: string;
}

// The same under a former or another name.
export type ClusterRunningSystemImage = ClusterSystemImages;
