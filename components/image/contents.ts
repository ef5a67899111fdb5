import type { ClusterEngine } from "../openstack/engines";
import { templateHash, type TemplateFile } from "./templateHash";

/** What decides what is in a nodes' image, beside the template's files. */
export interface ImageContents {
  /** What makes the cluster: with `rke` there is Docker in the image. */
  readonly engine: ClusterEngine;
  /** Kubernetes that the nodes are for, as `major.minor`. */
  readonly kubernetes: string;
  /** Name of the public image that is built on. */
  readonly sourceImage: string;
  /** User of that image, which nodes are managed as. */
  readonly user: string;
  /** Further variables of the template, such as `docker_version`. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The name that all builds of an engine and a Kubernetes share. */
export const nodeImageName = ({
  engine,
  kubernetes,
}: Pick<ImageContents, "engine" | "kubernetes">): string =>
  `eo-node-${engine}-kubernetes-${kubernetes}`;

/** The template's variables that these contents are. */
export const contentVariables = (contents: ImageContents): Readonly<Record<string, string>> => ({
  flavour: contents.engine,
  kubernetes: contents.kubernetes,
  source_image_name: contents.sourceImage,
  ssh_username: contents.user,
  ...contents.variables,
});

/**
 * The checksum by which an image is found again: what it was made from, where and when it was made
 * left out.
 *
 * @param files the template's files, as `readTemplate` gives them
 */
export const imageChecksum = (files: readonly TemplateFile[], contents: ImageContents): string =>
  templateHash(files, contentVariables(contents));
