import type { CinderCsiArgs, CloudControllerArgs, ClusterNetwork } from "../../components";
import { cloudName } from "../../components/openstack/marks";
import type { OpenStackSettings } from "../../settings";
import type { CloudCredential } from "../sources";

/** What the cloud's controller of a stack is made from. */
export const cloudControllerArgs = (
  cloud: OpenStackSettings,
  access: CloudCredential,
  network: ClusterNetwork,
  hasLoadBalancers: boolean,
): Omit<CloudControllerArgs, "kubernetesVersion" | "chartMirror"> => ({
  clusterName: cloud.name,
  access,
  nodeNetwork: cloudName(cloud.name, "nodes"),
  externalNetwork: cloud.network.externalNetwork,
  ...(hasLoadBalancers
    ? {
        loadBalancers: {
          floatingNetworkId: network.externalNetworkId,
          subnetId: network.subnetId,
        },
      }
    : {}),
});

/** What the volumes of a stack are made from. */
export const cinderCsiArgs = (
  { name, engine, volumes }: OpenStackSettings,
  access: CloudCredential,
): Omit<CinderCsiArgs, "kubernetesVersion" | "chartMirror"> => ({
  clusterName: name,
  access,
  volumeType: volumes.type,
  volumeZone: volumes.availabilityZone,
  snapshotClass: volumes.snapshots ?? engine === "rke2",
});
