import { ClusterCni, ClusterEngine } from "../../components/openstack/engines";
import type { OpenStackSettings } from "../settings";

/** What makes the cluster. */
export const engineOf = ({ engine }: OpenStackSettings): ClusterEngine =>
  engine === "rke" ? ClusterEngine.Rke : ClusterEngine.Rke2;

/** The network of its pods. */
export const cniOf = ({ network }: OpenStackSettings): ClusterCni =>
  network.cni === "canal" ? ClusterCni.Canal : ClusterCni.Calico;
