import { z } from "zod";

/*
 * Building blocks of the catalogue's schema. Every message says what is allowed, as it reads after
 * "must be"; who reports adds that, and what was given.
 */

/** A text with something in it. */
export const text = z
  .string({ error: "a text" })
  .refine((value) => value.trim() !== "", { error: "a text with something in it" });

/** A text that may be empty. */
export const anyText = z.string({ error: "a text" });

/** A text of a given form. */
export const textLike = (pattern: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(pattern, { error: allowed });

/** `true` or `false`. */
export const flag = z.boolean({ error: "true or false" });

/** A number above 0. */
export const positive = z
  .number({ error: "a number above 0" })
  .positive({ error: "a number above 0" });

/** An address that the backend can ask. */
export const address = textLike(/^https?:\/\/\S+$/, "an http:// or https:// address");

/** A list. */
export const list = <T extends z.ZodType>(item: T, allowed: string) =>
  z.array(item, { error: allowed });

/** An object of which some keys are known; the others pass. */
export const object = <T extends z.ZodRawShape>(shape: T, allowed: string) =>
  z.looseObject(shape, { error: allowed });

/** A value that is checked by a schema which depends on the value itself. */
export const dependent = (schemaOf: (value: unknown) => z.ZodType) =>
  z.unknown().superRefine((value, context) => {
    const { error } = schemaOf(value).safeParse(value);
    for (const { path, message } of error?.issues ?? []) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });

/** Whether it is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether it is a JSON list. */
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The value at a path; `undefined` where there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const step of path) {
    if (isList(at)) at = typeof step === "number" ? at[step] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}
