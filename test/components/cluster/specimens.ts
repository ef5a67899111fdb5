import { AntiAffinity, NodeRole, type NodePoolArgs } from "../../../components/cluster/nodes/args";
import type { OpenStackClusterArgs } from "../../../components/cluster/args";
import { canary } from "../recording";

const { Control, Etcd, Worker } = NodeRole;

/** Types of what a cluster is made of. */
export const types = {
  identity: "random:index/randomId:RandomId",
  port: "openstack:networking/port:Port",
  server: "openstack:compute/instance:Instance",
  group: "openstack:compute/serverGroup:ServerGroup",
  floatingIp: "openstack:networking/floatingIp:FloatingIp",
  association: "openstack:networking/floatingIpAssociate:FloatingIpAssociate",
  keyPair: "openstack:compute/keypair:Keypair",
  balancer: "openstack:loadbalancer/loadBalancer:LoadBalancer",
  listener: "openstack:loadbalancer/listener:Listener",
  member: "openstack:loadbalancer/member:Member",
  remote: "command:remote:Command",
  provider: "pulumi:providers:kubernetes",
  rke: "rke:index/cluster:Cluster",
} as const;

export const controlPool = (changes: Partial<NodePoolArgs> = {}): NodePoolArgs => ({
  roles: [Control, Etcd],
  count: 3,
  flavor: "eo2a.large",
  availabilityZones: ["az1", "az2"],
  ...changes,
});

export const workerPool = (changes: Partial<NodePoolArgs> = {}): NodePoolArgs => ({
  roles: [Worker],
  count: 3,
  flavor: "eo2a.2xlarge",
  ...changes,
});

/** One pool of each sort. */
export const pools = {
  control: controlPool(),
  workers: workerPool({ rootVolumeGib: 80, volumeType: "ssd" }),
  eodata: workerPool({ count: 2, eodata: true, antiAffinity: AntiAffinity.None }),
};

/** Arguments that are taken by either distribution; each test changes what it is about. */
export const clusterArgs = (changes: Partial<OpenStackClusterArgs> = {}): OpenStackClusterArgs => ({
  cluster: "prod",
  kubernetesVersion: "1.31",
  networkId: "network",
  subnetId: "subnet",
  nodeCidr: "10.8.0.0/20",
  eodataNetworkId: "eodata-network",
  nodeSecurityGroupId: "node-group",
  controlSecurityGroupId: "control-group",
  workerSecurityGroupId: "worker-group",
  externalNetwork: "external",
  image: "image",
  keyPair: "prod",
  sshPrivateKey: canary,
  sshUser: "eo",
  bastion: { address: "203.0.113.5" },
  pools: { control: controlPool(), workers: workerPool() },
  etcdBackup: {
    s3: {
      endpoint: "s3.example.org",
      bucket: "snapshots",
      accessKeyId: canary,
      secretAccessKey: canary,
    },
  },
  ...changes,
});
