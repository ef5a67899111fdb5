import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readChart, type ChartReader } from "../components/base/chartSource";
import { readTemplate } from "../components/image/readTemplate";
import { deploy, templateFolder, type CloudCredential } from "../platform";
import {
  openEoInstances,
  readFiles,
  SettingsError,
  type OpenStackSettings,
  type SecretKey,
  type Settings,
} from "../settings";
import { record, type Recorded } from "./record";
import { root } from "./stackFile";
import { stackSettings } from "./stackSettings";
import { UserError } from "./userError";

/** A stack as its program describes it, with no engine, cloud or passphrase. */
export interface RecordedStack {
  readonly settings: Settings;
  readonly resources: readonly Recorded[];
  /** Required secrets that are not set, for which placeholders stand. */
  readonly missingSecrets: readonly string[];
}

/**
 * Records a stack's program. A required secret that is not set becomes a placeholder: whoever looks
 * at the graph of a stack need not be trusted with its secrets.
 *
 * @param read reads charts; default: none
 * @throws UserError for what the user can mend
 */
export async function recordStack(stack: string, read?: ChartReader): Promise<RecordedStack> {
  const { settings, missingSecrets } = stackSettings(stack);
  const resources = await record(() => run(settings, stack), read).catch(asUserError);
  return { settings, resources, missingSecrets };
}

/** Reads a chart where it is there; says that there is none where it is not. */
export const charts: ChartReader = (chart, mirror) =>
  readChart(chart, mirror).catch(() => undefined);

function run(settings: Settings, stack: string): void {
  deploy(settings, {
    secret: (key) => pulumi.secret(placeholder(key, settings)),
    file: readFiles(settings, stack),
    template: () => readTemplate(path.join(root, templateFolder)),
    ...(settings.openstack === undefined ? {} : { cloud: placeholderCloud(settings.openstack) }),
  });
}

/** What stands for the way to the cloud; nobody goes it. */
const placeholderCloud = (cloud: OpenStackSettings): CloudCredential => ({
  authUrl: cloud.authUrl ?? "https://keystone.example.org:5000/v3",
  region: cloud.region ?? "RegionOne",
  applicationCredentialId: cloud.applicationCredentialId ?? "<id>",
  applicationCredentialSecret: pulumi.secret("<openstackSecret>"),
});

/** What stands for a secret: a text, or the object of texts that the variables are read from. */
function placeholder(key: SecretKey, settings: Settings): string {
  if (key !== "openeoSecretEnv") return `<${key}>`;
  const names = openEoInstances(settings).flatMap(({ openeo }) => openeo.secretEnv);
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, `<${name}>`])));
}

function asUserError(error: unknown): never {
  const own =
    error instanceof SettingsError ||
    pulumi.InputPropertiesError.isInstance(error) ||
    pulumi.RunError.isInstance(error);
  throw own ? new UserError(error.message) : error;
}
