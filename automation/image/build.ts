import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  catalogueImage,
  describeProblem,
  readCatalogue,
  type CatalogueFile,
} from "../../components/workloads/openeo/catalogue";
import { openEoInstances, type Settings } from "../../settings";
import { Remedies } from "../../settings/wording";
import type { Answer } from "../graph";
import { root } from "../stackFile";
import { stackSettings } from "../stackSettings";
import { UserError } from "../userError";
import { findBuilder, whyNot } from "./builders";
import { makeImage } from "./make";
import { baseImage, newImage, type ImageName } from "./name";
import type { BuildOptions, LoadTarget } from "./options";

/**
 * Builds openEO's image with the layer catalogue in it, and says the settings that use it.
 *
 * @param given files of the catalogue; none: those of the stack's settings
 * @throws UserError for what the user can mend, before anything is built where that is possible
 */
export async function buildImage(
  stack: string,
  given: readonly string[],
  options: BuildOptions,
): Promise<Answer> {
  const { settings } = stackSettings(stack);
  const { at, openeo } = instanceOf(settings, options.instance);
  const { image: repository, imageVersion: tag } = openeo;
  const base = baseImage({ repository, tag }, options);
  const named = given.length > 0 ? given : openeo.layerCatalogs;
  const files = await catalogueFiles(named, stack);
  const made = catalogueImage(base.repository, base.tag, files);
  const image = newImage(base, made.tag, options);
  const builder = await findBuilder(options.builder);
  await requireLoader(options.load);
  await makeImage(made, `${image.repository}:${image.tag}`, builder, options);
  const paths = made.files.map(({ inImage }) => inImage);
  // What the settings name and the image has now is mounted no more.
  const taken = openeo.layerCatalogs.every((file) =>
    named.some((one) => path.resolve(one) === file),
  );
  const commands = instructions(stack, at, image, [...openeo.imageCatalogs, ...paths], taken);
  return { text: commands, notes: reachable(options) };
}

/** An openEO of the stack, and where its settings stand. */
function instanceOf(settings: Settings, name = "openeo") {
  const instances = openEoInstances(settings);
  const found = instances.find((instance) => instance.name === name);
  if (found) return found;
  const all = instances.map((instance) => instance.name).join(", ");
  throw new UserError(
    `no image is built: the stack has no openEO named ${name}; it has ${all || "none"} (--instance NAME)`,
  );
}

async function catalogueFiles(
  names: readonly string[],
  stack: string,
): Promise<readonly CatalogueFile[]> {
  if (names.length === 0) {
    throw new UserError(`the stack names no catalogue: ./eo openeo image build ${stack} FILE...`);
  }
  const files = await Promise.all(names.map(readCatalogueFile));
  const { problems } = readCatalogue(files);
  if (problems.length === 0) return files;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${describeProblem(problem)}`);
  throw new UserError([`no image is built: the catalogue has ${count}`, ...lines].join("\n"));
}

async function readCatalogueFile(file: string): Promise<CatalogueFile> {
  const name = file.startsWith(`${root}${path.sep}`) ? path.relative(root, file) : file;
  try {
    return { name, content: await readFile(file, "utf8") };
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`no image is built: ${name} cannot be read (${why})`);
  }
}

/** Found out before the build, which may take long. */
async function requireLoader(load: LoadTarget | undefined): Promise<void> {
  const trouble = load && (await whyNot(load, ["version"]));
  if (trouble) throw new UserError(`--load ${load}: ${load}: ${trouble}`);
}

function instructions(
  stack: string,
  at: readonly string[],
  image: ImageName,
  paths: readonly string[],
  taken: boolean,
): string {
  const remedies = new Remedies(stack);
  const commands = [
    remedies.set([...at, "image"], image.repository),
    remedies.set([...at, "imageVersion"], image.tag),
    ...[...new Set(paths)].map((file, index) =>
      remedies.set([...at, "imageCatalogs", index], file),
    ),
    ...(taken ? [remedies.remove([...at, "layerCatalogs"])] : []),
  ];
  const built = `built ${image.repository}:${image.tag}; to use it in ${stack}:`;
  return [built, ...commands.map((command) => `  ${command}`), ""].join("\n");
}

const reachable = ({ push, load }: BuildOptions): string[] =>
  push === true || load !== undefined
    ? []
    : ["the image is on this machine only; --push or --load brings it to a cluster"];
