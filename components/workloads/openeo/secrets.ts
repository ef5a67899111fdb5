import { createHmac } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { EnvironmentSource } from "../spark";
import type { OpenEoArgs } from "./args";
import { loginVariables } from "./backendConfig";
import { httpCredentials } from "./files";
import { labelsOf } from "./labels";
import { driverVariables, storeVariables, type SecretValues } from "./secretVariables";

/** The Secrets of an instance. */
export interface OpenEoSecrets {
  /** Environment that driver and executors read from Secrets. */
  readonly store: Readonly<Record<string, EnvironmentSource>>;
  /** Environment that only the driver reads from Secrets. */
  readonly driver: Readonly<Record<string, EnvironmentSource>>;
  /** Secret with `http_credentials.json`, where there is one. */
  readonly httpCredentials?: pulumi.Output<string>;
  /** Changes when a given secret does, and tells nothing of it: its key is generated. */
  readonly checksum: pulumi.Output<string>;
  /** Password of the one user, where there is one. */
  readonly basicPassword?: pulumi.Output<string>;
}

/** Makes the Secrets, and generates what nobody needs to choose. */
export function makeSecrets(
  name: string,
  args: OpenEoArgs,
  opts: pulumi.CustomResourceOptions,
): OpenEoSecrets {
  const { namespace } = args;
  const metadata = (object: string) => ({ name: object, namespace, labels: labelsOf(name) });
  const generated = (role: string, length: number): pulumi.Output<string> =>
    new random.RandomPassword(`${name}-${role}`, { length, special: false }, opts).result;
  const secret = (role: string, values: SecretValues) =>
    new k8s.core.v1.Secret(
      `${name}-${role}`,
      { metadata: metadata(`${name}-${role}`), stringData: allSecret(values) },
      opts,
    ).metadata.name;
  const signingKey = generated("signed-url-secret", 64);
  const store = storeVariables(args);
  const driver = driverVariables(args);
  const password =
    args.login?.basicUser === undefined ? undefined : generated("basic-password", 32);
  const own: SecretValues = {
    [loginVariables.signing]: signingKey,
    ...(password === undefined ? {} : { [loginVariables.password]: password }),
  };
  const files: SecretValues =
    args.httpCredentials === undefined ? {} : { [httpCredentials.key]: args.httpCredentials };
  return {
    store: fromSecret(secret("s3", store), store),
    driver: {
      ...fromSecret(secret("signing", own), own),
      ...(Object.keys(driver).length > 0 ? fromSecret(secret("environment", driver), driver) : {}),
    },
    ...(args.httpCredentials === undefined
      ? {}
      : { httpCredentials: secret(httpCredentials.role, files) }),
    checksum: keyedChecksum(signingKey, { ...store, ...driver, ...files }),
    ...(password === undefined ? {} : { basicPassword: pulumi.secret(password) }),
  };
}

const allSecret = (values: SecretValues): Record<string, pulumi.Output<string>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, pulumi.secret(value)]));

const fromSecret = (
  name: pulumi.Output<string>,
  values: SecretValues,
): Record<string, EnvironmentSource> =>
  Object.fromEntries(Object.keys(values).map((key) => [key, { secret: name, key }]));

/**
 * A pod reads its Secrets once, at its start: with this in an annotation it starts anew when one of
 * them changes. The key keeps whoever may read the annotation from trying out passwords.
 */
const keyedChecksum = (key: pulumi.Output<string>, values: SecretValues): pulumi.Output<string> =>
  pulumi.unsecret(
    pulumi
      .all([key, pulumi.all(values)])
      .apply(([hmacKey, all]) =>
        createHmac("sha256", hmacKey).update(JSON.stringify(all)).digest("hex"),
      ),
  );
