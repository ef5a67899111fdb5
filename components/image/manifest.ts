import { z } from "zod";

const filled = z.string().min(1);

const schema = z.strictObject({
  schema: z.literal(1),
  image: z.strictObject({ id: filled, name: filled }),
  templateChecksum: z.string().regex(/^[0-9a-f]{64}$/),
  builtAt: z.iso.datetime(),
  sources: z.strictObject({ image: filled, docker: filled }),
  node: z.strictObject({
    flavour: z.enum(["rke", "rke2"]),
    kubernetes: filled,
    user: filled,
    templateChecksum: z.string(),
    os: filled,
    architecture: filled,
    kernel: z.string(),
    packages: z.record(z.string(), filled),
  }),
});

/** The one file that building an image passes on. */
export interface ImageManifest {
  /** Version of this form. */
  readonly schema: 1;
  /** The image in the cloud. */
  readonly image: { readonly id: string; readonly name: string };
  /** What it was made from: `templateHash`, 64 hexadecimal digits. */
  readonly templateChecksum: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly builtAt: string;
  /** What it started from, by name or id, and where Docker comes from: an address, or `none`. */
  readonly sources: { readonly image: string; readonly docker: string };
  /** What is in it, as it stands in `/etc/eo-platform/image.json` of each node. */
  readonly node: {
    readonly flavour: "rke" | "rke2";
    /** The Kubernetes that it is for, `major.minor`. */
    readonly kubernetes: string;
    /** The user that nodes are managed as. */
    readonly user: string;
    readonly templateChecksum: string;
    /** `debian 12`. */
    readonly os: string;
    /** As the distribution calls it: `amd64`. */
    readonly architecture: string;
    /** The kernel that boots; empty where the image has none of its own. */
    readonly kernel: string;
    /** Versions of what decides how a node behaves, by package. */
    readonly packages: Readonly<Record<string, string>>;
  };
}

/**
 * Reads a manifest.
 *
 * @param text what `packer/manifest.sh` wrote
 * @returns the manifest, or what is wrong with the text: lower case, no full stop
 */
export function readManifest(
  text: string,
): { readonly manifest: ImageManifest } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "the image's manifest is no JSON" };
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return { problem: `the image's manifest is of another form: ${wrong.join("; ")}` };
  }
  const { data } = read;
  return data.templateChecksum === data.node.templateChecksum
    ? { manifest: data }
    : { problem: "the image's manifest and what the image says of itself differ in checksum" };
}
