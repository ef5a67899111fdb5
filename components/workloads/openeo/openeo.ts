import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../../base/ordering";
import { tokens } from "../../base/tokens";
import { warnOf } from "../../base/warnings";
import { submit } from "../spark";
import { makeAccounts } from "./access";
import { driverLabels, fileKeys, labelsOf, openEoApplication, webPort } from "./application";
import type { OpenEoArgs } from "./args";
import { checkOpenEo } from "./check";
import { makeSecrets } from "./secrets";

/**
 * The operator makes the pods behind the Service, later and again and again: a deployment that
 * waited for them would hang on an image that is pulled slowly.
 */
const notAwaited = { "pulumi.com/skipAwait": "true" };

/**
 * The openEO web application: a SparkApplication that runs for good, with its Service and Ingress.
 * The component's name is the name of the application and of its Service too.
 */
export class OpenEo extends pulumi.ComponentResource {
  /** Base URL of the API; reachable inside the cluster only. */
  public readonly internalUrl: pulumi.Output<string>;
  /** Host name of the Ingress; empty without one. */
  public readonly host: pulumi.Output<string>;
  /** Name of the SparkApplication. */
  public readonly application: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: OpenEoArgs, opts?: pulumi.ComponentResourceOptions) {
    const warnings = checkOpenEo(name, args);
    const ordered = pulumi.mergeOptions(opts, { dependsOn: after(args.operatorReady) });
    super(tokens.OpenEo, name, {}, ordered);
    warnOf(name, warnings);

    const { namespace } = args;
    const own = { parent: this };
    const metadata = (object: string) => ({ name: object, namespace, labels: labelsOf(name) });
    const file = (role: string, key: string, content: string) =>
      new k8s.core.v1.ConfigMap(
        `${name}-${role}`,
        { metadata: metadata(`${name}-${role}`), data: { [key]: content } },
        own,
      ).metadata.name;

    const accounts = makeAccounts(name, namespace, own);
    const secrets = makeSecrets(name, namespace, args.s3, own);
    const { configuration } = args.metrics ?? {};
    const app = openEoApplication(args, {
      name,
      driverAccount: accounts.driver.metadata.name,
      executorAccount: accounts.executor.metadata.name,
      s3Secret: secrets.s3.metadata.name,
      signingSecret: secrets.signing.metadata.name,
      layerCatalog: file("layercatalog", fileKeys.layerCatalog, args.layerCatalog),
      ...(configuration === undefined
        ? {}
        : { metricsConfig: file("prometheus-config", fileKeys.metrics, configuration) }),
    });
    const application = submit(`${name}-application`, metadata(name), app, {
      parent: this,
      // The webhook gives the pods their environment and files; before it, both are dropped.
      dependsOn: after(pulumi.interpolate`${args.operatorReady}${accounts.binding.id}`),
    });
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: { ...metadata(name), annotations: notAwaited },
        spec: {
          type: "ClusterIP",
          selector: driverLabels(name),
          ports: [{ name: "http", port: webPort, targetPort: webPort, protocol: "TCP" }],
        },
      },
      own,
    );
    if (args.host !== undefined) {
      makeIngress(name, args, args.host, service.metadata.name, own);
    }

    this.internalUrl = pulumi.interpolate`http://${service.metadata.name}.${namespace}.svc:${webPort}`;
    this.host = pulumi.output(args.host ?? "");
    this.application = application.metadata.name;
    this.registerOutputs({
      internalUrl: this.internalUrl,
      host: this.host,
      application: this.application,
    });
  }
}

function makeIngress(
  name: string,
  args: OpenEoArgs,
  host: string,
  service: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.Ingress {
  const backend = { service: { name: service, port: { name: "http" } } };
  return new k8s.networking.v1.Ingress(
    `${name}-ingress`,
    {
      metadata: {
        name,
        namespace: args.namespace,
        labels: labelsOf(name),
        annotations: notAwaited,
      },
      spec: {
        ingressClassName: args.ingressClassName ?? "traefik",
        rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    },
    opts,
  );
}
