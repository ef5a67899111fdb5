import { imageRepository, imageTag } from "../../settings/fields";
import { UserError } from "../userError";
import type { BuildOptions } from "./options";

/** An image's name in its parts. */
export interface ImageName {
  /** Registry and path. */
  readonly repository: string;
  /** What tells its versions apart. */
  readonly tag: string;
}

/**
 * The image to stand on.
 *
 * @param own that of the stack's settings
 * @throws UserError where `--from` names none
 */
export function baseImage(own: ImageName, { from }: BuildOptions): ImageName {
  if (from === undefined) return own;
  const { repository, tag } = parts("--from", from);
  if (repository !== undefined && tag !== undefined) return { repository, tag };
  throw new UserError(`--from ${from}: must be an image with its tag, REPOSITORY:TAG`);
}

/**
 * The image to build. Without a repository it is one of this machine: `localhost` says so to every
 * builder and container runtime.
 *
 * @param ownTag the tag that says what is in it
 * @throws UserError where `--tag` is no name, or lacks the registry that `--push` needs
 */
export function newImage(base: ImageName, ownTag: string, options: BuildOptions): ImageName {
  const { repository, tag = ownTag } = options.tag === undefined ? {} : parts("--tag", options.tag);
  const name = base.repository.split("/").at(-1) ?? base.repository;
  if (repository === undefined && options.push === true) {
    throw new UserError(
      `--push needs the registry to push to: --push --tag registry.example.org/${name}`,
    );
  }
  return { repository: repository ?? `localhost/${name}`, tag };
}

/** The parts of a name; a word alone is a tag. */
function parts(option: string, name: string): Partial<ImageName> {
  const colon = name.lastIndexOf(":");
  const found =
    colon > name.lastIndexOf("/")
      ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
      : name.includes("/")
        ? { repository: name }
        : { tag: name };
  const { repository = "a", tag = "a" } = found;
  const fits = repositories.safeParse(repository).success && tags.safeParse(tag).success;
  if (fits) return found;
  throw new UserError(`${option} ${name}: must be REPOSITORY:TAG, REPOSITORY or TAG of an image`);
}

const repositories = imageRepository("", "");
const tags = imageTag("", "");
