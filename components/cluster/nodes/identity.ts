import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { cloudName } from "../../openstack/marks";
import type { Surroundings } from "./make";
import type { PlannedNode } from "./plan";

/** What a node was made from, and is until it is replaced. */
export interface Identity {
  /** Name of its server, of its port, and of the node in Kubernetes; another one is another node. */
  readonly serverName: pulumi.Output<string>;
  /** What decides that a node has to be made anew, by name; what it has not is left out. */
  readonly made: pulumi.Output<Record<string, string>>;
  /** How its server starts for the first time; secret. Of nothing where it was made without. */
  readonly userData: pulumi.Output<string> | undefined;
}

/** Bytes of the mark in a node's name. */
const markBytes = 3;

/**
 * Remembers what a node was made from. Everything in it would replace a server or rebuild it, and
 * with an image, a flavor or a key for the whole cluster all servers at once; so a node keeps what it
 * was made from until it is named to be replaced. A run that stops half-way goes on with the same:
 * server and port follow the identity and nothing else.
 *
 * @param wanted what the node would be made from now
 */
export function makeIdentity(
  name: string,
  wanted: {
    readonly node: PlannedNode;
    readonly around: Surroundings;
    readonly serverGroup: pulumi.Output<string> | undefined;
    readonly userData: pulumi.Output<string> | undefined;
  },
  parent: pulumi.Resource,
): Identity {
  const { node, around, userData } = wanted;
  const keepers = keepersOf(wanted);
  const identity = new random.RandomId(
    name,
    {
      byteLength: markBytes,
      // As a whole: the SDK does not see through a secret in a secret.
      keepers: userData === undefined ? keepers : pulumi.secret(keepers),
    },
    {
      parent,
      ignoreChanges: node.replaced ? [] : ["keepers"],
      ...(userData === undefined ? {} : { additionalSecretOutputs: ["keepers"] }),
    },
  );
  const made = identity.keepers.apply((kept) => kept ?? {});
  return {
    serverName: pulumi.interpolate`${cloudName(around.cluster, node.name)}-${identity.hex}`,
    // The user data make it all a secret, and nothing else in it is one.
    made: pulumi.unsecret(made),
    userData: made["userData"],
  };
}

function keepersOf({
  node,
  around,
  serverGroup,
  userData,
}: Parameters<typeof makeIdentity>[1]): Record<string, pulumi.Input<string>> {
  const { flavor, rootVolumeGib, volumeType, eodata, image = around.image } = node.args;
  return {
    flavor,
    keyPair: around.keyPair,
    ...(rootVolumeGib === undefined
      ? { image }
      : { volumeImage: image, rootVolumeGib: String(rootVolumeGib) }),
    ...(rootVolumeGib === undefined || volumeType === undefined ? {} : { volumeType }),
    ...(node.zone === undefined ? {} : { zone: node.zone }),
    ...(eodata === true ? { eodata: "true" } : {}),
    ...(serverGroup === undefined ? {} : { serverGroup }),
    ...(userData === undefined ? {} : { userData }),
  };
}
