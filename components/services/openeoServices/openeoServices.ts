import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { makeNamespace } from "../../base/namespace";
import { tokens } from "../../base/tokens";
import { aggregator } from "./aggregator";
import type { OpenEoServiceArgs, OpenEoServicesArgs } from "./args";
import { checkOpenEoServices, defaults } from "./check";
import { internalUrlOf, urlOf } from "./ingress";
import { jobRegistry } from "./jobRegistry";
import { makeWebService } from "./makeWebService";
import { webEditor } from "./webEditor";
import { labelsOf, serviceNames, type WebService } from "./webService";
import { workspaces } from "./workspaces";

/**
 * Services beside openEO, each an option: web editor, aggregator, job registry and workspaces API.
 * They share a namespace of their own, which lets in pods of the Pod Security level `restricted`.
 */
export class OpenEoServices extends pulumi.ComponentResource {
  /** Namespace of the services. */
  public readonly namespace: pulumi.Output<string>;
  /** URL of the web editor; left out without one. Without a host it is reachable inside the cluster only, like the others. */
  public readonly webEditorUrl?: pulumi.Output<string>;
  /** URL of the aggregator, without the path of its API; left out without one. */
  public readonly aggregatorUrl?: pulumi.Output<string>;
  /** URL of the job registry; left out without one. */
  public readonly jobRegistryUrl?: pulumi.Output<string>;
  /** URL of the job registry inside the cluster: what openEO takes; left out without one. */
  public readonly jobRegistryInternalUrl?: pulumi.Output<string>;
  /** URL of the workspaces API, without its path `/api/v1`; left out without one. */
  public readonly workspacesUrl?: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: OpenEoServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    checkOpenEoServices(name, args);
    super(tokens.OpenEoServices, name, {}, opts);

    const target = args.namespace ?? defaults.namespace;
    const namespace = makeNamespace(`${name}-namespace`, target, "restricted", { parent: this })
      .metadata.name;
    const place = {
      instance: name,
      namespace,
      ingressClassName: args.ingressClassName ?? defaults.ingressClassName,
      timeoutSeconds: args.timeoutSeconds ?? defaults.timeoutSeconds,
      ...(args.pullConfig === undefined
        ? {}
        : { pullSecret: makePullSecret(name, namespace, args.pullConfig, { parent: this }) }),
    };
    const make = <T extends OpenEoServiceArgs>(
      given: T | undefined,
      describe: (args: T) => WebService,
    ): pulumi.Output<string> | undefined => {
      if (given === undefined) return undefined;
      const service = describe(given);
      const { id } = makeWebService(service, place, this);
      // Who takes the URL comes after the service.
      return id.apply(() => urlOf(service.name, target, given));
    };

    const editorUrl = args.webEditor && urlOf(serviceNames.webEditor, target, args.webEditor);
    this.namespace = namespace;
    this.webEditorUrl = make(args.webEditor, webEditor);
    this.aggregatorUrl = make(args.aggregator, (given) =>
      aggregator(given, editorUrl === undefined ? [] : [editorUrl]),
    );
    this.jobRegistryUrl = make(args.jobRegistry, jobRegistry);
    this.jobRegistryInternalUrl = this.jobRegistryUrl?.apply(() =>
      internalUrlOf(serviceNames.jobRegistry, target),
    );
    this.workspacesUrl = make(args.workspaces, workspaces);
    this.registerOutputs({
      namespace: this.namespace,
      webEditorUrl: this.webEditorUrl,
      aggregatorUrl: this.aggregatorUrl,
      jobRegistryUrl: this.jobRegistryUrl,
      jobRegistryInternalUrl: this.jobRegistryInternalUrl,
      workspacesUrl: this.workspacesUrl,
    });
  }
}

/** The Secret with credentials of private registries. */
const makePullSecret = (
  name: string,
  namespace: pulumi.Input<string>,
  pullConfig: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> =>
  new k8s.core.v1.Secret(
    `${name}-registries`,
    {
      metadata: { name: "registries", namespace, labels: labelsOf(name, "registries") },
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": pulumi.secret(pullConfig) },
    },
    opts,
  ).metadata.name;
