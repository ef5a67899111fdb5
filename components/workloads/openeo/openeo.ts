import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../../base/ordering";
import { tokens } from "../../base/tokens";
import { warnOf } from "../../base/warnings";
import { submit } from "../spark";
import { makeAccounts } from "./access";
import { openEoApplication } from "./application";
import type { OpenEoArgs } from "./args";
import { batchEnvironment, makeBatch } from "./batch/batch";
import type { OpenEoContext } from "./batch/context";
import { makeLite } from "./batch/lite";
import { makeJobTracker } from "./batch/tracker";
import { checkOpenEo } from "./check";
import { driverEnvironment, storeWays, webPort } from "./environment";
import {
  catalogPaths,
  checksums,
  configFiles,
  httpCredentials,
  mounted,
  paths,
  type ConfigFile,
} from "./files";
import type { ImageContent } from "./images";
import { driverLabels, labelsOf } from "./labels";
import { makePodMonitor } from "./podMonitor";
import { makeRoutes, notAwaited } from "./route";
import { makeSecrets, type OpenEoSecrets } from "./secrets";

/**
 * The openEO web application: a SparkApplication that runs for good, with its Service, its way in
 * and what its batch jobs need. The component's name is that of the application and its Service.
 */
export class OpenEo extends pulumi.ComponentResource {
  /** Base URL of the API; reachable inside the cluster only. */
  public readonly internalUrl: pulumi.Output<string>;
  /** Base URL of the API at the route; empty without one. */
  public readonly url: pulumi.Output<string>;
  /** Name of the SparkApplication. */
  public readonly application: pulumi.Output<string>;
  /** Generated password of `login.basicUser`; empty without one. */
  public readonly basicPassword: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: OpenEoArgs, opts?: pulumi.ComponentResourceOptions) {
    const { image, warnings } = checkOpenEo(name, args);
    const ordered = pulumi.mergeOptions(opts, { dependsOn: after(args.operatorReady) });
    super(tokens.OpenEo, name, {}, ordered);
    warnOf(name, warnings);

    const { namespace, route } = args;
    const own = { parent: this };
    const metadata = { name, namespace, labels: labelsOf(name) };
    const accounts = makeAccounts(name, namespace, own);
    const secrets = makeSecrets(name, args, own);
    const files = configFiles(name, args).map((file) => mountedFile(name, namespace, file, own));
    const context = contextOf(name, args, image, secrets, files);
    const batch = makeBatch(context, args.batch ?? {}, accounts.driver.metadata.name, own);
    const ownFiles = sharedWith("executors", files).map(({ file }) => file);
    const app = openEoApplication(args, {
      name,
      image,
      driverAccount: accounts.driver.metadata.name,
      executorAccount: accounts.executor.metadata.name,
      environment: context.environment,
      storeKeys: secrets.store,
      catalogs: catalogPaths(files, args),
      driverFiles: [...context.files, ...ownFiles, ...batch.driverFiles],
      executorFiles: [...ownFiles, ...credentialFiles(secrets)],
      checksums: { ...context.checksums, ...checksums(files), ...batch.checksums },
    });
    const application = submit(`${name}-application`, metadata, app, {
      parent: this,
      // The webhook gives the pods their environment and files; before it, both are dropped.
      dependsOn: after(
        pulumi
          .all([args.operatorReady, accounts.binding.id, ...batch.ready.map(({ urn }) => urn)])
          .apply(String),
      ),
    });
    const service = makeService(name, metadata, own);
    if (route !== undefined) makeRoutes(name, namespace, service.metadata.name, route, own);
    if (args.jobTracker) makeJobTracker(context, args.jobTracker, own);
    if (args.lite) makeLite(context, args.lite, own);
    const { podMonitorLabels } = args.metrics ?? {};
    if (podMonitorLabels !== undefined) makePodMonitor(name, namespace, podMonitorLabels, own);

    this.internalUrl = pulumi.interpolate`http://${service.metadata.name}.${namespace}.svc:${webPort}`;
    this.url = pulumi.output(
      route === undefined ? "" : `${route.tls ? "https" : "http"}://${route.host}`,
    );
    this.application = application.metadata.name;
    this.basicPassword = secrets.basicPassword ?? pulumi.output("");
    this.registerOutputs({
      internalUrl: this.internalUrl,
      url: this.url,
      application: this.application,
      basicPassword: this.basicPassword,
    });
  }
}

/** A file with the ConfigMap that holds it. */
const mountedFile = (
  name: string,
  namespace: string,
  file: ConfigFile,
  opts: pulumi.CustomResourceOptions,
) => {
  const object = `${name}-${file.role}`;
  const metadata = { name: object, namespace, labels: labelsOf(name) };
  const data = { [file.key]: file.content };
  const configMap = new k8s.core.v1.ConfigMap(object, { metadata, data }, opts).metadata.name;
  return { ...file, file: mounted(file, { configMap }) };
};

/** Credentials for HTTP, which are read wherever input data are. */
const credentialFiles = ({ httpCredentials: secret }: OpenEoSecrets) =>
  secret === undefined ? [] : [mounted(httpCredentials, { secret })];

const sharedWith = <T extends ConfigFile>(
  whom: ConfigFile["sharedWith"],
  files: readonly T[],
): readonly T[] => files.filter((file) => file.sharedWith === whom);

/** What the web application reads at its start, and shares with the parts beside it. */
function contextOf(
  name: string,
  args: OpenEoArgs,
  image: ImageContent,
  secrets: OpenEoSecrets,
  files: readonly ReturnType<typeof mountedFile>[],
): OpenEoContext {
  const environment = driverEnvironment(args, {
    pythonVersion: image.pythonVersion,
    catalogs: catalogPaths(files, args),
    hasBackendConfig: files.some(({ path }) => path === paths.backendConfig),
  });
  const shared = sharedWith("jobs", files);
  return {
    name,
    namespace: args.namespace,
    image: `${args.image}:${args.imageVersion}`,
    python: image.pythonVersion,
    labels: labelsOf(name),
    environment: {
      ...environment,
      ...secrets.store,
      ...secrets.driver,
      ...batchEnvironment(args.batch ?? {}),
    },
    sparkConf: storeWays(args),
    files: [...shared.map(({ file }) => file), ...credentialFiles(secrets)],
    checksums: { ...checksums(shared), "checksum/secrets": secrets.checksum },
  };
}

const makeService = (
  name: string,
  metadata: { name: string; namespace: string; labels: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service =>
  new k8s.core.v1.Service(
    `${name}-service`,
    {
      metadata: { ...metadata, annotations: notAwaited },
      spec: {
        type: "ClusterIP",
        selector: driverLabels(name),
        ports: [{ name: "http", port: webPort, targetPort: webPort, protocol: "TCP" }],
      },
    },
    opts,
  );
