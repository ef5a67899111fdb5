import { parseSettings, SettingsError, type Problem, type Settings } from "../../settings";

/** Plain values of a stack that is in order, for the target `local`. */
export const specimen = (): Record<string, unknown> => ({
  target: "local",
  openeo: {
    imageVersion: "20250325-2415",
    sparkVersion: "4.0.1",
    host: "openeo.example.org",
    layerCatalogs: ["catalogues/example.json"],
  },
});

/** Another object store than the stack's own, as a cloud has one. */
export const ownStore = { "openeo.s3": { endpoint: "https://s3.example.org" } };

/** A section `openstack` that is in order, with its secrets. */
export const cloud = () => ({
  openstack: {
    cloud: "generic",
    name: "prod",
    authUrl: "https://keystone.example.org:5000/v3",
    region: "RegionOne",
    applicationCredentialId: "0123",
    adminCidrs: ["203.0.113.7/32"],
    network: { externalNetwork: "external" },
    image: { user: "debian", source: "Debian 12" },
    bastion: { flavor: "small" },
    pools: {
      control: { roles: ["control", "etcd"], count: 3, flavor: "large" },
      workers: { roles: ["worker"], count: 3, flavor: "large" },
    },
  },
});

/** The specimen for the target `openstack`. */
export const onOpenStack = (changes: Readonly<Record<string, unknown>> = {}) =>
  changed({ target: "openstack", kubernetesVersion: "1.31", ...cloud(), ...ownStore, ...changes });

/** The secrets that the specimen for the target `openstack` needs. */
export const cloudSecrets = ["openstackSecret", "s3AccessKeyId", "s3SecretAccessKey"];

/** The specimen with other values at some paths; `undefined` takes a value away. */
export function changed(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = specimen();
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let at = plain;
    for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return plain;
}

export const root = "/project";

export const settingsOf = (
  plain: Record<string, unknown>,
  secretKeys: readonly string[] = [],
): Settings => parseSettings({ plain, secretKeys, root });

/** The problems of a stack; empty where it is in order. */
export function problemsOf(
  plain: Record<string, unknown>,
  secretKeys: readonly string[] = [],
): readonly Problem[] {
  try {
    settingsOf(plain, secretKeys);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/** The one problem of a specimen that is changed. */
export function problemOf(changes: Readonly<Record<string, unknown>>, secretKeys: string[] = []) {
  const problems = problemsOf(changed(changes), secretKeys);
  if (problems.length !== 1) throw new Error(JSON.stringify(problems, null, 2));
  return problems[0];
}
