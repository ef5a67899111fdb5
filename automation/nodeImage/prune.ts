import { readFileSync } from "node:fs";
import path from "node:path";
import type { GivenCredential } from "../../cloud/environment";
import { anything } from "../../cloud/client";
import { judgePrune, listNodeImages, type NodeImageInCloud } from "../../cloud/imageUse";
import { connect, told } from "../cloud/access";
import { credentialOfStack, openStackOf } from "../cloud/credentialOfStack";
import type { Answer } from "../graph";
import { root, stackNames } from "../stackFile";
import { imageOfStack } from "./imageOfStack";

/** Which cloud is looked at: a stack's, or an entry of clouds.yaml. */
export interface CloudOptions {
  readonly stack?: string;
  readonly cloud?: string;
}

export interface PruneOptions extends CloudOptions {
  /** How many images of each name stay, at least 1. */
  readonly keep: number;
  /** Deletes; else it is only said what would be. */
  readonly yes?: boolean;
}

/** What reads and removes needs a cloud only, whoever names it. */
export const credentialOf = ({ stack, cloud }: CloudOptions): GivenCredential =>
  stack === undefined ? { cloud } : credentialOfStack(openStackOf(stack).openstack);

/** The nodes' images of a project, the newest first. */
export async function listImagesOfNodes(
  options: CloudOptions,
  credential: GivenCredential = credentialOf(options),
): Promise<Answer> {
  const { client, notes } = await connect(credential);
  const images = await told(() => listNodeImages(client));
  const now = options.stack === undefined ? undefined : imageOfStack(options.stack).checksum;
  const lines = images.map((image) => {
    const marks = [
      ...(image.checksum === now ? ["as packer/ makes it now"] : []),
      ...(image.usedBy.length > 0 ? [`used by ${image.usedBy.length}`] : []),
      ...(image.status === "active" ? [] : [image.status]),
    ];
    return `${row(image)}${marks.length > 0 ? `  ${marks.join(", ")}` : ""}\n`;
  });
  const none = images.length > 0 ? [] : [`project ${client.projectName} has no image of nodes`];
  return { text: lines.join(""), notes: [...notes, ...none] };
}

/**
 * Removes old images of nodes: of each name the newest ones stay, and so does what a server, a volume
 * or the settings of a stack need.
 */
export async function pruneImages(
  options: PruneOptions,
  credential: GivenCredential = credentialOf(options),
): Promise<Answer> {
  const { client, notes } = await connect(credential);
  const judged = judgePrune(await told(() => listNodeImages(client)), options.keep, namedIds());
  const kept = judged.flatMap(({ image, kept: why }) =>
    why === undefined ? [] : [`${row(image)}  stays: ${why}`],
  );
  const gone = judged.filter(({ kept: why }) => why === undefined).map(({ image }) => image);
  if (options.yes !== true) {
    const how = gone.length > 0 ? ["nothing is deleted without --yes"] : ["nothing to delete"];
    const text = gone.map((image) => `would delete ${row(image)}\n`).join("");
    return { text, notes: [...notes, ...kept, ...how] };
  }
  for (const { id } of gone) {
    const path = `/v2/images/${id}`;
    await told(() => client.call({ service: "image", method: "DELETE", path, answer: anything }));
  }
  const text = gone.map((image) => `deleted ${row(image)}\n`).join("");
  return { text, notes: [...notes, ...kept] };
}

const row = ({ id, name, createdAt }: NodeImageInCloud): string => `${id}  ${name}  ${createdAt}`;

const uuid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** All ids in stack files, each with its stack: one of another kind harms nobody. */
function namedIds(): ReadonlyMap<string, string> {
  const pairs = stackNames().flatMap((stack) => {
    const text = readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8");
    return [...text.matchAll(uuid)].map(([id]) => [id, stack] as const);
  });
  return new Map(pairs);
}
