import path from "node:path";
import type { Context } from "mocha";
import type { EngineOptions } from "../../automation/nodes/engine";
import { engineEnvironment, pulumi } from "../../embedded/local/engine";
import type { LocalPaths } from "../../embedded/local/paths";
import { addCloudProvider } from "../../embedded/charts/cloudProvider";
import { cloudProviderCharts, locateTools } from "../../tools/toolchain";
import { startStore } from "../components/objectStoreServer";
import { FloatingAddress } from "./floatingAddress";
import { newProject, openStackOrSkip, type TestProject } from "./openStack";
import { startPlatform, type Platform } from "./platform";
import { skip } from "./skip";

/** The stack `prod` on an OpenStack on loopback, with RKE's stand-in on the embedded control plane. */
export interface ProdStack extends Platform {
  readonly project: TestProject;
  /** Gives the section `openstack` other parts for the updates that follow. */
  change(openstack: Readonly<Record<string, unknown>>): Promise<void>;
  /** Where the engine works, and its environment. */
  readonly place: Pick<EngineOptions, "folder" | "env">;
  /** Variables of the plugins for the runs that follow, such as those of RKE's stand-in. */
  readonly env: Record<string, string>;
}

const stack = "prod";
const keyOfBackups = "etcd-secret-of-a-test";

/** Where the stand-ins find the kubeconfig that they hand out: RKE's own, and that of remote commands. */
const plugins = ({ dir }: LocalPaths) => ({
  EO_RKE_KUBECONFIG: path.join(dir, "api-kubeconfig"),
  EO_REMOTE_STDOUT: path.join(dir, "api-kubeconfig"),
});
const tools = ["bridged-openstack", "bridged-rke"] as const;

/** Quotas with room for the stack as its committed file has it, and two workers more. */
const quotas = { instances: 10, cores: 40, ram: 160 * 1024, floatingIps: 4 };

/** How a test's stack differs. */
interface ProdOptions {
  /** Other parts of the section `openstack`. */
  readonly openstack?: Readonly<Record<string, unknown>>;
  /** Nodes of the embedded control plane, where no stand-in makes them. Default: 0. */
  readonly nodes?: number;
}

/** Starts it; skips the suite where a part cannot be had. Nothing of the stack is made yet. */
export async function startProd(
  context: Context,
  { openstack = {}, nodes = 0 }: ProdOptions = {},
): Promise<ProdStack> {
  const needed = [...tools, "versitygw"] as const;
  const { versitygw } = await locateTools(needed).catch((error: Error) =>
    skip(context, `${error.message}; to get them: tools/main.ts ensure ${needed.join(" ")}`),
  );
  const openStack = await openStackOrSkip(context);
  const project = await newProject(openStack, quotas);
  const store = await startStore(
    versitygw,
    { clients: { "key-of-backups": { buckets: [{ name: "etcd" }] } } },
    { "key-of-backups": keyOfBackups },
  );
  await store.makeBuckets();
  const base = {
    cloud: "generic",
    authUrl: openStack.authUrl,
    region: openStack.region,
    applicationCredentialId: project.access.credential.applicationCredentialId,
    adminCidrs: ["192.0.2.0/24"],
    network: { externalNetwork: openStack.externalNetwork.name },
    image: { id: openStack.image.id, user: "ubuntu" },
    bastion: { flavor: "eo1.medium" },
    pools: {
      control: { roles: ["control", "etcd"], count: 3, flavor: "eo2.large" },
      workers: { roles: ["worker"], count: 3, flavor: "eo2.xlarge" },
    },
    etcdBackup: { bucket: "etcd", endpoint: store.endpoint, region: "us-east-1" },
    ...openstack,
  };
  const env: Record<string, string> = {};
  const platform = await startPlatform({
    stack,
    tools,
    nodes: { count: nodes },
    overrides: { openstack: base },
    env: (paths) => ({ ...plugins(paths), ...env }),
  });
  const { paths, bin } = platform;
  const charts = await cloudProviderCharts("1.31").catch((error: Error) =>
    skip(context, error.message),
  );
  await addCloudProvider({ dir: paths.charts, kubernetes: "1.31", ...charts });
  const address = await FloatingAddress.before(
    paths.kubeconfig,
    path.join(paths.dir, "api-kubeconfig"),
  );
  const secrets = {
    openstackSecret: project.access.credential.secret,
    // A word of its own: the engine takes secrets out of everything that it shows.
    etcdBackupAccessKeyId: "key-of-backups",
    etcdBackupSecretAccessKey: keyOfBackups,
    s3AccessKeyId: "s3-key-of-a-test",
    s3SecretAccessKey: "s3-secret-of-a-test",
  };
  for (const [key, input] of Object.entries(secrets)) {
    const args = ["config", "set", "--secret", key, "--stack", stack];
    await pulumi(paths, bin, args, { stdin: "pipe", input });
  }
  return {
    ...platform,
    project,
    env,
    place: {
      folder: paths.project,
      env: { ...engineEnvironment(paths, bin), ...plugins(paths), ...env },
    },
    change: (parts) => platform.configure({ openstack: { ...base, ...parts } }),
    async stop() {
      await platform.stop();
      address.close();
      await store.stop();
      await project.remove();
    },
  };
}
