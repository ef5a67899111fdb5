import path from "node:path";
import type { GivenCredential } from "../../cloud/environment";
import { newestDocker } from "../../components/compatibility";
import { imageChecksum, nodeImageName, type ImageContents } from "../../components/image/contents";
import { readTemplate } from "../../components/image/readTemplate";
import { ClusterEngine } from "../../components/openstack/engines";
import { credentialOfStack, openStackOf } from "../cloud/credentialOfStack";
import { root } from "../stackFile";
import { UserError } from "../userError";

/** The template's folder. */
export const template = path.join(root, "packer");

/** The nodes' image of a stack, as this clone makes it. */
export interface ImageOfStack {
  readonly stack: string;
  readonly credential: GivenCredential;
  readonly name: string;
  readonly checksum: string;
  readonly contents: ImageContents;
  /** Flavor of the server that builds. */
  readonly flavor: string;
  /** Ids of its networks; the cloud's choice where there are none. */
  readonly networks: readonly string[];
  /** Its security groups; the project's default where there are none. */
  readonly securityGroups: readonly string[];
  /** Where its floating IP comes from. */
  readonly externalNetwork: string;
}

/**
 * The nodes' image that a stack's settings ask for.
 *
 * @throws UserError where the settings are wrong, or ask for none
 */
export function imageOfStack(stack: string): ImageOfStack {
  const { openstack, kubernetesVersion: kubernetes } = openStackOf(stack);
  const { image, network } = openstack;
  const engine = openstack.engine === "rke" ? ClusterEngine.Rke : ClusterEngine.Rke2;
  if (image.source === "") {
    throw new UserError(
      `the nodes of ${stack} have the image openstack.image.id names: take that away to build one`,
    );
  }
  if (engine === ClusterEngine.Rke && newestDocker(kubernetes) === undefined) {
    throw new UserError(
      `no Docker is on record that RKE takes below Kubernetes ${kubernetes}; ./eo compat has the table`,
    );
  }
  const contents = { engine, kubernetes, sourceImage: image.source, user: image.user };
  return {
    stack,
    credential: credentialOfStack(openstack),
    name: nodeImageName(contents),
    checksum: imageChecksum(readTemplate(template), contents),
    contents,
    flavor: image.buildFlavor,
    networks: image.buildNetworks,
    securityGroups: image.buildSecurityGroups,
    externalNetwork: network.externalNetwork,
  };
}
