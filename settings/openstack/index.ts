import { z } from "zod";
import {
  choice,
  contentFile,
  flag,
  hostName,
  httpAddress,
  namespace,
  part,
  text,
  whole,
} from "../fields";
import type { Target } from "../target";
import { cloudNames } from "./clouds";
import { cidr, cloudName, ipv4, list } from "./fields";
import { pools } from "./pools";

const cloud = {
  cloud: choice(
    cloudNames,
    "The cloud: one whose addresses and names are known, or `generic`.",
    "waw3-1",
  ),
  authUrl: httpAddress(
    "Keystone's address. Left out: that of the cloud, or of `cloudsYaml`.",
    "https://keystone.example.org:5000/v3",
  ).optional(),
  region: cloudName(
    "Region. Left out: that of the cloud, or of `cloudsYaml`.",
    "RegionOne",
  ).optional(),
  applicationCredentialId: cloudName(
    "Id of the application credential; its secret is the secret `openstackSecret`. Or give `cloudsYaml`.",
    "3c0c4f0b8c9a4a6a9c2a1d0e5f6b7a88",
  ).optional(),
  cloudsYaml: contentFile(
    "A clouds.yaml with an application credential, instead of `applicationCredentialId`.",
    "clouds.yaml",
  ).optional(),
  cloudsYamlEntry: cloudName("Which entry of `cloudsYaml`.", "openstack").default("openstack"),
  name: namespace(
    "Name of the cluster, which all that is made in the cloud starts with. Left out: the stack's name.",
    "prod",
  )
    .max(20)
    .optional(),
};

const network = part(
  {
    externalNetwork: cloudName(
      "Network of the floating IPs. Left out: that of the cloud.",
      "external",
    ).optional(),
    cidr: cidr("Range of the nodes.", "10.8.0.0/20").default("10.8.0.0/20"),
    podCidr: cidr("Range of the pods.", "10.42.0.0/16").default("10.42.0.0/16"),
    serviceCidr: cidr("Range of the Services.", "10.43.0.0/16").default("10.43.0.0/16"),
    reservedCidrs: list(
      cidr("A range.", "10.200.0.0/16"),
      "Further ranges that must stay free, such as those of a VPN.",
      "a list of IPv4 ranges, none twice",
      ["10.200.0.0/16"],
    ).default([]),
    dnsServers: list(
      ipv4("A name server.", "9.9.9.9"),
      "Name servers of the nodes. Left out: the cloud's.",
      "a list of IPv4 addresses, none twice",
      ["9.9.9.9"],
    ).default([]),
    cni: choice(["canal", "calico"], "Network of the pods.", "canal").default("canal"),
    eodata: flag(
      "Whether workers are in the network of the Earth-observation data too. Left out: where the cloud has one.",
      true,
    ).optional(),
    eodataNetwork: cloudName(
      "Name of that network. Left out: that of the cloud.",
      "eodata",
    ).optional(),
  },
  "The cluster's network.",
  {},
);

const image = part(
  {
    id: cloudName(
      "Id of the nodes' image. Left out: the newest one that was built from this clone's `packer/`.",
      "5a1c1f5e-1f0b-4c56-a3d5-6f6a3a0f8a11",
    ).optional(),
    build: flag(
      "Whether `pulumi up` builds the image with Packer where there is none of this clone's `packer/`.",
      true,
    ).default(false),
    source: cloudName(
      "Name of the public image that is built on: Debian or Ubuntu with cloud-init. Left out: that of the cloud.",
      "Debian 12",
    ).optional(),
    buildFlavor: cloudName(
      "Flavor of the server that builds. Left out: that of the first pool.",
      "eo1.medium",
    ).optional(),
    buildNetworks: list(
      cloudName("Id of a network.", "0f1e8a8c-6d0e-4f0b-9d35-2f0a4bb0c5d1"),
      "Networks of the server that builds, with a way to package repositories. Required with `build`; `./eo image build` leaves it to the cloud where it is left out.",
      "a list of ids, none twice",
      ["0f1e8a8c-6d0e-4f0b-9d35-2f0a4bb0c5d1"],
    ).default([]),
    buildSecurityGroups: list(
      cloudName("A security group.", "ssh"),
      "Its security groups, one of which lets SSH in from here. Left out: the project's `default`.",
      "a list of names, none twice",
      ["ssh"],
    ).default([]),
    user: cloudName(
      "User of the image, which nodes are managed as. Left out: that of the cloud.",
      "debian",
    ).optional(),
  },
  "The image of the nodes: `./eo image build`.",
  {},
);

const bastion = part(
  {
    flavor: cloudName("Flavor of the bastion; a small one will do.", "eo1.medium"),
    image: cloudName(
      "Id of its image. Left out: that of the nodes.",
      "5a1c1f5e-1f0b-4c56-a3d5-6f6a3a0f8a11",
    ).optional(),
    rootVolumeGib: whole(
      "Size of a root volume, in GiB, where the flavor's own disk is too small for the image. Left out: that disk.",
      10,
      16384,
      20,
    ).optional(),
  },
  "The one server that SSH reaches; nodes are reached through it.",
  { flavor: "eo1.medium" },
);

const etcdBackup = part(
  {
    endpoint: httpAddress(
      "Address of the S3 storage. Left out: that of the cloud.",
      "https://s3.waw3-1.cloudferro.com",
    ).optional(),
    bucket: namespace("Bucket; it has to be there.", "prod-etcd"),
    region: cloudName("Region of the bucket. Left out: the cloud's.", "US").optional(),
    intervalHours: whole("Hours between two backups.", 1, 12, 6).default(6),
    retention: whole("How many backups are kept.", 1, 1000, 28).default(28),
  },
  "Where etcd is backed up to: S3, with the secrets `etcdBackupAccessKeyId` and `etcdBackupSecretAccessKey`. Left out: on its own nodes only.",
  { bucket: "prod-etcd" },
);

const volumes = part(
  {
    type: cloudName(
      "Volume type of the storage classes. Left out: the cloud's default.",
      "ssd",
    ).optional(),
    availabilityZone: cloudName(
      "Zone of the volumes, where it is not that of the servers.",
      "nova",
    ).optional(),
    snapshots: flag(
      "Whether there is a class of snapshots; the cluster has to have their kinds and controller. Left out: with rke2, which brings them.",
      true,
    ).optional(),
  },
  "Volumes of workloads, by Cinder CSI.",
  {},
);

const section = z.strictObject({
  ...cloud,
  engine: choice(
    ["rke", "rke2"],
    "What makes the cluster of the servers: RKE (Docker; ended on 2025-07-31, up to Kubernetes 1.31), or RKE2.",
    "rke2",
  ).default("rke"),
  adminCidrs: list(
    cidr("A range.", "203.0.113.7/32"),
    "The only addresses that reach the API and, on the bastion, SSH.",
    "a list of at least one IPv4 range, none twice",
    ["203.0.113.7/32"],
  ).default([]),
  network: network.prefault({}),
  image: image.prefault({}),
  bastion,
  pools,
  replaceNodes: list(
    cloudName("A node.", "workers-1"),
    "Nodes that may be replaced by an up, as `./eo nodes roll` sets them one by one; of etcd's one at most.",
    "a list of nodes as POOL-NUMBER, none twice",
    ["workers-1"],
  ).default([]),
  apiAccess: choice(
    ["floatingIp", "loadBalancer"],
    "How the API is reached: at a floating IP of the first control node, or at a load balancer of the cloud (Octavia).",
    "floatingIp",
  ).default("floatingIp"),
  apiHost: hostName(
    "Host name that the API's certificate is for too. Its record is yours to make: `apiAddress` is what it has to name.",
    "api.example.org",
  ).optional(),
  sshPublicKey: text(
    /^(ssh|ecdsa|sk)-[^\s]+ [A-Za-z0-9+/=]{20,}( [^\n\r]*)?$/,
    "Public key of the nodes, with the secret `sshPrivateKey`; a cluster keeps it. Left out: a pair that the cloud generates.",
    "a line as OpenSSH writes it: kind, key and a comment or none",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample platform",
  ).optional(),
  etcdBackup: etcdBackup.optional(),
  volumes: volumes.prefault({}),
});

const meta = {
  description:
    "The OpenStack cloud that the stack's cluster is made on; of the target `openstack`.",
  allowed: "an object",
  examples: [
    {
      cloud: "waw3-1",
      applicationCredentialId: "3c0c4f0b8c9a4a6a9c2a1d0e5f6b7a88",
      adminCidrs: ["203.0.113.7/32"],
      bastion: { flavor: "eo1.medium" },
      pools: {
        control: { roles: ["control", "etcd"], count: 3, flavor: "eo2.large" },
        workers: { roles: ["worker"], count: 3, flavor: "eo2.xlarge" },
      },
    },
  ],
};

/** What the section `openstack` says. */
export type PlainOpenStack = z.output<typeof section>;

/** The section `openstack`: required by the target of that name, and nothing for any other. */
export const openstackSchema = (target: Target): z.ZodType<PlainOpenStack | undefined> =>
  target === "openstack" ? section.meta(meta) : section.optional().meta(meta);
