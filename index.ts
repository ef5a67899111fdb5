import { networkInterfaces } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type * as Packer from "./tools/packer";
import { readTemplate } from "./components/image/readTemplate";
import { ownAddress } from "./cloud/ownAddress";
import { deploy, openCloud, templateFolder, type Outputs } from "./platform";
import { isPlaceholder, parseSettings, readFiles, SettingsError, type SecretKey } from "./settings";

const prefix = "eoplatform:";

/** The stack's settings as the engine hands them over: secret ones by name only. */
function stackConfig(): { plain: Record<string, unknown>; secretKeys: string[] } {
  const own = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  );
  const marked: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]");
  const isSecret = (key: string) => Array.isArray(marked) && marked.includes(prefix + key);
  return {
    plain: Object.fromEntries(own.filter(([key]) => !isSecret(key))),
    secretKeys: own.map(([key]) => key).filter(isSecret),
  };
}

/** A secret setting; one that was copied from a published example is refused, unseen. */
function secret(config: pulumi.Config, key: SecretKey): pulumi.Output<string> {
  const value = config.requireSecret(key);
  return value.apply((text) => {
    if (isPlaceholder(text)) {
      throw new pulumi.RunError(
        `${key}: is the placeholder of an example; mend it: pulumi config set --secret ${key}`,
      );
    }
    return text;
  });
}

/** The version of Packer on PATH; what finds it is loaded where it is asked for. */
async function packerVersion(): Promise<string | undefined> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { findPacker } = require("./tools/packer") as typeof Packer;
  return (await findPacker())?.version;
}

/** Refusals become a RunError: the engine shows its message, and no stack of ours. */
async function main(): Promise<Outputs> {
  const config = new pulumi.Config();
  try {
    const settings = parseSettings({
      ...stackConfig(),
      root: __dirname,
      stack: pulumi.getStack(),
      address: ownAddress(networkInterfaces()),
      today: new Date().toISOString().slice(0, 10),
    });
    for (const warning of settings.ownWarnings) void pulumi.log.warn(warning);
    const file = readFiles(settings, pulumi.getStack());
    const template = () => readTemplate(path.join(__dirname, templateFolder));
    const cloud = await openCloud(settings, {
      file,
      template,
      packer: packerVersion,
      environment: process.env,
      // The preflight asks the cloud before there is any resource to hold a secret.
      plainSecret: (key) => pulumi.runtime.getConfig(prefix + key),
    });
    return deploy(settings, { secret: (key) => secret(config, key), file, template, cloud });
  } catch (error) {
    if (error instanceof SettingsError) throw new pulumi.RunError(error.message);
    if (pulumi.InputPropertiesError.isInstance(error)) throw new pulumi.RunError(error.message);
    throw error;
  }
}

export = main;
