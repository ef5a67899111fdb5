import * as pulumi from "@pulumi/pulumi";
import { makeNamespace } from "../../base/namespace";
import { tokens } from "../../base/tokens";
import { image } from "./image";
import { filledIn, type ObjectStoreArgs, type Store } from "./args";
import { checkObjectStore } from "./check";
import {
  labelsOf,
  makeClaim,
  makeIngress,
  makeKeys,
  makeSecrets,
  makeServer,
  makeService,
  type MetadataOf,
} from "./objects";
import { s3Port, storePod } from "./pod";

/**
 * An S3-compatible object store on one disk, for clusters that have none: Versity S3 Gateway.
 * Buckets are addressed by path. The component's name is the name of its Service too.
 */
export class ObjectStore extends pulumi.ComponentResource {
  /** URL of the S3 interface; reachable inside the cluster only. Known once the buckets are there. */
  public readonly endpoint: pulumi.Output<string>;
  /** URL of the S3 interface at the Ingress; empty without one. */
  public readonly publicUrl: pulumi.Output<string>;
  /** Region that requests have to be signed for. */
  public readonly region: pulumi.Output<string>;
  /** The secret access key of each client, under its access key id, which is the client's name. */
  public readonly secretAccessKeys: pulumi.Output<Record<string, string>>;
  /** Names of all buckets. */
  public readonly buckets: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: ObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const store = filledIn(args);
    checkObjectStore(name, args, store);
    super(tokens.ObjectStore, name, {}, opts);

    const own = { parent: this };
    const kept = { parent: this, protect: store.protectData };
    const namespace = makeNamespace(`${name}-namespace`, store.namespace, "restricted", kept)
      .metadata.name;
    const metadata: MetadataOf = (object) => ({ name: object, namespace, labels: labelsOf(name) });
    const keys = makeKeys(name, store.clients, own);
    const secrets = makeSecrets(name, metadata, keys, own);
    const claim = makeClaim(name, metadata, store, kept);
    const service = makeService(name, metadata, own);
    const pod = storePod({
      image: `${store.image}:${image.tag}`,
      region: store.region,
      buckets: store.buckets,
      memoryMib: store.memoryMib,
      claim: claim.metadata.name,
      rootSecret: secrets.root.metadata.name,
      accountsSecret: secrets.accounts.metadata.name,
    });
    const timeout = `${store.timeoutSeconds}s`;
    const server = makeServer(name, metadata, pod, service.metadata.name, {
      parent: this,
      customTimeouts: { create: timeout, update: timeout },
    });
    if (store.host !== undefined) makeIngress(name, metadata, store, store.host, own);

    this.endpoint = pulumi
      .all([service.metadata.name, namespace, server.id])
      .apply(([host, domain]) => `http://${host}.${domain}.svc:${s3Port}`);
    this.publicUrl = pulumi.output(publicUrl(store));
    this.region = pulumi.output(store.region);
    this.secretAccessKeys = pulumi.secret(pulumi.all(keys.clients));
    this.buckets = pulumi.output(store.buckets.map((bucket) => bucket.name));
    this.registerOutputs({
      endpoint: this.endpoint,
      publicUrl: this.publicUrl,
      region: this.region,
      secretAccessKeys: this.secretAccessKeys,
      buckets: this.buckets,
    });
  }
}

const publicUrl = ({ host, tlsSecret }: Store): string =>
  host === undefined ? "" : `${tlsSecret === undefined ? "http" : "https"}://${host}`;
