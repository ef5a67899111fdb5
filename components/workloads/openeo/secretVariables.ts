import type * as pulumi from "@pulumi/pulumi";
import type { OpenEoArgs } from "./args";

/** Secret environment: the variable and its value. */
export type SecretValues = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * Keys of the stores, by the variables that the image reads; of driver and executors. Without those
 * of SWIFT the image takes AWS' for both.
 */
export function storeVariables({ s3, inputData }: OpenEoArgs): SecretValues {
  const results = { accessKeyId: s3.accessKeyId, secretAccessKey: s3.secretAccessKey };
  if (inputData?.accessKeyId === undefined || inputData.secretAccessKey === undefined) {
    return {
      AWS_ACCESS_KEY_ID: results.accessKeyId,
      AWS_SECRET_ACCESS_KEY: results.secretAccessKey,
    };
  }
  return {
    AWS_ACCESS_KEY_ID: inputData.accessKeyId,
    AWS_SECRET_ACCESS_KEY: inputData.secretAccessKey,
    SWIFT_ACCESS_KEY_ID: results.accessKeyId,
    SWIFT_SECRET_ACCESS_KEY: results.secretAccessKey,
  };
}

/**
 * Where Spark finds the keys of the results' store: in the environment, none stands in the
 * configuration. Hadoop 3.2 to 3.4 know the provider's name, which reads AWS' variables, and put in
 * the environment's values where they read `${env.NAME}`.
 *
 * @param apart whether the results' store has keys of its own
 */
export const s3aKeys = (apart: boolean): Record<string, string> =>
  apart
    ? {
        "spark.hadoop.fs.s3a.access.key": "${env.SWIFT_ACCESS_KEY_ID}",
        "spark.hadoop.fs.s3a.secret.key": "${env.SWIFT_SECRET_ACCESS_KEY}",
      }
    : {
        "spark.hadoop.fs.s3a.aws.credentials.provider":
          "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
      };

/** Secrets that only the driver reads. */
export function driverVariables({ jobRegistry, zooKeeper, secretEnv }: OpenEoArgs): SecretValues {
  const { clientCredentials } = jobRegistry ?? {};
  const { password } = zooKeeper ?? {};
  return {
    ...(clientCredentials === undefined
      ? {}
      : { OPENEO_EJR_OIDC_CLIENT_CREDENTIALS: clientCredentials }),
    ...(password === undefined ? {} : { ZOOKEEPER_PASSWORD: password }),
    ...secretEnv,
  };
}

/** All that are given; the generated ones are not among them. */
export const secretVariables = (args: OpenEoArgs): SecretValues => ({
  ...storeVariables(args),
  ...driverVariables(args),
});
