import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { gte } from "semver";
import { identityVariables, withIdentity } from "./identityStub";
import { versionIn } from "./version";

/** The folder of the image's template. */
export const templateFolder = path.resolve(__dirname, "../packer");

/** Values of the right form for every variable without a default, where nobody builds. */
export const specimen: Readonly<Record<string, string>> = {
  template_checksum: "0".repeat(64),
  flavour: "rke",
  kubernetes: "1.31",
  source_image_name: "debian-12",
  instance_flavor: "small",
  ssh_username: "debian",
};

/** A Packer that is on PATH. */
export interface Packer {
  readonly version: string;
  /** Whether it knows `required_plugins`, and has no builder without one: from 1.7 on. */
  readonly hasPlugins: boolean;
}

/** What Packer said. */
export interface Said {
  readonly holds: boolean;
  readonly text: string;
}

/** The Packer on PATH; `undefined` where there is none. */
export async function findPacker(): Promise<Packer | undefined> {
  const version = versionIn((await packer(["version"])).text);
  return version && { version: version.version, hasPlugins: gte(version, "1.7.0") };
}

/** Whether the template is in Packer's own format; the difference where it is not. */
export const checkFormat = (): Promise<Said> => packer(["fmt", "-check", "-diff", templateFolder]);

/**
 * Whether Packer takes the template with these values. It logs in nowhere: the builder is given an
 * identity service on loopback.
 */
export function validate(tool: Packer, values: Readonly<Record<string, string>>): Promise<Said> {
  const variables = Object.entries(values).flatMap(([name, value]) => ["-var", `${name}=${value}`]);
  return withTemplate(tool, (folder) =>
    withIdentity((address) =>
      // From here, as people name it: the template must not mind where it is called from.
      packer(
        ["validate", ...variables, path.relative(process.cwd(), folder)],
        identityVariables(address),
      ),
    ),
  );
}

/** Whether Packer can read the template: all that it says without the builder's plugin. */
export const checkSyntax = (): Promise<Said> =>
  packer(["validate", "-syntax-only", templateFolder]);

/** The builder's plugin is not there: no fault of the template. */
export const lacksPlugin = ({ text }: Said): boolean => /missing plugins/i.test(text);

/** Lends the template as this Packer can read it: an old one without the file of plugins. */
async function withTemplate<T>(tool: Packer, use: (folder: string) => Promise<T>): Promise<T> {
  if (tool.hasPlugins) return use(templateFolder);
  const folder = await mkdtemp(path.join(tmpdir(), "packer-"));
  try {
    await cp(templateFolder, folder, { recursive: true });
    await rm(path.join(folder, "plugins.pkr.hcl"));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function packer(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("OS_"));
  const env = {
    ...Object.fromEntries(own),
    CHECKPOINT_DISABLE: "1",
    PACKER_NO_COLOR: "1",
    ...more,
  };
  const run = await execa("packer", args, { env, extendEnv: false, reject: false, all: true });
  return { holds: run.exitCode === 0, text: run.all ?? "" };
}
