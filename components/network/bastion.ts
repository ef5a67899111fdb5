import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { bastionPool, cloudMetadata, cloudName, clusterTag } from "../openstack/marks";
import type { ClusterBastionArgs, ClusterNetworkArgs } from "./args";

/** Where the bastion stands. */
interface BastionPlace {
  readonly networkId: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** What connects the subnet to the external network: floating IPs need it. */
  readonly routerInterface: pulumi.Resource;
}

/** The bastion as others see it. */
export interface Bastion {
  /** Its floating IP. */
  readonly address: pulumi.Output<string>;
  /** Its server. */
  readonly instance: openstack.compute.Instance;
}

/** Read first by sshd, of which the first value counts: before what the image and cloud-init write. */
const sshdFile = "/etc/ssh/sshd_config.d/00-eo-platform.conf";

/**
 * What cloud-init does on the bastion. It only passes connections on: no root, no password, no shell of
 * another machine's keys. Without secrets: everybody on the server can read it.
 */
export const bastionUserData = [
  "#cloud-config",
  "disable_root: true",
  "ssh_pwauth: false",
  "write_files:",
  `  - path: ${sshdFile}`,
  '    permissions: "0644"',
  "    content: |",
  "      AllowTcpForwarding yes",
  "      PermitRootLogin no",
  "      PasswordAuthentication no",
  "      KbdInteractiveAuthentication no",
  "      AllowAgentForwarding no",
  "      GatewayPorts no",
  "      PermitTunnel no",
  "      X11Forwarding no",
  "runcmd:",
  // Debian calls the service ssh, Red Hat sshd.
  '  - [sh, -c, "sshd -t && (systemctl reload ssh || systemctl reload sshd)"]',
  "",
].join("\n");

/** Makes the server, its port and its floating IP; port and address outlive the server. */
export function makeBastion(
  name: string,
  args: Pick<ClusterNetworkArgs, "cluster" | "engine" | "externalNetwork">,
  bastion: ClusterBastionArgs,
  place: BastionPlace,
  parent: pulumi.Resource,
): Bastion {
  const { cluster, engine } = args;
  const serverName = cloudName(cluster, bastionPool);
  const tags = [clusterTag(cluster)];
  const port = new openstack.networking.Port(
    `${name}-port`,
    {
      name: serverName,
      networkId: place.networkId,
      fixedIps: [{ subnetId: place.subnetId }],
      securityGroupIds: [place.securityGroupId],
      adminStateUp: true,
      tags,
    },
    { parent },
  );
  const floatingIp = new openstack.networking.FloatingIp(
    `${name}-address`,
    { description: serverName, pool: args.externalNetwork, portId: port.id, tags },
    { parent, dependsOn: place.routerInterface },
  );
  const instance = new openstack.compute.Instance(
    name,
    {
      name: serverName,
      ...rootOf(bastion),
      flavorName: bastion.flavor,
      keyPair: bastion.keyPair,
      ...(bastion.availabilityZone === undefined
        ? {}
        : { availabilityZone: bastion.availabilityZone }),
      networks: [{ port: port.id }],
      userData: bastionUserData,
      metadata: cloudMetadata<pulumi.Input<string>>({
        cluster,
        engine,
        pool: bastionPool,
        image: bastion.image,
      }),
    },
    // Its successor takes the same port.
    { parent, deleteBeforeReplace: true, dependsOn: place.routerInterface },
  );
  return { address: floatingIp.address, instance };
}

/** The disk of its flavor, or a volume that goes with the server. */
function rootOf({
  image,
  rootVolumeGib,
  volumeType,
}: ClusterBastionArgs): Pick<openstack.compute.InstanceArgs, "imageId" | "blockDevices"> {
  if (rootVolumeGib === undefined) return { imageId: image };
  const volume = {
    sourceType: "image",
    uuid: image,
    destinationType: "volume",
    volumeSize: rootVolumeGib,
    bootIndex: 0,
    deleteOnTermination: true,
    ...(volumeType === undefined ? {} : { volumeType }),
  };
  return { blockDevices: [volume] };
}
