import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { cloneRoot, type LocalPaths } from "./paths";

type Yaml = Record<string, unknown>;

/**
 * Writes the project folder that the engine works in: the clone's Pulumi.yaml with `main` pointing
 * to the clone, and the stack's committed settings. The engine adds the encryption salt of this
 * platform and the secrets to the stack file; here they never meet the committed one.
 *
 * @param overrides settings that this run changes, by their key without namespace
 */
export async function prepareProject(
  paths: LocalPaths,
  stack: string,
  overrides: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(paths.project, { recursive: true });
  await mkdir(paths.backend, { recursive: true });
  await switchOffLogs(paths.pulumiHome);
  const project = await readYaml(path.join(cloneRoot, "Pulumi.yaml"));
  await writeYaml(path.join(paths.project, "Pulumi.yaml"), { ...project, main: cloneRoot });

  const file = `Pulumi.${stack}.yaml`;
  const committed = await readYaml(path.join(cloneRoot, file));
  const own = path.join(paths.project, file);
  const former = existsSync(own) ? await readYaml(own) : {};
  const { encryptionsalt } = former;
  const config = asYaml(committed["config"]);
  const isLocal = config["eoplatform:target"] === "local";
  const prefixed = Object.entries({
    // Other targets say for themselves which cluster they mean.
    ...(isLocal ? { kubeconfigFile: paths.kubeconfig } : {}),
    chartMirror: paths.charts,
    ...overrides,
  }).map(([key, value]) => [`eoplatform:${key}`, value]);
  await writeYaml(own, {
    ...committed,
    ...(encryptionsalt === undefined ? {} : { encryptionsalt }),
    config: { ...config, ...Object.fromEntries(prefixed), ...secretsOf(former) },
  });
}

/** The settings that `pulumi config set --secret` has put into a stack file. */
const secretsOf = ({ config }: Yaml): Yaml =>
  Object.fromEntries(
    Object.entries(asYaml(config)).filter(([, value]) => "secure" in asYaml(value)),
  );

/**
 * The engine keeps a log of every call to a provider: tens of megabytes and a third of the time of
 * an update. It has no switch, but goes without where the folder cannot be made.
 */
export async function switchOffLogs(pulumiHome: string): Promise<void> {
  const logs = path.join(pulumiHome, "logs");
  await mkdir(pulumiHome, { recursive: true });
  if (!existsSync(logs)) await writeFile(logs, "");
}

/** Makes the passphrase of this platform's secrets once, readable by its owner only. */
export async function ensurePassphrase(paths: LocalPaths): Promise<void> {
  if (existsSync(paths.passphrase)) return;
  await mkdir(paths.dir, { recursive: true, mode: 0o700 });
  await writeFile(paths.passphrase, randomBytes(32).toString("base64url"), { mode: 0o600 });
}

async function readYaml(file: string): Promise<Yaml> {
  return asYaml(parse(await readFile(file, "utf8")));
}

function asYaml(value: unknown): Yaml {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Old or new, never half: a killed run leaves the former file. */
async function writeYaml(file: string, value: Yaml): Promise<void> {
  await writeFile(`${file}.new`, stringify(value));
  await rename(`${file}.new`, file);
}
