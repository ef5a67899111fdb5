import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { commands } from "./commands";
import type { Answer } from "./graph";
import { builderNames, loadTargets, type BuildOptions } from "./image/options";
import type { ImportOptions } from "./import/openeoValues";
import type { BuildOptions as NodeImageOptions } from "./nodeImage/build";
import type { CloudOptions, PruneOptions } from "./nodeImage/prune";
import { UserError } from "./userError";

/**
 * The command `./eo`. Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 the
 * settings or the stack are wrong, 2 the command line is.
 */
const program = new Command("./eo")
  .description("look at a stack without deploying it; what works on its cloud says so")
  .exitOverride()
  .showHelpAfterError("(./eo --help lists the commands)");

program
  .command("check")
  .argument("<stack>", "name of the stack")
  .description("check the settings; all problems at once")
  .action(async (stack: string) => {
    const answer = commands.check().check(stack);
    // Components refuse what no setting can see by itself.
    await commands.recordStack().recordStack(stack);
    say(answer);
  });
program
  .command("graph")
  .argument("<stack>", "name of the stack")
  .description("list every component, provider and resource, one a line: type, tab, name")
  .action(async (stack: string) => say(await commands.graph().graph(stack)));
program
  .command("render")
  .argument("<stack>", "name of the stack")
  .description("print all Kubernetes objects as YAML; charts rendered, secrets masked")
  .action(async (stack: string) => {
    const helm = await commands.findHelm().findHelm();
    say(await commands.render().render(stack, helm));
  });
program
  .command("compat")
  .description("which versions work together: the table, or a verdict on the versions given")
  .option("--spark <version>", "Spark version, such as 3.5.3")
  .option("--kubernetes <version>", "Kubernetes version, such as 1.36")
  .option("--operator <version>", "chart version of the spark-operator, such as 2.5.2")
  .action((given: Record<string, string>) => {
    const answer = commands.compat().compat(given);
    say(answer);
    if (answer.refused) process.exitCode = 1;
  });
program
  .command("lock")
  .option("--from <place>", "folder, http(s):// or oci://; default: the public repositories")
  .description("compute the charts' digests from their archives and write charts.lock.json")
  .action(async ({ from }: { from?: string }) => say(await commands.lock().lock(from)));

program
  .command("docs")
  .description("rewrite what is generated: tables in docs/, Pulumi.yaml's config, the stack schema")
  .action(async () => say(await commands.documents().writeDocuments()));

program
  .command("preflight")
  .argument("[stack]", "name of the stack; without one: what the cloud has and may have")
  .description("compare what a stack takes with what its OpenStack has left; changes nothing")
  .option("--cloud <name>", "without a stack: entry of clouds.yaml; default: OS_CLOUD, OS_…")
  .action(async (stack: string | undefined, { cloud }: { cloud?: string }) => {
    const { preflight, listCloud } = commands.preflight();
    say(await (stack === undefined ? listCloud(cloud) : preflight(stack)));
  });

program
  .command("nodes")
  .description("nodes of a stack's cluster")
  .command("roll")
  .argument("<stack>", "name of the stack")
  .argument("<pool>", "name of the pool, as the settings have it")
  .description(
    "replace the pool's nodes that the settings want otherwise, one by one, by the engine",
  )
  .action(async (stack: string, pool: string) => {
    const tell = (line: string) => console.error(line);
    const replaced = await commands.roll().rollNodes({ stack, pool, say: tell });
    say({ text: replaced.map((node) => `${node}\n`).join(""), notes: [] });
  });

const nodeImage = program.command("image").description("the nodes' image of OpenStack clusters");
nodeImage
  .command("build")
  .requiredOption("--stack <name>", "whose image")
  .option(
    "--network <name...>",
    "networks of the server that builds; default: the stack's, else the cloud's choice",
  )
  .option(
    "--security-group <name...>",
    "its security groups, one of which lets SSH in from here; default: the stack's",
  )
  .option("--flavor <name>", "its flavor; default: the stack's openstack.image.buildFlavor")
  .description("build it with Packer, unless one of the same checksum is there; print its id")
  .action(async ({ stack, ...options }: { stack: string } & NodeImageOptions) =>
    say(await commands.nodeImageBuild().buildNodeImage(stack, options)),
  );
nodeImage
  .command("list")
  .option("--stack <name>", "in whose cloud; its own image is marked")
  .option("--cloud <name>", "entry of clouds.yaml; default: OS_CLOUD, OS_…")
  .description("list the images that were built, the newest first")
  .action(async (options: CloudOptions) =>
    say(await commands.nodeImagePrune().listImagesOfNodes(options)),
  );
nodeImage
  .command("prune")
  .addOption(
    new Option("--keep <number>", "how many of each name stay")
      .argParser(atLeastOne)
      .makeOptionMandatory(),
  )
  .option("--stack <name>", "in whose cloud")
  .option("--cloud <name>", "entry of clouds.yaml; default: OS_CLOUD, OS_…")
  .option("--yes", "delete; without it, only tell")
  .description("delete old ones that neither server, volume nor stack file needs")
  .action(async (options: PruneOptions) =>
    say(await commands.nodeImagePrune().pruneImages(options)),
  );

const image = program.command("openeo").description("openEO").command("image");
image
  .description("openEO's image with the layer catalogue in it")
  .command("build")
  .argument("<stack>", "name of the stack")
  .argument("[files...]", "files of the catalogue; default: those of the stack's settings")
  .description("build it with docker, podman or buildah, for catalogues that no ConfigMap holds")
  .option("--instance <name>", "one of openeoInstances; default: openeo")
  .option("--tag <name>", "REPOSITORY:TAG, REPOSITORY or TAG; default: a tag made of the content")
  .option("--from <image>", "image to stand on, with tag; default: that of the stack's settings")
  .addOption(
    new Option("--builder <program>", "default: the first that works").choices(builderNames),
  )
  .addOption(new Option("--push", "push it to the registry in --tag").conflicts("load"))
  .addOption(new Option("--load <where>", "give it to a cluster here").choices(loadTargets))
  .action(async (stack: string, files: string[], options: BuildOptions) =>
    say(await commands.imageBuild().buildImage(stack, files, options)),
  );

program
  .command("import")
  .description("translate what deployed a platform before to settings of a stack")
  .command("openeo-values")
  .argument("<file>", "values of the public chart `sparkapplication`")
  .description("print the settings as YAML; tell every key that is not in them, and why")
  .option("--out <folder>", "write the chart's configMaps there as files, named by the settings")
  .option("--force", "replace files that are there")
  .option("--stack <name>", "name of the stack, for the commands")
  .action(async (file: string, options: ImportOptions) =>
    say(await commands.openeoValues().importOpenEoValues(file, options)),
  );

function atLeastOne(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError("a whole number, at least 1, is needed.");
}

function say({ text, notes }: Answer): void {
  for (const note of notes) console.error(note);
  process.stdout.write(text);
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

void main();
