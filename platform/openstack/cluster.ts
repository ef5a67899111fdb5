import type * as openstack from "@pulumi/openstack";
import type * as pulumi from "@pulumi/pulumi";
import {
  ApiAccess,
  Rke2Cluster,
  RkeCluster,
  type ClusterNetwork,
  type EtcdBackupArgs,
  type NodeKeyPair,
  type OpenStackClusterArgs,
} from "../../components";
import type { OpenStackSettings, Settings } from "../../settings";
import type { Sources } from "../sources";
import { cniOf } from "../../settings/openstack/engine";
import { poolsOf } from "../../settings/openstack/poolArgs";

/** What a cluster stands on. */
export interface Ground {
  readonly imageId: pulumi.Output<string>;
  readonly keyPair: NodeKeyPair;
  readonly network: ClusterNetwork;
  readonly sources: Sources;
}

/** Makes the cluster with what the settings say. */
export function makeCluster(
  settings: Settings,
  cloud: OpenStackSettings,
  ground: Ground,
  opts: { readonly providers: openstack.Provider[] },
): RkeCluster | Rke2Cluster {
  const args = clusterArgs(settings, cloud, ground);
  return cloud.engine === "rke"
    ? new RkeCluster("cluster", args, opts)
    : new Rke2Cluster("cluster", args, opts);
}

function clusterArgs(
  { kubernetesVersion }: Settings,
  cloud: OpenStackSettings,
  { imageId, keyPair, network, sources }: Ground,
): OpenStackClusterArgs {
  return {
    cluster: cloud.name,
    kubernetesVersion,
    networkId: network.networkId,
    subnetId: network.subnetId,
    nodeCidr: cloud.network.cidr,
    networkReady: network.ready,
    ...(cloud.network.eodata ? { eodataNetworkId: network.eodataNetworkId } : {}),
    nodeSecurityGroupId: network.securityGroupIds.node,
    controlSecurityGroupId: network.securityGroupIds.control,
    workerSecurityGroupId: network.securityGroupIds.worker,
    externalNetwork: cloud.network.externalNetwork,
    image: imageId,
    keyPair: keyPair.name,
    sshPrivateKey: keyPair.privateKey,
    sshUser: cloud.image.user,
    bastion: { address: network.bastionAddress },
    pools: poolsOf(cloud),
    replaceNodes: [...cloud.replaceNodes],
    cni: cniOf(cloud),
    podCidr: cloud.network.podCidr,
    serviceCidr: cloud.network.serviceCidr,
    apiAccess: cloud.apiAccess === "floatingIp" ? ApiAccess.FloatingIp : ApiAccess.LoadBalancer,
    ...(cloud.apiHost === undefined ? {} : { apiHost: cloud.apiHost }),
    adminCidrs: [...cloud.adminCidrs],
    etcdBackup: backupArgs(cloud, sources),
  };
}

function backupArgs({ etcdBackup }: OpenStackSettings, sources: Sources): EtcdBackupArgs {
  if (etcdBackup === undefined) return {};
  const { endpoint, bucket, region, intervalHours, retention } = etcdBackup;
  return {
    intervalHours,
    retention,
    s3: {
      // RKE wants the host alone.
      endpoint: new URL(endpoint).host,
      bucket,
      region,
      accessKeyId: sources.secret("etcdBackupAccessKeyId"),
      secretAccessKey: sources.secret("etcdBackupSecretAccessKey"),
    },
  };
}
