import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { deploy, type Outputs } from "./platform";
import { parseSettings, SettingsError } from "./settings";

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

/** Refusals become a RunError: the engine shows its message, and no stack of ours. */
function main(): Outputs {
  const config = new pulumi.Config();
  try {
    return deploy(parseSettings({ ...stackConfig(), root: __dirname }), {
      secret: (key) => config.requireSecret(key),
      readText: (file) => readFileSync(file, "utf8"),
    });
  } catch (error) {
    if (error instanceof SettingsError) throw new pulumi.RunError(error.message);
    if (pulumi.InputPropertiesError.isInstance(error)) throw new pulumi.RunError(error.message);
    throw error;
  }
}

export = main();
