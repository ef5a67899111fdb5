import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { labelsOf, secretKeys } from "./application";
import { S3Credentials, type OpenEoS3Args } from "./args";

/** The Secrets which the pods read their environment from. */
export interface OpenEoSecrets {
  /** Credentials of the object store. */
  readonly s3: k8s.core.v1.Secret;
  /** What signed URLs are signed with. */
  readonly signing: k8s.core.v1.Secret;
}

/** Makes the Secrets, and generates what is not given. */
export function makeSecrets(
  name: string,
  namespace: string,
  s3: OpenEoS3Args,
  opts: pulumi.CustomResourceOptions,
): OpenEoSecrets {
  const metadata = (object: string) => ({ name: object, namespace, labels: labelsOf(name) });
  const generated = (role: string, length: number): pulumi.Output<string> =>
    new random.RandomPassword(`${name}-${role}`, { length, special: false }, opts).result;
  const value = (given: pulumi.Input<string> | undefined, role: string, length: number) =>
    pulumi.secret(
      s3.credentials === S3Credentials.Given && given !== undefined
        ? given
        : generated(role, length),
    );
  return {
    s3: new k8s.core.v1.Secret(
      `${name}-s3`,
      {
        metadata: metadata(`${name}-s3`),
        stringData: {
          [secretKeys.accessKeyId]: value(s3.accessKeyId, "s3-access-key-id", 20),
          [secretKeys.secretAccessKey]: value(s3.secretAccessKey, "s3-secret-access-key", 40),
        },
      },
      opts,
    ),
    signing: new k8s.core.v1.Secret(
      `${name}-signing`,
      {
        metadata: metadata(`${name}-signing`),
        stringData: {
          [secretKeys.signedUrl]: pulumi.secret(generated("signed-url-secret", 64)),
        },
      },
      opts,
    ),
  };
}
