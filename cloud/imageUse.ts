import { z } from "zod";
import type { OpenStackClient } from "./client";
import { listImages, type Image } from "./offer";
import { listServers } from "./servers";

/** An image of the project's that `packer/` has made. */
export interface NodeImageInCloud extends Image {
  /** What needs it: names of servers, `a volume`. */
  readonly usedBy: readonly string[];
}

const volume = z.object({
  volume_image_metadata: z.object({ image_id: z.string() }).partial().optional(),
});

/** All images of the project's that were built from a template, the newest first. */
export async function listNodeImages(
  client: OpenStackClient,
): Promise<readonly NodeImageInCloud[]> {
  const images = await listImages(client);
  const servers = await listServers(client);
  const where = { service: "block-storage", path: "/volumes/detail", key: "volumes" };
  const volumes = await client.list({ ...where, item: volume });
  return images
    .filter(({ checksum, owner }) => checksum !== undefined && owner === client.projectId)
    .map((image) => ({
      ...image,
      usedBy: [
        ...servers.filter(({ imageId }) => imageId === image.id).map(({ name }) => name),
        ...volumes
          .filter((one) => one.volume_image_metadata?.image_id === image.id)
          .map(() => "a volume"),
      ],
    }));
}

/** What becomes of an image when old ones are removed, and why it stays. */
export interface Pruned {
  readonly image: NodeImageInCloud;
  /** Why it stays; undefined: it goes. */
  readonly kept?: string;
}

/**
 * Which images go: of each name the newest ones stay, and so does whatever is needed.
 *
 * @param images the newest first
 * @param keep how many of each name stay
 * @param named ids that stacks' settings name, with the stack
 */
export function judgePrune(
  images: readonly NodeImageInCloud[],
  keep: number,
  named: ReadonlyMap<string, string>,
): readonly Pruned[] {
  const seen = new Map<string, number>();
  return images.map((image) => {
    const number = (seen.get(image.name) ?? 0) + 1;
    seen.set(image.name, number);
    const stack = named.get(image.id);
    if (number <= keep) return { image, kept: `among the newest ${keep} of its name` };
    if (image.usedBy.length > 0) {
      return { image, kept: `used by ${[...new Set(image.usedBy)].sort().join(", ")}` };
    }
    if (stack !== undefined) return { image, kept: `named in the settings of ${stack}` };
    if (image.isProtected) return { image, kept: "protected from deletion" };
    return { image };
  });
}
