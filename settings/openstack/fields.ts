import { z } from "zod";

/** A name of something in the cloud, or its id. */
export const cloudName = (description: string, example: string) =>
  z
    .string()
    .regex(/^\S([^\n\r]{0,253}\S)?$/)
    .meta({ description, allowed: "a name, as the cloud has it", examples: [example] });

/** A range of IPv4 addresses. What ranges mean together is the network's to judge. */
export const cidr = (description: string, example: string) =>
  z
    .string()
    .regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/)
    .meta({
      description,
      allowed: "an IPv4 range as ADDRESS/PREFIX",
      examples: [example],
    });

/** A list of distinct texts. */
export const list = (
  item: z.ZodString,
  description: string,
  allowed: string,
  example: readonly string[],
) =>
  z
    .array(item)
    .refine((items) => new Set(items).size === items.length)
    .meta({ description, allowed, examples: [example] });

/** An address of a name server. */
export const ipv4 = (description: string, example: string) =>
  z
    .string()
    .regex(/^(\d{1,3}\.){3}\d{1,3}$/)
    .meta({ description, allowed: "an IPv4 address", examples: [example] });
