import path from "node:path";
import { contentVariables, type ImageContents } from "./contents";

/** The server that builds. */
export interface ImageBuilder {
  /** Flavor: 2 vCPU and 4 GiB are enough. */
  readonly flavor: string;
  /** Ids of its networks; from there it needs a way to package repositories. Default: the cloud's choice. */
  readonly networks?: readonly string[];
  /** Where its floating IP comes from. Default: its own address is reached. */
  readonly floatingIpNetwork?: string;
  /** Security groups; one must let SSH in from here. Default: the project's `default`. */
  readonly securityGroups?: readonly string[];
}

/** What {@link buildEnvironment} says to the program. */
export interface ImageBuild {
  /** The image's name. */
  readonly name: string;
  /** What it is made from: `imageChecksum`. */
  readonly checksum: string;
  /** The template's folder. */
  readonly template: string;
  /** What decides what is in it. */
  readonly contents: ImageContents;
  /** The server that builds. */
  readonly builder: ImageBuilder;
}

/** The program that finds or builds an image; its head says how it is told what. */
export const buildProgram: string = path.join(__dirname, "buildImage.mjs");

/** What the program is told in its environment, but for the credential. */
export function buildEnvironment(build: ImageBuild): Readonly<Record<string, string>> {
  const { flavor, networks, floatingIpNetwork, securityGroups } = build.builder;
  const variables = {
    ...contentVariables(build.contents),
    instance_flavor: flavor,
    ...(networks === undefined ? {} : { networks }),
    ...(floatingIpNetwork === undefined ? {} : { floating_ip_network: floatingIpNetwork }),
    ...(securityGroups === undefined ? {} : { security_groups: securityGroups }),
  };
  return {
    IMAGE_NAME: build.name,
    IMAGE_CHECKSUM: build.checksum,
    IMAGE_TEMPLATE: build.template,
    IMAGE_VARIABLES: JSON.stringify(variables),
  };
}
