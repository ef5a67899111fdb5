import { createInterface } from "node:readline";
import { execa } from "execa";
import type { ApplicationCredential, CloudAccess } from "../../cloud/access";
import { OpenStackClient } from "../../cloud/client";
import { readInventory, type Inventory } from "../../cloud/inventory";
import { judgePreflight, type CloudWanted } from "../../cloud/preflight";
import { buildEnvironment, buildProgram } from "../../components/image/build";
import { readBuilt, type BuiltImage } from "../../components/image/built";
import { findPacker } from "../../tools/packer";
import { showSteps, type Say } from "../../tools/progress";
import { applicationAccess, told } from "../cloud/access";
import type { Answer } from "../graph";
import { UserError } from "../userError";
import { imageOfStack, template, type ImageOfStack } from "./imageOfStack";

/** The server that builds, as the command line has it. */
export interface BuildOptions {
  /** Names or ids of its networks. */
  readonly network?: readonly string[];
  readonly flavor?: string;
  readonly securityGroup?: readonly string[];
}

/**
 * Builds the nodes' image of a stack, unless one of the same checksum is there.
 *
 * @param of the image of a stack, by its name
 * @throws UserError for what the user can mend, before anything is made where that is possible
 */
export async function buildNodeImage(
  stack: string,
  options: BuildOptions,
  of: (stack: string) => ImageOfStack = imageOfStack,
): Promise<Answer> {
  const image = of(stack);
  const access = applicationAccess(image.credential);
  const flavor = options.flavor ?? image.flavor;
  const wanted = options.network ?? (image.networks.length === 0 ? undefined : image.networks);
  const groups =
    options.securityGroup ?? (image.securityGroups.length === 0 ? undefined : image.securityGroups);
  const found = await told(async () => readInventory(await OpenStackClient.connect(access), stack));
  const known = found.images.find(
    (one) => one.checksum === image.checksum && one.name === image.name && one.status === "active",
  );
  if (known) return { text: `${known.id}\n`, notes: [`image ${image.name} is there already`] };
  await refuseImpossible(image, { flavor, network: wanted }, found);
  const networks = wanted?.map(
    (name) => found.networks.find((one) => one.name === name)?.id ?? name,
  );
  const environment = buildEnvironment({
    name: image.name,
    checksum: image.checksum,
    template,
    contents: image.contents,
    builder: {
      flavor,
      networks,
      floatingIpNetwork: image.externalNetwork,
      securityGroups: groups,
    },
  });
  let built: BuiltImage | undefined;
  const title = `building ${image.name}`;
  const run = async (say: Say) => {
    built = await runProgram({ ...environment, ...loginOf(access) }, say);
  };
  await showSteps([{ title, run }]);
  return { text: `${built?.image.id ?? ""}\n`, notes: [] };
}

/** All that would fail after minutes is judged before. */
async function refuseImpossible(
  { stack, contents, externalNetwork }: ImageOfStack,
  { flavor, network }: BuildOptions & { readonly flavor: string },
  found: Inventory,
): Promise<void> {
  const use = "the server that builds";
  const wanted: CloudWanted = {
    stack,
    cluster: stack,
    parts: { [use]: { instances: { [flavor]: 1 }, ports: 1, floatingIps: 1, keyPairs: 1 } },
    images: [{ use, name: contents.sourceImage, isProviders: true }],
    externalNetwork,
    networks: network,
    build: { packer: (await findPacker())?.version },
  };
  // It is none of the cluster's: nothing of it is there.
  const nothing = { amounts: {}, servers: [], engines: [] };
  const { problems } = judgePreflight(wanted, { ...found, present: nothing });
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new UserError(["the nodes' image cannot be built:", ...lines].join("\n"));
}

const loginOf = ({ authUrl, region, credential }: CloudAccess<ApplicationCredential>) => ({
  OS_AUTH_URL: authUrl,
  ...(region === undefined ? {} : { OS_REGION_NAME: region }),
  OS_APPLICATION_CREDENTIAL_ID: credential.applicationCredentialId,
  OS_APPLICATION_CREDENTIAL_SECRET: credential.secret,
});

/** Runs the program, whose steps are told. */
async function runProgram(env: Readonly<Record<string, string>>, say: Say): Promise<BuiltImage> {
  const lines: string[] = [];
  const run = execa(process.execPath, [buildProgram], { env, stdin: "ignore", reject: false });
  createInterface(run.stderr).on("line", (line) => {
    lines.push(line);
    say(line);
  });
  // An interrupt of the terminal's reaches the program too, which ends when Packer has cleaned up.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  try {
    const { exitCode, stdout } = await run;
    if (exitCode === 0) return readBuilt(stdout);
  } finally {
    process.off("SIGINT", wait);
  }
  const start = lines.findIndex((line) => line.startsWith("packer "));
  throw new UserError(lines.slice(start < 0 ? -1 : start).join("\n"));
}
