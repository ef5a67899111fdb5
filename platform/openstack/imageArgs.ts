import type { NodeImageArgs } from "../../components";
import { imageChecksum } from "../../components/image/contents";
import type { OpenStackSettings, Settings } from "../../settings";
import type { CloudCredential, Sources } from "../sources";
import { engineOf } from "../../settings/openstack/engine";

/** The template of the nodes' image, seen from the program's folder. */
export const templateFolder = "packer";

/** What the nodes' image of a stack has to be. */
export function imageArgs(
  { kubernetesVersion }: Settings,
  cloud: OpenStackSettings,
  access: CloudCredential,
  sources: Sources,
): NodeImageArgs {
  const engine = engineOf(cloud);
  const { id, build, user, source: sourceImage, buildNetworks, buildSecurityGroups } = cloud.image;
  if (id !== undefined) return { engine, kubernetesVersion, imageId: id };
  const contents = { engine, kubernetes: kubernetesVersion, sourceImage, user };
  const found = {
    engine,
    kubernetesVersion,
    checksum: imageChecksum(sources.template(), contents),
  };
  if (!build) return found;
  return {
    ...found,
    build: {
      templateFolder,
      sourceImage,
      user,
      flavor: cloud.image.buildFlavor,
      ...(buildNetworks.length === 0 ? {} : { networks: [...buildNetworks] }),
      ...(buildSecurityGroups.length === 0 ? {} : { securityGroups: [...buildSecurityGroups] }),
      floatingIpNetwork: cloud.network.externalNetwork,
      ...access,
    },
  };
}
