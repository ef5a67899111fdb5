import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { Refusals } from "../base/refusal";
import { tokens } from "../base/tokens";
import { clusterNameRule, isClusterName } from "../openstack/marks";

/** What {@link NodeKeyPair} is made from. */
export interface NodeKeyPairArgs {
  /** Name of the cluster, and of the key pair in the cloud. */
  cluster: string;
  /** Public key of your own, as OpenSSH writes it. Left out, the cloud makes a pair. */
  publicKey?: string;
  /** Private key that belongs to it, as OpenSSH writes it, without a passphrase. Left out with `publicKey` left out, else required. */
  privateKey?: pulumi.Input<string>;
}

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
      `"${cluster}" names what it has in the cloud: ${clusterNameRule}`,
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
      { name: cluster, ...(publicKey === undefined ? {} : { publicKey }) },
      // Nova shows a private key once; the plugin of the SDK calls it sensitive, which others may not.
      { parent: this, additionalSecretOutputs: ["privateKey"] },
    );
    this.name = pair.name;
    this.privateKey = pulumi.secret(privateKey ?? pair.privateKey);
    this.registerOutputs({ name: this.name, privateKey: this.privateKey });
  }
}
