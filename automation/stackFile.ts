import { existsSync, readdirSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { ownAddress } from "../cloud/ownAddress";
import type { SettingsSource } from "../settings";
import { UserError } from "./userError";

/** The folder of Pulumi.yaml. */
export const root = path.resolve(__dirname, "..");

const prefix = "eoplatform:";

/** The stacks that have a file. */
export function stackNames(): string[] {
  return readdirSync(root)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/**
 * A stack's settings as its file has them: plain values, and of encrypted ones the name only, so
 * that no passphrase is needed.
 *
 * @throws UserError where there is no such stack, or its file is no YAML
 */
export function readStackFile(stack: string): SettingsSource {
  const file = path.join(root, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new UserError(`there is no stack "${stack}": stacks here are ${stackNames().join(", ")}`);
  }
  const config = asRecord(asRecord(parsed(file))["config"]);
  const own = Object.entries(config).flatMap(([key, value]) => {
    // A key without a namespace is the project's; another project's or a provider's is not ours.
    if (key.includes(":") && !key.startsWith(prefix)) return [];
    return [[key.startsWith(prefix) ? key.slice(prefix.length) : key, value] as const];
  });
  return {
    plain: Object.fromEntries(own.filter(([, value]) => !isSecret(value))),
    secretKeys: own.filter(([, value]) => isSecret(value)).map(([key]) => key),
    root,
    stack,
    address: ownAddress(networkInterfaces()),
    today: new Date().toISOString().slice(0, 10),
  };
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path.basename(file)} is no YAML: ${why}`);
  }
}

/** Encrypted, or with an encrypted value somewhere inside: the engine keeps all of it secret. */
function isSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(isSecret);
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
