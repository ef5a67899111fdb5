import { z } from "zod";

/** What a DNS-1035 label looks like: the strictest of Kubernetes' names, so that all kinds take it. */
export const dns1035 = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A text which says for itself what it allows. */
export const text = (pattern: RegExp, description: string, allowed: string, example: string) =>
  z
    .string()
    .regex(pattern)
    .meta({ description, allowed, examples: [example] });

/** A namespace: a DNS-1035 label. */
export const namespace = (description: string, example: string) =>
  text(
    dns1035,
    description,
    "at most 63 lower-case letters, digits and hyphens, starting with a letter",
    example,
  );

/** The name of an object in the cluster: a DNS-1035 label, as {@link namespace} is. */
export const objectName = namespace;

/** A text of one line. */
export const words = (description: string, example: string) =>
  text(
    /^\S([^\n\r]{0,198}\S)?$/,
    description,
    "a text of one line, at most 200 characters",
    example,
  );

/** A host name of an Ingress: labels with dots between them, no port, no scheme. */
export const hostName = (description: string, example: string) =>
  text(
    /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
    description,
    "a lower-case host name without scheme and port",
    example,
  );

/** A version of three numbers, or fewer. */
export const version = (description: string, allowed: string, example: string) =>
  text(/^\d+\.\d+(\.\d+)?$/, description, allowed, example);

/** A tag of a container image. */
export const imageTag = (description: string, example: string) =>
  text(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
    description,
    "an image tag: letters, digits, `.`, `_` and `-`, at most 128",
    example,
  );

/** A repository of container images, without tag. */
export const imageRepository = (description: string, example: string) =>
  text(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*$/,
    description,
    "an image's registry and path, without tag",
    example,
  );

/** A path of a file, relative to the folder of `Pulumi.yaml`, or absolute. */
export const filePath = (description: string, example: string) =>
  text(
    /^[^~\s\0][^\n\0]*$/,
    description,
    "a path, relative to the folder of Pulumi.yaml, or absolute (no `~`)",
    example,
  );

/** A file whose content the program reads: a path as above. */
export const contentFile = (description: string, example: string) =>
  filePath(description, example).meta({
    description,
    allowed: "a path, relative to the folder of Pulumi.yaml, or absolute (no `~`)",
    examples: [example],
    file: true,
  });

/** Texts under names of the user's own. */
export const texts = (
  names: RegExp,
  description: string,
  allowed: string,
  example: Readonly<Record<string, string>>,
) =>
  z.record(z.string().regex(names), z.string()).meta({ description, allowed, examples: [example] });

/** A section of an object's own, which may be left out. */
export const part = <T extends z.ZodRawShape>(
  shape: T,
  description: string,
  example: Readonly<Record<string, unknown>>,
) => z.strictObject(shape).meta({ description, allowed: "an object", examples: [example] });

/** An `http(s)://` address without credentials. */
export const httpAddress = (description: string, example: string) =>
  text(
    /^https?:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/,
    description,
    "an http:// or https:// address without user, password and query",
    example,
  );

/** A whole number within limits. */
export const whole = (description: string, least: number, most: number, example: number) =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({
      description,
      allowed: `a whole number from ${least} to ${most}`,
      examples: [example],
    });

/** One of several words. */
export const choice = <const T extends string>(
  words: readonly T[],
  description: string,
  example: NoInfer<T>,
) =>
  z.enum(words).meta({
    description,
    allowed: `one of ${words.join(", ")}`,
    examples: [example],
  });

/** `true` or `false`. */
export const flag = (description: string, example: boolean) =>
  z.boolean().meta({ description, allowed: "true or false", examples: [example] });
