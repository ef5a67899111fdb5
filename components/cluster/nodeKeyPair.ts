import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "../base/refusal";
import { tokens } from "../base/tokens";
import { cloudName, clusterNameRule, isClusterName } from "../openstack/marks";

/** What {@link NodeKeyPair} is made from. */
export interface NodeKeyPairArgs {
  /** Name of the cluster. */
  cluster: string;
  /** Public key of your own, as OpenSSH writes it; for good, as servers know no other. Left out, the cloud makes a pair. */
  publicKey?: string;
  /** Private key that belongs to it, as OpenSSH writes it, without a passphrase. Left out with `publicKey` left out, else required. */
  privateKey?: pulumi.Input<string>;
}

/**
 * Whether a pair of the cloud's is the one that is wanted now.
 *
 * @param made the pair as the cloud has it; its private key is there where the cloud made it
 * @param publicKey the user's own; undefined where the cloud's is wanted
 */
export const isPairOf = (
  made: { readonly publicKey: string; readonly privateKey: string },
  publicKey: string | undefined,
): boolean =>
  publicKey === undefined ? made.privateKey !== "" : keyOf(made.publicKey) === keyOf(publicKey);

/** Kind and key of a public key, without the comment. */
const keyOf = (publicKey: string): string => publicKey.trim().split(/\s+/).slice(0, 2).join(" ");

/** The key pair by which a cluster's servers are managed over SSH. */
export class NodeKeyPair extends pulumi.ComponentResource {
  /** Its name in the cloud. */
  public readonly name: pulumi.Output<string>;
  /** The private key, as OpenSSH writes it; secret. */
  public readonly privateKey: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: NodeKeyPairArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, publicKey, privateKey } = args;
    const refusals = new Refusals(`NodeKeyPair ${name}`);
    refusals.require(
      isClusterName(cluster),
      "cluster",
      `"${cluster}" cannot name things in the cloud: ${clusterNameRule}`,
    );
    refusals.require(
      (publicKey === undefined) === (privateKey === undefined),
      publicKey === undefined ? "publicKey" : "privateKey",
      "a key pair of your own has both parts; give the other one too, or none for a pair that the cloud makes",
    );
    refusals.throwIfAny();
    super(tokens.NodeKeyPair, name, {}, opts);

    const pair = new openstack.compute.Keypair(
      `${name}-pair`,
      { name: cloudName(cluster, "nodes"), ...(publicKey === undefined ? {} : { publicKey }) },
      {
        parent: this,
        // Another pair would not reach the servers that are there.
        ignoreChanges: ["publicKey"],
        // Nova shows a private key once; the plugin of the SDK calls it sensitive, which others may not.
        additionalSecretOutputs: ["privateKey"],
      },
    );
    this.name = pair.name;
    this.privateKey = pulumi.secret(
      pulumi.all([pair.publicKey, pair.privateKey, privateKey]).apply(([made, generated, own]) => {
        if (isPairOf({ publicKey: made, privateKey: generated }, publicKey))
          return own ?? generated;
        throw new pulumi.RunError(
          `${name}: the servers of ${cluster} were made with another key, and would let nobody in with this one: go back to the former public key, or none where there was none; for another key move to a second cluster`,
        );
      }),
    );
    this.registerOutputs({ name: this.name, privateKey: this.privateKey });
  }
}
