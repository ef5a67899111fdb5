import { distance } from "fastest-levenshtein";
import { coerce, gte } from "semver";
import type { Inventory } from "./inventory";
import { judgeServers } from "./judgeServers";
import type { CloudWanted, ImageWanted } from "./preflight";

/** The oldest Packer that reads the template of `packer/` whole. */
export const oldestPacker = "1.11.0";

/** How many names a message gives at most. */
const mostNames = 8;
const nearestNames = 3;

/** One line for each thing that a stack names and its cloud does not have. */
export function judgeNames(wanted: CloudWanted, found: Inventory): readonly string[] {
  return [
    ...flavorProblems(wanted, found),
    ...(wanted.images ?? []).flatMap((image) => imageProblem(image, wanted.stack, found)),
    ...networkProblems(wanted, found),
    ...missing("key pair", wanted.keyPairs ?? [], found.keyPairs),
    ...missing("availability zone", wanted.zones ?? [], found.zones),
    ...missing("volume type", volumeTypes(wanted), found.volumeTypes),
    ...judgePacker(wanted),
  ];
}

function flavorProblems({ parts }: CloudWanted, { flavors }: Inventory): readonly string[] {
  const names = flavors.map(({ name }) => name);
  const wanted = Object.entries(parts).flatMap(([part, { instances = {} }]) =>
    Object.keys(instances).map((flavor) => ({ part, flavor })),
  );
  return wanted
    .filter(({ flavor }) => !names.includes(flavor))
    .map(({ part, flavor }) => {
      const near = nearest(flavor, names).join(", ");
      return `flavor ${flavor} of ${part} is not in the cloud; ${near === "" ? "it shows none" : `nearest names: ${near}`}`;
    });
}

const nearest = (name: string, names: readonly string[]): readonly string[] =>
  [...names].sort((a, b) => distance(name, a) - distance(name, b)).slice(0, nearestNames);

function imageProblem(wanted: ImageWanted, stack: string, found: Inventory): readonly string[] {
  const { images } = found;
  const { use, id, name = "", checksum, isProviders = false, build } = wanted;
  const remedy = isProviders
    ? offered(names(images))
    : `build it with \`./eo image build --stack ${stack}\``;
  const image = `image ${id ?? name} of ${use}`;
  const called = images.filter((one) => (id === undefined ? one.name === name : one.id === id));
  const fit = called.filter((one) => checksum === undefined || one.checksum === checksum);
  const taken = fit.find(({ status }) => status === "active");
  if (taken !== undefined) return judgeServers(image, taken, wanted, found);
  if (build !== undefined) {
    const source = { use: `the build of ${name}`, name: build.sourceImage, isProviders: true };
    return [...judgePacker({ build }), ...imageProblem(source, stack, found)];
  }
  if (called.length === 0) return [`${image} is not in the cloud; ${remedy}`];
  const [first] = fit;
  if (first) return [`${image} is ${first.status}, not active; wait for it, or ${remedy}`];
  return [
    `${image} is not in the cloud as packer/ makes it now: ${called.length} of that name ${called.length === 1 ? "was" : "were"} made from something else; ${remedy}`,
  ];
}

function networkProblems(
  { externalNetwork, networks = [] }: CloudWanted,
  found: Inventory,
): readonly string[] {
  const isCalled = (name: string) => (network: { id: string; name: string }) =>
    network.name === name || network.id === name;
  const externals = found.networks.filter(({ isExternal }) => isExternal);
  const external =
    externalNetwork === undefined || externals.some(isCalled(externalNetwork))
      ? []
      : [`external network ${externalNetwork} is not in the cloud; ${offered(names(externals))}`];
  const others = networks
    .filter((name) => !found.networks.some(isCalled(name)))
    .map((name) => `network ${name} is not in the cloud; ${offered(names(found.networks))}`);
  return [...external, ...others];
}

const names = (all: readonly { readonly name: string }[]): readonly string[] =>
  all.map(({ name }) => name);

/** Types that volumes name; `""` is whichever the cloud takes. */
function volumeTypes({ parts }: CloudWanted): readonly string[] {
  const all = Object.values(parts).flatMap(({ volumes = {}, volumeGib = {} }) => [
    ...Object.keys(volumes),
    ...Object.keys(volumeGib),
  ]);
  return [...new Set(all)].filter((type) => type !== "").sort();
}

const missing = (
  what: string,
  wanted: readonly string[],
  there: readonly string[],
): readonly string[] =>
  [...new Set(wanted)]
    .filter((name) => !there.includes(name))
    .map((name) => `${what} ${name} is not in the cloud; ${offered(there)}`);

function offered(all: readonly string[]): string {
  if (all.length === 0) return "it has none";
  const sorted = [...new Set(all)].sort();
  const more = sorted.length - mostNames;
  return `it has ${sorted.slice(0, mostNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Why the Packer that is here cannot build the image. */
export function judgePacker({ build }: Pick<CloudWanted, "build">): readonly string[] {
  if (build === undefined) return [];
  const { packer } = build;
  const how = `install ${oldestPacker} or newer: https://developer.hashicorp.com/packer/install`;
  if (packer === undefined) return [`packer is not on PATH, and the image is to be built; ${how}`];
  const version = coerce(packer);
  return version !== null && gte(version, oldestPacker)
    ? []
    : [`packer ${packer} is too old to build the image; ${how}`];
}
