import * as pulumi from "@pulumi/pulumi";
import type { TemplateFile } from "../../components/image/templateHash";
import type { Settings } from "../../settings";
import type { CloudCredential } from "../sources";
import {
  asCredential,
  preflight,
  reachCloud,
  refuseForeign,
  tryBackups,
  type PlainSources,
} from "./prepare";
import { cloudWanted } from "./wanted";

/** What the preflight of a program needs beside its settings. */
export interface ProgramSources extends PlainSources {
  /** The files that the nodes' image is built from. */
  template(): readonly TemplateFile[];
  /** The variables of the program's environment, which its providers have too. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Version of the Packer that is here; undefined where there is none. */
  packer(): Promise<string | undefined>;
}

/**
 * Reaches the cloud of a stack and looks whether the stack fits, before anything is made.
 *
 * @returns how it is reached; undefined where the stack has no cloud
 * @throws pulumi.RunError with everything that keeps the stack from being made
 */
export async function openCloud(
  settings: Settings,
  sources: ProgramSources,
): Promise<CloudCredential | undefined> {
  const { openstack } = settings;
  if (openstack === undefined) return undefined;
  refuseForeign(sources.environment);
  const access = reachCloud(openstack, sources);
  const wanted = cloudWanted(pulumi.getStack(), settings, openstack, {
    template: () => sources.template(),
    packer: openstack.image.build ? await sources.packer() : undefined,
  });
  const further = async () =>
    pulumi.runtime.isDryRun() ? [] : await tryBackups(openstack, sources);
  for (const warning of await preflight(wanted, access, further)) void pulumi.log.warn(warning);
  return asCredential(access);
}
