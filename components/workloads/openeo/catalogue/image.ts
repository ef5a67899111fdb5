import { createHash } from "node:crypto";
import { baseName } from "./fileNames";
import type { CatalogueFile } from "./read";

/** Folder of the catalogue in an image that brings one. */
export const imageFolder = "/opt/catalogues";

const mark = "-catalogue-";

/** What an image with a catalogue is made of. */
export interface CatalogueImage {
  /** The Containerfile; its context has the files in the folder `catalogues`. */
  readonly containerfile: string;
  /** The files in the context, and their paths in the image. */
  readonly files: readonly {
    /** Its path in the context. */
    readonly inContext: string;
    /** Its path in the image: what `openeo.imageCatalogs` names. */
    readonly inImage: string;
    /** What is in it. */
    readonly content: string;
  }[];
  /** The tag that says what is in it: that of the image it stands on, and a hash of what is added. */
  readonly tag: string;
}

/**
 * An image that brings a catalogue: openEO's with the files in it, readable for everybody.
 *
 * @param base the image that it stands on, without tag
 * @param baseTag the tag of that
 * @param files what `readCatalogue` has no problem with
 */
export function catalogueImage(
  base: string,
  baseTag: string,
  files: readonly CatalogueFile[],
): CatalogueImage {
  const containerfile = [
    `FROM ${base}:${baseTag}`,
    `LABEL org.opencontainers.image.base.name="${base}:${baseTag}"`,
    // Without an owner given they are root's, whoever the image runs as; the modes are the context's.
    `COPY catalogues/ ${imageFolder}/`,
    "",
  ].join("\n");
  const contents = files.map(({ name, content }) => [baseName(name), content]);
  const hash = createHash("sha256")
    .update(JSON.stringify([containerfile, contents]))
    .digest("hex");
  return {
    containerfile,
    files: files.map(({ name, content }) => ({
      inContext: `catalogues/${baseName(name)}`,
      inImage: `${imageFolder}/${baseName(name)}`,
      content,
    })),
    // A tag has at most 128 letters.
    tag: `${openeoTag(baseTag).slice(0, 128 - mark.length - 12)}${mark}${hash.slice(0, 12)}`,
  };
}

/** The tag of openEO's own image under one that brings a catalogue; others are returned as they are. */
export const openeoTag = (tag: string): string => tag.replace(/-catalogue-[0-9a-f]{12}$/, "");
