import { z } from "zod";

const schema = z.object({
  image: z.object({ id: z.string().min(1), name: z.string() }),
  isBuilt: z.boolean(),
});

/** What the program that finds or builds an image came to. */
export interface BuiltImage {
  /** The image in the cloud. */
  readonly image: { readonly id: string; readonly name: string };
  /** Whether it was built now; else it was there. */
  readonly isBuilt: boolean;
}

/** Reads what the program wrote to stdout. */
export const readBuilt = (stdout: string): BuiltImage => schema.parse(JSON.parse(stdout));

/** The id in what the program wrote to stdout. */
export const builtImageId = (stdout: string): string => readBuilt(stdout).image.id;
