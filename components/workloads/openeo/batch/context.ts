import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentSource, MountedFile } from "../../spark";

/** What the parts beside openEO's web application share with it. */
export interface OpenEoContext {
  /** Name of the instance, such as `openeo`, which its objects bear. */
  readonly name: string;
  /** Namespace of the instance. */
  readonly namespace: string;
  /** Image with its tag. */
  readonly image: string;
  /** Version of Python in the image, as `major.minor`, such as `3.8`. */
  readonly python: string;
  /** Labels of all objects. */
  readonly labels: Readonly<Record<string, string>>;
  /** Environment of the web application. */
  readonly environment: Readonly<Record<string, EnvironmentSource>>;
  /** Spark's configuration that batch jobs share with the web application; none of it a credential. */
  readonly sparkConf?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Files of the web application: layer catalogue, backend configuration and the like. */
  readonly files: readonly MountedFile[];
  /** Checksums of these files, as annotations: a mounted file does not change in a running pod. */
  readonly checksums: Readonly<Record<string, pulumi.Input<string>>>;
}

/** `metadata` of an object of the instance. */
export const metadataOf = (context: OpenEoContext, name: string) => ({
  name,
  namespace: context.namespace,
  labels: { ...context.labels },
});
