import path from "node:path";
import * as command from "@pulumi/command";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { Refusals, requireKubernetesVersion } from "../base/refusal";
import { tokens } from "../base/tokens";
import { ClusterEngine } from "../openstack/engines";
import { buildEnvironment, buildProgram } from "./build";
import { nodeImageName } from "./contents";
import { builtImageId } from "./built";

/** How an image that is not there is built. */
export interface NodeImageBuildArgs {
  /** Folder of the template, `packer/` of this repository, relative to the program's folder. */
  templateFolder: string;
  /** Name of the public image that is built on: Debian or Ubuntu with cloud-init. */
  sourceImage: string;
  /** User of that image, which nodes are managed as. */
  user: string;
  /** Further variables of the template, as in the checksum. Defaults to none. */
  variables?: Record<string, string>;
  /** Flavor of the server that builds: 2 vCPU and 4 GiB are enough. */
  flavor: string;
  /** Ids of its networks; from there it needs a way to package repositories. Defaults to the cloud's choice. */
  networks?: string[];
  /** Network that its floating IP comes from. Without one its own address is reached. */
  floatingIpNetwork?: string;
  /** Security groups of it; one must let SSH in from here. Defaults to the project's `default`. */
  securityGroups?: string[];
  /** Keystone's address, with `/v3`. */
  authUrl: pulumi.Input<string>;
  /** Region. Defaults to any. */
  region?: pulumi.Input<string>;
  /** Id of an application credential. */
  applicationCredentialId: pulumi.Input<string>;
  /** Its secret. */
  applicationCredentialSecret: pulumi.Input<string>;
}

/** What {@link NodeImage} is made from. */
export interface NodeImageArgs {
  /** What makes the cluster: with `rke` there is Docker in the image. */
  engine: ClusterEngine;
  /** Kubernetes that the nodes are for, as `major.minor`. */
  kubernetesVersion: string;
  /** Id of an image that is there; nothing is looked for or built then. Defaults to the image of `checksum`. */
  imageId?: pulumi.Input<string>;
  /** Name of the image. Defaults to `eo-node-ENGINE-kubernetes-VERSION`. */
  imageName?: string;
  /** What the image must have been built from: `imageChecksum`, 64 hexadecimal digits. Required without `imageId`. */
  checksum?: string;
  /** Builds the image with Packer where there is none of that checksum. Without it, none is an error. */
  build?: NodeImageBuildArgs;
  /** The command that builds it, for messages. Defaults to `./eo image build --stack STACK`. */
  buildCommand?: string;
}

/** How long a build may take. */
const buildTimeout = "60m";

/**
 * The image of a cluster's nodes: given by its id, the newest one of a name and checksum, or built.
 * An image that is no longer wanted stays in the cloud: `./eo image prune`.
 */
export class NodeImage extends pulumi.ComponentResource {
  /** Id of the image. */
  public readonly imageId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: NodeImageArgs, opts?: pulumi.ComponentResourceOptions) {
    check(name, args);
    super(tokens.NodeImage, name, {}, opts);
    const { imageId, checksum = "", build } = args;
    if (imageId !== undefined) this.imageId = pulumi.output(imageId);
    else if (build !== undefined) this.imageId = this.built(name, args, build, checksum);
    else this.imageId = this.found(args, checksum);
    this.registerOutputs({ imageId: this.imageId });
  }

  /** The newest image of the name and checksum. */
  private found(args: NodeImageArgs, checksum: string): pulumi.Output<string> {
    const image = nameOf(args);
    const command = args.buildCommand ?? `./eo image build --stack ${pulumi.getStack()}`;
    const properties = { eo_platform_checksum: checksum };
    const search = openstack.images.getImage(
      { name: image, properties, mostRecent: true },
      { parent: this },
    );
    const none = () =>
      new pulumi.ResourceError(
        `image ${image} is not in the cloud as packer/ makes it now; build it with \`${command}\``,
        this,
        true,
      );
    const idOf = (found: openstack.images.GetImageResult): string => {
      // The provider looks at properties only where more than one image has the name.
      if (found.properties?.["eo_platform_checksum"] !== checksum) throw none();
      return found.id;
    };
    const refused = (error: unknown): never => {
      const why = error instanceof Error ? error.message : String(error);
      // The provider's own words for an empty list.
      throw /returned no results/i.test(why) ? none() : error;
    };
    return pulumi.output(search.then(idOf, refused));
  }

  /** The image that the build comes to, or finds. */
  private built(
    name: string,
    args: NodeImageArgs,
    build: NodeImageBuildArgs,
    checksum: string,
  ): pulumi.Output<string> {
    const { engine, kubernetesVersion: kubernetes } = args;
    // The same on every machine that runs the program, whose folder the provider works in.
    const program = path.relative(process.cwd(), buildProgram);
    const run = new command.local.Command(
      `${name}-build`,
      {
        // Run anew for another credential, or another server that builds: it finds the image then.
        create: `node ${program}`,
        triggers: [checksum],
        logging: command.local.Logging.Stderr,
        environment: {
          ...buildEnvironment({
            name: nameOf(args),
            checksum,
            template: build.templateFolder,
            contents: { engine, kubernetes, ...build },
            builder: build,
          }),
          OS_AUTH_URL: build.authUrl,
          ...(build.region === undefined ? {} : { OS_REGION_NAME: build.region }),
          OS_APPLICATION_CREDENTIAL_ID: build.applicationCredentialId,
          OS_APPLICATION_CREDENTIAL_SECRET: pulumi.secret(build.applicationCredentialSecret),
        },
      },
      { parent: this, customTimeouts: { create: buildTimeout } },
    );
    // The environment is secret, and with it all that the command gives back; an id is none.
    return pulumi.unsecret(run.stdout.apply(builtImageId));
  }
}

const nameOf = ({ imageName, engine, kubernetesVersion: kubernetes }: NodeImageArgs): string =>
  imageName ?? nodeImageName({ engine, kubernetes });

function check(name: string, args: NodeImageArgs): void {
  const refusals = new Refusals(`NodeImage ${name}`);
  requireKubernetesVersion(refusals, args.kubernetesVersion);
  if (args.imageId === undefined) {
    refusals.require(
      /^[0-9a-f]{64}$/.test(args.checksum ?? ""),
      "checksum",
      `must be 64 hexadecimal digits unless imageId is given, got "${args.checksum ?? ""}"`,
    );
  }
  if (args.imageId !== undefined && args.build !== undefined) {
    refusals.require(
      false,
      "build",
      "builds nothing where imageId is given; leave one of them out",
    );
  }
  refusals.throwIfAny();
}
