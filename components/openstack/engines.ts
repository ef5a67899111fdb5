/** Which distribution of Kubernetes a cluster is made with. */
export enum ClusterEngine {
  /** RKE 1: Docker, installed over SSH. Ended 2025-07-31; its newest Kubernetes is 1.31. */
  Rke = "rke",
  /** RKE 2: containerd, installed by cloud-init. */
  Rke2 = "rke2",
}

/**
 * The label of control-plane nodes, whatever the engine: RKE 2 sets it, and nodes of RKE 1, which has a
 * label of its own for them, get it beside that one.
 */
export const controlPlaneLabel = { "node-role.kubernetes.io/control-plane": "true" } as const;

/** Which network of pods a cluster has; both hold network policies. */
export enum ClusterCni {
  /** Flannel carries the packets in VXLAN, Calico holds the policies. */
  Canal = "canal",
  /** Calico does both. */
  Calico = "calico",
}
